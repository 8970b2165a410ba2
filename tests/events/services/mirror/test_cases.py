"""What programs write in their own ways, as rows (cases M of the calendars' reference).

The other cases are in ``test_reading``; M12 has its sockets in ``tests/cms/outbound``.
"""

from __future__ import annotations

import datetime
import resource
import time

import pytest
from django.urls import reverse

from events.domain.foreign.reader import read
from events.domain.foreign.values import UnreadableCalendar
from events.domain.window import Window
from events.enums import FeedHealth, RegistrationMode
from events.models import Event, ExternalFeed, ImportedDate
from events.services.mirror.storing import Keeper
from tests import personas
from tests.events.importing import bombs
from tests.events.importing.test_corpora import CORPORA, list_files
from tests.events.registration_site import come, mails
from tests.events.services.mirror.source import NOW, make_feed, make_file, make_vevent
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=4"
PARIS = "DTSTART;TZID=Europe/Paris"
PARIS_END = "DTEND;TZID=Europe/Paris"


def rows():
    """Return each date as “2026-12-01 18:30 Soupe 1”, soonest first."""
    return [
        f"{event.start_date} {event.start_time:%H:%M} {event.title}"
        for event in Event.objects.order_by("start_at")
    ]


def make_override(day, *, at, number=3, **values):
    """Return what ``make_vevent(3, WEEKLY)`` becomes on ``day``."""
    return make_vevent(
        number,
        **{
            "RECURRENCE-ID;TZID=Europe/Paris": f"{day}T183000",
            PARIS: at,
            PARIS_END: f"{at[:8]}T220000",
        }
        | values,
    )


def test_m01_times_of_google_are_on_the_clock_of_its_calendar(reader):
    times = {
        PARIS: None,
        PARIS_END: None,
        "DTSTART": "20261201T173000Z",
        "DTEND": "20261201T190000Z",
    }
    summer = {"DTSTART": "20270601T163000Z", "DTEND": "20270601T180000Z"}
    content = make_file(
        "X-WR-TIMEZONE:Europe/Paris",
        make_vevent(1, **times),
        make_vevent(2, **times | summer),
    )
    reader.read(content)
    assert rows() == ["2026-12-01 18:30 Soupe 1", "2027-06-01 18:30 Soupe 2"]
    assert set(Event.objects.values_list("zone", flat=True)) == {"Europe/Paris"}
    assert reader.feed.report["flags"] == []


def test_m01_times_of_google_are_on_the_clock_of_another_island(reader):
    content = make_file(
        "X-WR-TIMEZONE:Indian/Reunion",
        make_vevent(
            1,
            **{PARIS: None, PARIS_END: None},
            DTSTART="20261201T143000Z",
            DTEND="20261201T160000Z",
        ),
    )
    reader.read(content)
    assert rows() == ["2026-12-01 18:30 Soupe 1"]
    assert Event.objects.get().zone == "Indian/Reunion"


def test_m02_zones_of_outlook_are_known_with_and_without_their_rules(reader):
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Romance Standard Time\r\nBEGIN:STANDARD\r\n"
        "DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
        "END:VTIMEZONE"
    )
    without = {PARIS: None, PARIS_END: None}
    content = make_file(
        zone,
        make_vevent(
            1,
            **without,
            **{
                "DTSTART;TZID=Romance Standard Time": "20261201T183000",
                "DTEND;TZID=Romance Standard Time": "20261201T200000",
            },
        ),
        make_vevent(
            2,
            **without,
            **{
                "DTSTART;TZID=W. Europe Standard Time": "20270601T183000",
                "DTEND;TZID=W. Europe Standard Time": "20270601T200000",
            },
        ),
    )
    reader.read(content)
    assert rows() == ["2026-12-01 18:30 Soupe 1", "2027-06-01 18:30 Soupe 2"]
    zones = Event.objects.order_by("start_at").values_list("zone", flat=True)
    assert list(zones) == ["Europe/Paris", "Europe/Berlin"]


def test_m07_an_override_before_its_series_changes_its_date(reader):
    changed = make_override("20261210", at="20261211T200000", SUMMARY="Soupe déplacée")
    reader.read(make_file(changed, make_vevent(3, WEEKLY)))
    assert rows() == [
        "2026-12-03 18:30 Soupe 3",
        "2026-12-11 20:00 Soupe déplacée",
        "2026-12-17 18:30 Soupe 3",
        "2026-12-24 18:30 Soupe 3",
    ]
    moved = ImportedDate.objects.get(recurrence_id="20261210T183000")
    assert moved.event.title == "Soupe déplacée"


def test_m07_an_override_without_its_series_stands_alone(reader):
    reader.read(make_file(make_override("20261210", at="20261211T200000")))
    assert rows() == ["2026-12-11 20:00 Soupe 3"]


def test_m07_of_two_overrides_the_higher_sequence_wins(reader):
    third = make_override("20261210", at="20261212T210000", SEQUENCE="3")
    first = make_override("20261210", at="20261211T200000", SEQUENCE="1")
    reader.read(make_file(third, first, make_vevent(3, WEEKLY)))
    assert rows()[1] == "2026-12-12 21:00 Soupe 3"
    assert Event.objects.count() == 4


@pytest.mark.parametrize(
    "left_out",
    [
        "EXDATE:20261210T173000Z",
        "EXDATE;VALUE=DATE:20261210",
        "EXDATE;TZID=Europe/London:20261210T173000",
    ],
)
def test_m08_a_day_that_is_left_out_has_no_row(reader, left_out):
    reader.read(make_file(make_vevent(3, WEEKLY, left_out)))
    assert [row[:10] for row in rows()] == ["2026-12-03", "2026-12-17", "2026-12-24"]


def test_m09_accents_of_an_old_file_are_right_and_flagged(reader):
    content = make_file(make_vevent(1, SUMMARY="Fête d’été à l’école"))
    reader.read(content.decode().encode("cp1252"))
    assert rows() == ["2026-12-01 18:30 Fête d’été à l’école"]
    assert reader.feed.report["flags"] == ["assumed-charset"]


@pytest.mark.parametrize(
    "write",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\r\n", b"\n"),
        lambda content: b"\r\n\n \r\n" + content,
    ],
    ids=["byte order mark", "line feeds", "blank lines"],
)
def test_m10_a_file_that_is_not_quite_right_is_read(reader, write):
    reader.read(write(make_file(make_vevent(1))))
    assert rows() == ["2026-12-01 18:30 Soupe 1"]
    assert reader.feed.health == FeedHealth.GOOD


BOMBS = bombs.ONE_LEFT_OUT | bombs.REFUSED


def find_largest_child():
    """Return the most memory that a child of this process had, in KiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.mark.parametrize("name", BOMBS)
def test_m11_a_bomb_ends_alone_and_leaves_the_other_dates(reader, name):
    reader.now = datetime.datetime(2026, 4, 1, 9, 0, tzinfo=datetime.UTC)
    reader.read(make_file(make_vevent(1, day="20260402")))
    # The worker of the suite may have had a larger child before, a browser say.
    most = max(find_largest_child(), 512 * 1024)
    begun = time.monotonic()
    reader.read(BOMBS[name])
    assert time.monotonic() - begun < 25
    assert find_largest_child() <= most
    if name in bombs.REFUSED:
        assert reader.feed.health == FeedHealth.FAILING
        assert rows() == ["2026-04-02 18:30 Soupe 1"]
    else:
        assert reader.feed.report["refused_count"] == 1
        assert rows() == ["2026-04-02 18:30 Soupe 1", "2026-04-09 18:30 Apéro"]
    # The next calendar is read as if nothing had been.
    assert reader.read(make_file(make_vevent(1, day="20260403")))
    assert reader.feed.health == FeedHealth.GOOD


# What their files give between October 2026 and December 2027.
STORED = {"icalendar": 344, "recurring-ical-events": 2741}


@pytest.mark.parametrize("corpus", CORPORA)
def test_m16_every_file_of_the_corpora_becomes_rows(corpus):
    window = Window(datetime.date(2026, 10, 3), datetime.date(2027, 12, 7))
    space = SpaceFactory()
    for number, path in enumerate(list_files(corpus)):
        try:
            calendar = read(path.read_bytes(), window)
        except UnreadableCalendar:
            continue
        feed = make_feed(space, f"https://corpora.example/{number}.ics")
        coming = [day for day in calendar.dates if day.end_at > NOW]
        stored = Keeper(feed, now=NOW).store(calendar)
        called_off = sum(day.status == "CANCELLED" for day in coming)
        told = len(stored.created) + stored.shared + len(stored.refused) + called_off
        assert told == len(coming), path
    assert Event.objects.count() == STORED[corpus]


def test_m13_a_hostile_title_is_no_formula_in_the_list_of_who_comes(reader, client):
    hostile = "=cmd|' /C calc'!A0"
    reader.read(make_file(make_vevent(1, SUMMARY=hostile)))
    event = Event.objects.get()
    Event.objects.update(registration_mode=RegistrationMode.HERE)
    come(event, "lea")
    client.force_login(personas.member(spaces=[reader.feed.space]))
    answer = client.get(reverse("member_events:registrations_csv", args=[event.pk]))
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert (
        disposition
        == 'attachment; filename="inscriptions-cmd-c-calc-a0-2026-12-01.csv"'
    )
    cells = answer.content.decode("utf-8-sig").replace("\r\n", ";").split(";")
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell] == []


def test_who_registered_is_told_when_the_calendar_moves_the_date(reader):
    person = personas.member(spaces=[reader.feed.space])
    ExternalFeed.objects.update(added_by=person)
    reader.read(make_file(make_vevent(1), make_vevent(2)))
    Event.objects.update(registration_mode=RegistrationMode.HERE)
    come(Event.objects.get(title="Soupe 1"), "lea")
    mails()
    both = make_vevent(1, day="20261205"), make_vevent(2, day="20261206")
    reader.read(make_file(*both))
    reader.read(make_file(*both))
    # The space wrote it: it is not told what it knows.
    assert [(to, subject) for to, subject, _text in mails()] == [
        ("lea@hub.test", "Nouvel horaire\N{NO-BREAK SPACE}: Soupe 1")
    ]


def test_who_registered_is_told_once_when_the_date_leaves_the_calendar(reader):
    events = list(map(make_vevent, range(1, 6)))
    reader.read(make_file(*events))
    Event.objects.update(registration_mode=RegistrationMode.HERE)
    come(Event.objects.get(title="Soupe 5"), "lea")
    mails()
    for _turn in range(3):
        reader.read(make_file(*events[:4]))
    assert [to for to, _subject, _text in mails()] == ["lea@hub.test"]
