from __future__ import annotations

import json

from events.domain.foreign import wire
from tests.events.domain.foreign.files import make_event, read_events


def test_load_gives_what_was_dumped():
    calendar = read_events(
        make_event(
            "DTSTART;TZID=Europe/Paris:20260319T123000",
            "DTEND;TZID=Europe/Paris:20260319T140000",
            "RRULE:FREQ=MONTHLY;BYDAY=3TH;UNTIL=20261231T000000Z",
            "EXDATE;TZID=Europe/Paris:20260416T123000",
            "CATEGORIES:a,b",
        ),
        make_event(
            "RECURRENCE-ID;TZID=Europe/Paris:20260521T123000",
            "DTSTART;VALUE=DATE:20260522",
            "STATUS:CANCELLED",
        ),
        make_event("DTSTART:20260409T183000", uid="two"),
        make_event("CLASS:PRIVATE", uid="three"),
        make_event("RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", uid="four"),
        head=("X-WR-CALNAME:Le Bocal é \U0001f600",),
    )
    assert (len(calendar.series), len(calendar.rejected)) == (2, 1)
    assert calendar.flags
    text = wire.dump(calendar)
    assert wire.load(text) == calendar
    assert text.isascii()
    assert json.loads(text)["dates"][0]["start_date"] == "2026-03-19"
