"""The acceptance cases of time that concern one date: T05, T07, T08 and T11 to T18.

Those of series are in ``test_acceptance_series.py``; T19 and T20 are of the domain.
"""

from __future__ import annotations

import datetime
import html
import re

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from events.domain.ical import assemble_single, serialise_event
from events.models import CalendarState, Event
from events.services.instants import recompute_instants
from tests import personas
from tests.events import series_form_site
from tests.events.domain.values import make_event
from tests.events.feed_bytes import read_feed, read_vevent
from tests.events.member_site import answers, url
from tests.factories.events import AllDayEventFactory, EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
NIGHT = {"start_time": "02:30", "end_time": "05:00"}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def person(client):
    person = personas.trusted_member()
    client.force_login(person)
    return person


def read_lines(event: Event) -> list[str]:
    """Return the lines of one VEVENT, and of the zones of its calendar."""
    return read_feed()[event.uid].decode().replace("\r\n ", "").split("\r\n")


def test_t05_form_says_which_months_have_no_such_day(client, person):
    sent = series_form_site.answers(
        personas.space_of(person), rhythm="month_day", month_day="31",
        first_day="2026-03-01", action="compute",
    )  # fmt: skip

    response = client.post(series_form_site.url("create"), sent)

    warning = response.context["plan"].warning
    assert warning.startswith("Mois sans ce jour, donc sans rendez-vous\xa0:")
    assert "avril 2026, juin 2026, septembre 2026, novembre 2026" in warning
    assert warning in html.unescape(response.content.decode())


def test_t07_hour_that_clocks_skip_is_refused_and_the_next_one_proposed(client, person):
    sent = answers(personas.space_of(person), **NIGHT, start_date="2026-03-29")

    response = client.post(url("create"), sent | {"action": "publish"})

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors == {
        "start_time": [
            "Ce jour-là, l’heure d’été saute 2\xa0h\xa030. "
            "Vouliez-vous dire 3\xa0h\xa030\xa0?"
        ]
    }
    assert form["start_time"].value() == "02:30"
    assert not Event.objects.exists()


def test_t08_hour_that_comes_twice_is_refused(client, person):
    sent = answers(personas.space_of(person), **NIGHT, start_date="2026-10-25")

    response = client.post(url("create"), sent | {"action": "publish"})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "start_time": [
            "Ce jour-là, l’heure d’hiver fait revenir 2\xa0h\xa030 deux fois. "
            "Choisissez une heure avant ou après."
        ]
    }
    assert not Event.objects.exists()


def test_t08_second_of_two_hours_is_told_in_utc():
    day = datetime.date(2026, 10, 25)
    event = make_event(
        start_date=day, start_time=datetime.time(2, 30), start_fold=1,
        end_date=day, end_time=datetime.time(5),
    )  # fmt: skip

    assert b"DTSTART:20261025T013000Z\r\n" in serialise_event(event)


def test_t11_whole_day_ends_on_the_next_one():
    day = datetime.date(2026, 5, 19)
    event = AllDayEventFactory(start_date=day, end_date=day)

    lines = read_lines(event)
    assert "DTSTART;VALUE=DATE:20260519" in lines
    assert "DTEND;VALUE=DATE:20260520" in lines
    [other] = IcsCalendarStream.calendar_from_ics(
        assemble_single(read_feed()[event.uid], []).decode()
    ).events
    # Its end is not part of it: one day is shown.
    assert (other.start, other.end) == (day, datetime.date(2026, 5, 20))


def test_t12_days_of_work_are_one_vevent_and_three_days_of_the_month(client):
    event = EventFactory(
        title="Trois jours", start_date=datetime.date(2026, 6, 25),
        start_time=datetime.time(14), end_date=datetime.date(2026, 6, 27),
        end_time=datetime.time(12),
    )  # fmt: skip

    assert set(read_feed()) == {event.uid}
    lines = read_lines(event)
    assert "DTSTART;TZID=Europe/Paris:20260625T140000" in lines
    assert "DTEND;TZID=Europe/Paris:20260627T120000" in lines
    page = client.get("/agenda/?vue=mois&mois=2026-06").content.decode()
    cells = re.findall(r"<td\b.*?</td>", page, re.DOTALL)
    holding = [
        re.search(r'class="number-of-day" datetime="([^"]+)"', cell)[1]
        for cell in cells
        if "Trois jours" in cell
    ]
    assert holding == ["2026-06-25", "2026-06-26", "2026-06-27"]


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [
        # T14: it changes its clocks as North America does.
        (
            "America/Miquelon",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
            "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        ),
        ("Indian/Reunion", None, None),
    ],
    ids=["t14-miquelon", "t13-reunion"],
)
def test_t14_zone_of_a_date_is_described_in_the_feed(client, zone, summer, winter):
    event = EventFactory(
        zone=zone, start_date=datetime.date(2026, 7, 1),
        start_time=datetime.time(9), end_time=datetime.time(10),
    )  # fmt: skip

    body = client.get("/agenda/flux.ics").content.decode().replace("\r\n ", "")
    [described] = re.findall(
        rf"BEGIN:VTIMEZONE\r\nTZID:{zone}\r\n.*?END:VTIMEZONE", body, re.DOTALL
    )
    rules = [line for line in described.split("\r\n") if line.startswith("RRULE")]
    assert sorted(rules) == sorted(filter(None, [summer, winter]))
    assert f"DTSTART;TZID={zone}:20260701T090000" in read_lines(event)
    utc = {"America/Miquelon": 11, "Indian/Reunion": 5}[zone]
    assert event.start_at == datetime.datetime(2026, 7, 1, utc, tzinfo=datetime.UTC)


def test_t15_date_in_utc_names_no_zone():
    event = EventFactory(zone="UTC", start_date=datetime.date(2026, 4, 9))

    lines = read_lines(event)
    assert "DTSTART:20260409T183000Z" in lines
    assert "DTEND:20260409T213000Z" in lines
    assert not [line for line in lines if "TZID" in line]


def test_t16_summer_of_2040_is_half_past_four_in_utc():
    """Clients with rules of their own: ``tests/clients/test_clients.py``."""
    day = datetime.date(2040, 7, 1)
    event = make_event(
        start_date=day, end_date=day, start_time=datetime.time(18, 30),
        end_time=datetime.time(21),
    )  # fmt: skip
    content = assemble_single(serialise_event(event), ["Europe/Paris"])

    right = datetime.datetime(2040, 7, 1, 16, 30, tzinfo=datetime.UTC)
    [vevent] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    [other] = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert vevent["DTSTART"].dt.astimezone(datetime.UTC) == right
    assert other.dtstart.astimezone(datetime.UTC) == right


def test_t18_new_time_zone_database_moves_the_instant_alone(client, monkeypatch):
    event = EventFactory(start_date=datetime.date(2026, 4, 9))
    right, before = event.start_at, read_vevent(event)
    etag = client.get("/agenda/flux.ics").headers["ETag"]
    # As the older release had it: France was to keep its winter time.
    hour = datetime.timedelta(hours=1)
    Event.objects.update(start_at=right + hour, end_at=event.end_at + hour)
    monkeypatch.setattr("events.feeds.tzdata_version", lambda: "2099a")

    assert recompute_instants(now=NOW) == 1

    row = Event.objects.get()
    assert row.start_at == right
    assert (row.start_date, row.start_time) == (event.start_date, event.start_time)
    assert read_vevent(event) == before
    assert CalendarState.objects.get().sequence == 0
    assert client.get("/agenda/flux.ics").headers["ETag"] != etag
