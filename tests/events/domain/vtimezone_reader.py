"""A second opinion on our VTIMEZONE: its rules, expanded by dateutil.

Run as a module it compares them with ZoneInfo and prints each difference. It
shares no code with the generator.
"""

from __future__ import annotations

import random
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrulestr

from events.domain.errors import UnsupportedZone
from events.domain.timezones import available, component, describes

FRENCH_ZONES = (
    "America/Cayenne",
    "America/Guadeloupe",
    "America/Marigot",
    "America/Martinique",
    "America/Miquelon",
    "America/St_Barthelemy",
    "Europe/Paris",
    "Indian/Kerguelen",
    "Indian/Mayotte",
    "Indian/Reunion",
    "Pacific/Gambier",
    "Pacific/Marquesas",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
)


class VTimezone:
    def __init__(self, zone: str) -> None:
        calendar = icalendar.Calendar.from_ical(
            b"BEGIN:VCALENDAR\r\n" + component(zone) + b"END:VCALENDAR\r\n"
        )
        [timezone] = calendar.subcomponents
        self.observances = []
        for observance in timezone.subcomponents:
            start = observance["DTSTART"].dt
            rule = observance.get("RRULE")
            text = rule.to_ical().decode() if rule else "FREQ=YEARLY;COUNT=1"
            self.observances.append(
                (
                    rrulestr(text, dtstart=start),
                    observance["TZOFFSETFROM"].td,
                    observance["TZOFFSETTO"].td,
                )
            )

    def offset(self, instant: datetime) -> timedelta:
        naive = instant.astimezone(UTC).replace(tzinfo=None)
        onsets = []
        for rule, before, after in self.observances:
            onset = rule.before(naive + before, inc=True)
            if onset is not None:
                onsets.append((onset - before, after))
        return max(onsets)[1]


def differences(zone: str, first_year: int, years: int, count: int) -> list[str]:
    """Compare at random instants, at those only that `describes` accepts."""
    chance = random.Random(zone)
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    reader = VTimezone(zone)
    found = []
    for _ in range(count):
        instant = begin + timedelta(minutes=chance.randrange(years * 365 * 1440))
        right = instant.astimezone(ZoneInfo(zone)).utcoffset()
        if zone in FRENCH_ZONES and not describes(zone, instant):
            found.append(f"{zone} not described at {instant}")
        if describes(zone, instant) and reader.offset(instant) != right:
            found.append(f"{zone} wrong at {instant}")
    return found


if __name__ == "__main__":
    found = [line for zone in FRENCH_ZONES for line in differences(zone, 2007, 40, 200)]
    for name in sorted(available()):
        # An unsupported zone has no VTIMEZONE to compare.
        with suppress(UnsupportedZone):
            found += differences(name, 2000, 45, 4)
    sys.stdout.write("".join(f"{line}\n" for line in found))
