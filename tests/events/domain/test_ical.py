from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest

from events.domain.calendar_values import CalendarStatus, Conference
from events.domain.errors import BrokenFragment, UnknownZone
from events.domain.ical import (
    assemble_feed,
    assemble_single,
    serialise_event,
)
from tests.events.domain.readers import (
    PARIS,
    line,
    parse,
    parse_with_second_reader,
    unfolded,
)
from tests.events.domain.values import make_all_day_event, make_event, make_feed


def test_event_is_written_in_full():
    event = make_event(
        sequence=3,
        summary="Drink & co; ça va, ok \\o/",
        description="Un verre.\n\nhttps://hub.invalid/agenda/drink/",
        location="Ti Numerik, 3 rue du Port, 22300 Lannion",
        geo=(47.2184, -1.5536),
        url="https://hub.invalid/agenda/drink/",
        categories=("Info, jour", "a;b"),
        contact="Ti Numerik, bonjour@ti.invalid",
        conference=Conference(url="https://visio.invalid/x", label='Visio "A"'),
        series_uid="serie@hub.invalid",
    )
    assert unfolded(serialise_event(event)) == [
        "BEGIN:VEVENT",
        "SUMMARY:Drink & co\\; ça va\\, ok \\\\o/",
        "DTSTART;TZID=Europe/Paris:20260409T183000",
        "DTEND;TZID=Europe/Paris:20260409T210000",
        "DTSTAMP:20260302T091500Z",
        "UID:6f3c1f0e-9c1b-4a57-8f5e-0c7d1b2a3e4f@hub.invalid",
        "SEQUENCE:3",
        "CATEGORIES:Info\\, jour,a\\;b",
        "CLASS:PUBLIC",
        "CONFERENCE;FEATURE=VIDEO;LABEL=Visio ^'A^';VALUE=URI:https://visio.invalid/x",
        "CONTACT:Ti Numerik\\, bonjour@ti.invalid",
        "CREATED:20260301T080000Z",
        "DESCRIPTION:Un verre.\\n\\nhttps://hub.invalid/agenda/drink/",
        "GEO:47.2184;-1.5536",
        "LAST-MODIFIED:20260302T091500Z",
        "LOCATION:Ti Numerik\\, 3 rue du Port\\, 22300 Lannion",
        "RELATED-TO;RELTYPE=SIBLING:serie@hub.invalid",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://hub.invalid/agenda/drink/",
        "END:VEVENT",
        "",
    ]


def test_event_says_nothing_of_what_it_lacks():
    names = [each.partition(":")[0] for each in unfolded(serialise_event(make_event()))]
    assert names == [
        "BEGIN",
        "SUMMARY",
        "DTSTART;TZID=Europe/Paris",
        "DTEND;TZID=Europe/Paris",
        "DTSTAMP",
        "UID",
        "SEQUENCE",
        "CLASS",
        "CREATED",
        "LAST-MODIFIED",
        "STATUS",
        "TRANSP",
        "END",
        "",
    ]


def test_feed_is_written_in_full():
    content = assemble_feed(make_feed(), [], PARIS)
    head, _, rest = content.decode().partition("BEGIN:VTIMEZONE\r\n")
    assert head.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hub//Agenda 1.0//FR",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Tous les rendez-vous",
        "X-WR-CALDESC:Tous les rendez-vous",
        "NAME:Agenda du réseau",
        "X-WR-CALNAME:Agenda du réseau",
        "COLOR:teal",
        "LAST-MODIFIED:20260302T091500Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "SOURCE;VALUE=URI:https://hub.invalid/agenda/flux.ics",
        "URL:https://hub.invalid/agenda/",
        "X-PUBLISHED-TTL:PT4H",
        "X-WR-TIMEZONE:Europe/Paris",
        "",
    ]
    assert rest.startswith("TZID:Europe/Paris\r\n")
    assert rest.endswith("END:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n")


def test_feed_without_events_is_a_valid_calendar():
    content = assemble_feed(make_feed(), [], [])
    parsed = icalendar.Calendar.from_ical(content)
    assert [component.name for component in parsed.subcomponents] == ["VTIMEZONE"]
    assert parse_with_second_reader(content).events == []


def test_feed_with_a_secret_address_does_not_tell_it():
    content = assemble_feed(make_feed(source=None), [], PARIS)
    assert b"SOURCE" not in content
    assert b"flux.ics" not in content


def test_feed_writes_zones_in_order_once_and_leaves_out_what_is_in_utc():
    zones = ["Pacific/Noumea", "America/Nuuk", "UTC", "Indian/Reunion", *PARIS, *PARIS]
    content = assemble_feed(make_feed(), [], zones)
    assert [each for each in unfolded(content) if each.startswith("TZID")] == [
        "TZID:Europe/Paris",
        "TZID:Indian/Reunion",
        "TZID:Pacific/Noumea",
    ]


def test_feed_keeps_the_order_of_its_events():
    uids = ["b@hub.invalid", "a@hub.invalid", "c@hub.invalid"]
    fragments = (serialise_event(make_event(uid=uid)) for uid in uids)
    content = assemble_feed(make_feed(), fragments, PARIS)
    assert [e["UID"] for e in icalendar.Calendar.from_ical(content).events] == uids
    assert [e.uid for e in parse_with_second_reader(content).events] == uids


def test_a07_forced_feed_name_is_escaped():
    content = assemble_feed(make_feed(name="a, b; c\\d\r\nX-EVIL:1"), [], PARIS)
    assert line(content, "NAME") == "NAME:a\\, b\\; c\\\\d X-EVIL:1"
    assert line(content, "X-WR-CALNAME") == "X-WR-CALNAME:a\\, b\\; c\\\\d X-EVIL:1"


def test_single_event_has_no_calendar_name():
    content = assemble_single(serialise_event(make_event()), PARIS)
    assert unfolded(content)[:6] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hub//Agenda 1.0//FR",
        "CALSCALE:GREGORIAN",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
    ]
    assert content.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert content.count(b"BEGIN:VEVENT\r\n") == 1


@pytest.mark.parametrize(
    "fragment",
    [
        b"",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT",
        b"BEGIN:VEVENT\r\nUID:a\nX:1\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nUID:a\rX:1\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nUID:a\x00\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nUID:a\r\n\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nUID:a\r\nend:vevent\r\nUID:b\r\nEND:VEVENT\r\n",
    ],
)
def test_broken_fragment_reaches_no_calendar(fragment):
    with pytest.raises(BrokenFragment):
        assemble_single(fragment, PARIS)
    with pytest.raises(BrokenFragment):
        assemble_feed(make_feed(), [fragment], PARIS)


def test_unknown_zone_reaches_no_calendar():
    with pytest.raises(UnknownZone):
        assemble_feed(make_feed(), [], ["Europe/Nowhere"])


@pytest.mark.parametrize(
    ("status", "language", "expected"),
    [
        (CalendarStatus.CONFIRMED, "fr", ("CONFIRMED", "OPAQUE", "Repas")),
        (CalendarStatus.TENTATIVE, "fr", ("TENTATIVE", "OPAQUE", "Repas")),
        (
            CalendarStatus.CANCELLED,
            "fr",
            ("CANCELLED", "TRANSPARENT", "Annulé : Repas"),
        ),
        (
            CalendarStatus.POSTPONED,
            "fr",
            ("CANCELLED", "TRANSPARENT", "Reporté : Repas"),
        ),
        (
            CalendarStatus.CANCELLED,
            "en",
            ("CANCELLED", "TRANSPARENT", "Cancelled: Repas"),
        ),
        (
            CalendarStatus.POSTPONED,
            "en-gb",
            ("CANCELLED", "TRANSPARENT", "Postponed: Repas"),
        ),
        (
            CalendarStatus.CANCELLED,
            "br",
            ("CANCELLED", "TRANSPARENT", "Nullet : Repas"),
        ),
        (
            CalendarStatus.POSTPONED,
            "xx",
            ("CANCELLED", "TRANSPARENT", "Reporté : Repas"),
        ),
    ],
)
def test_status_is_told_in_the_title_too(status, language, expected):
    event = make_event(status=status, summary="Repas")
    content = serialise_event(event, language=language)
    assert (
        line(content, "STATUS").partition(":")[2],
        line(content, "TRANSP").partition(":")[2],
        line(content, "SUMMARY").partition(":")[2],
    ) == expected


def test_private_event_says_so():
    content = serialise_event(make_event(is_private=True, transparent=True))
    assert line(content, "CLASS") == "CLASS:PRIVATE"
    assert line(content, "TRANSP") == "TRANSP:TRANSPARENT"


@pytest.mark.parametrize(
    ("last", "dtend"),
    [(date(2026, 5, 20), "20260521"), (date(2026, 5, 19), "20260520")],
)
def test_all_day_event_ends_on_the_day_after(last, dtend):
    content = serialise_event(make_all_day_event(date(2026, 5, 19), last))
    assert line(content, "DTSTART") == "DTSTART;VALUE=DATE:20260519"
    assert line(content, "DTEND") == f"DTEND;VALUE=DATE:{dtend}"
    assert line(content, "TRANSP") == "TRANSP:TRANSPARENT"


@pytest.mark.parametrize(
    ("changes", "dtstart", "dtend"),
    [
        pytest.param(
            {
                "start_date": date(2026, 3, 28),
                "start_time": time(22),
                "end_date": date(2026, 3, 29),
                "end_time": time(4),
            },
            "DTSTART;TZID=Europe/Paris:20260328T220000",
            "DTEND;TZID=Europe/Paris:20260329T040000",
            id="night of the spring change",
        ),
        pytest.param(
            {
                "start_date": date(2026, 6, 25),
                "start_time": time(14),
                "end_date": date(2026, 6, 27),
                "end_time": time(12),
            },
            "DTSTART;TZID=Europe/Paris:20260625T140000",
            "DTEND;TZID=Europe/Paris:20260627T120000",
            id="several days",
        ),
        pytest.param(
            {
                "start_date": date(2026, 10, 25),
                "start_time": time(2, 30),
                "start_fold": 1,
                "end_date": date(2026, 10, 25),
                "end_time": time(5),
            },
            "DTSTART:20261025T013000Z",
            "DTEND:20261025T040000Z",
            id="hour that comes twice",
        ),
        pytest.param(
            {
                "start_date": date(2026, 3, 29),
                "start_time": time(2, 30),
                "end_date": date(2026, 3, 29),
                "end_time": time(5),
            },
            "DTSTART:20260329T013000Z",
            "DTEND:20260329T030000Z",
            id="stored time that a new rule jumps over",
        ),
        pytest.param(
            {"zone": "UTC"},
            "DTSTART:20260409T183000Z",
            "DTEND:20260409T210000Z",
            id="UTC",
        ),
        pytest.param(
            {"zone": "America/Nuuk"},
            "DTSTART:20260409T193000Z",
            "DTEND:20260409T220000Z",
            id="zone without a plain VTIMEZONE",
        ),
        pytest.param(
            {
                "zone": "America/New_York",
                "start_date": date(2006, 3, 20),
                "end_date": date(2006, 3, 20),
            },
            "DTSTART:20060320T233000Z",
            "DTEND:20060321T020000Z",
            id="before the present rule",
        ),
        pytest.param(
            {"start_date": date(2040, 7, 1), "end_date": date(2040, 7, 1)},
            "DTSTART;TZID=Europe/Paris:20400701T183000",
            "DTEND;TZID=Europe/Paris:20400701T210000",
            id="after 2038",
        ),
    ],
)
def test_times_leave_no_doubt(changes, dtstart, dtend):
    content = serialise_event(make_event(**changes))
    assert (line(content, "DTSTART"), line(content, "DTEND")) == (dtstart, dtend)


@pytest.mark.parametrize(
    ("zone", "clock", "expected"),
    [
        ("Europe/Paris", time(18, 30), datetime(2040, 7, 1, 16, 30, tzinfo=UTC)),
        ("Indian/Reunion", time(9), datetime(2040, 7, 1, 5, tzinfo=UTC)),
        ("America/Miquelon", time(9), datetime(2040, 7, 1, 11, tzinfo=UTC)),
    ],
)
def test_readers_find_the_instant(zone, clock, expected):
    day = date(2040, 7, 1)
    event = make_event(
        zone=zone, start_date=day, end_date=day, start_time=clock, end_time=time(22)
    )
    content = assemble_single(serialise_event(event), [zone])
    assert parse(content)["DTSTART"].dt.astimezone(UTC) == expected
    [other] = parse_with_second_reader(content).events
    assert other.dtstart.astimezone(UTC) == expected


def test_weekly_evening_is_read_right_on_both_sides_of_the_spring_change():
    days = [date(2026, 3, 17) + timedelta(weeks=week) for week in range(6)]
    fragments = [
        serialise_event(
            make_event(
                uid=f"{day}@hub.invalid",
                start_date=day,
                end_date=day,
                start_time=time(12, 30),
                end_time=time(14),
            )
        )
        for day in days
    ]
    content = assemble_feed(make_feed(), fragments, PARIS)
    events = parse_with_second_reader(content).events
    assert [f"{e.dtstart.astimezone(UTC):%d/%m %H:%M}" for e in events] == [
        "17/03 11:30",
        "24/03 11:30",
        "31/03 10:30",
        "07/04 10:30",
        "14/04 10:30",
        "21/04 10:30",
    ]


@pytest.mark.parametrize(
    ("geo", "expected"),
    [
        ((47.2184, -1.5536), "GEO:47.2184;-1.5536"),
        ((-21.0, 55.5), "GEO:-21;55.5"),
        ((0.000001, -0.0000001), "GEO:0.000001;0"),
    ],
)
def test_a12_position_is_written_with_a_point_and_no_exponent(geo, expected):
    assert line(serialise_event(make_event(geo=geo)), "GEO") == expected


def test_a13_categories_are_read_one_by_one():
    event = make_event(categories=("Info, jour", "a;b", "c\\d"))
    content = assemble_single(serialise_event(event), PARIS)
    assert [str(each) for each in parse(content)["CATEGORIES"].cats] == [
        "Info, jour",
        "a;b",
        "c\\d",
    ]
