"""Cases of calendars.md §9 that need the whole site."""

from __future__ import annotations

import datetime
import gzip
import urllib.robotparser

import icalendar
import pytest
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream
from wagtail.models import Site

from cms.models import NetworkSettings
from events.enums import PersonalFeed, Visibility
from events.models import CalendarState
from events.services.feed_tokens import give_token
from tests import personas
from tests.events.domain.readers import unfolded
from tests.factories.events import EventFactory, MinutesFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
FEED = "/agenda/flux.ics"
# What each program sends when it asks again (measured, calendars.md §5).
CLIENTS = {
    "Thunderbird": {
        "user-agent": "Mozilla/5.0 Thunderbird/153.7.0",
        "accept": "text/calendar,text/plain;q=0.8,*/*;q=0.5",
        "accept-encoding": "gzip, deflate, br, zstd",
    },
    "Evolution": {"user-agent": "Evolution/3.46.4"},
}


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def lines(client, address=FEED):
    response = client.get(address)
    assert response.status_code == 200
    return unfolded(response.content)


def values(client, name, address=FEED):
    """Return each line of this property, its parameters included."""
    return [
        one
        for one in lines(client, address)
        if one.replace(";", ":").split(":")[0] == name
    ]


def test_a03_typed_marks_are_escaped_and_read_back(client):
    title = "Drink & co; ça va, ok \\o/"
    EventFactory(title=title)

    assert values(client, "SUMMARY") == ["SUMMARY:Drink & co\\; ça va\\, ok \\\\o/"]
    content = client.get(FEED).content
    [first] = icalendar.Calendar.from_ical(content).events
    [second] = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert (str(first["SUMMARY"]), second.summary) == (title, title)


@pytest.mark.parametrize(
    "name", ["Hub, le réseau", "Hub; b", "Hub\\n", "Hub\nX-EVIL:1"]
)
def test_a07_name_of_the_network_stays_one_plain_name(client, name):
    NetworkSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"network_name": name}
    )

    [told] = values(client, "NAME")

    assert values(client, "X-WR-CALNAME") == [f"X-WR-CALNAME:{told[5:]}"]
    assert not set(told) & set(",;\\")
    assert values(client, "X-EVIL") == []


def test_a08_every_line_ends_as_the_format_says(client):
    EventFactory(description="Deux\nlignes")

    for address in (FEED, "/agenda/type/drink-and-co.ics"):
        content = client.get(address).content
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")


def test_a09_calendar_says_what_it_must_once_and_nothing_else(client):
    EventFactory()

    head = lines(client)[: lines(client).index("BEGIN:VTIMEZONE")]

    assert sorted(one.replace(";", ":").split(":")[0] for one in head) == sorted(
        ["BEGIN", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME",
         "X-WR-TIMEZONE", "LAST-MODIFIED", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
         "SOURCE", "URL"]
    )  # fmt: skip
    assert values(client, "REFRESH-INTERVAL") == [
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H"
    ]
    assert values(client, "METHOD") == []
    assert len(values(client, "UID")) == 1


def test_a10_tag_without_dates_is_a_valid_calendar(client):
    event = EventFactory(tags=["verre"])
    event.start_date = event.end_date = datetime.date(2025, 1, 9)
    event.save_revision().publish()

    content = client.get("/agenda/tag/verre.ics").content

    parsed = icalendar.Calendar.from_ical(content)
    assert [one.name for one in parsed.subcomponents] == ["VTIMEZONE"]
    assert IcsCalendarStream.calendar_from_ics(content.decode()).events == []


def test_a12_position_has_a_point_in_a_french_site(client, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    space = SpaceFactory(latitude=47.2184, longitude=-1.5536)
    EventFactory(venue=space, venue_name="")

    assert values(client, "GEO") == ["GEO:47.2184;-1.5536"]


def test_a13_type_and_keywords_are_read_one_by_one(client):
    event = EventFactory(tags=["a;b"])
    event.type.name = "Info, jour"
    event.type.save()

    [one] = icalendar.Calendar.from_ical(client.get(FEED).content).events
    assert [str(each) for each in one["CATEGORIES"].cats] == ["Info, jour", "a;b"]


def test_a14_link_for_members_is_told_to_them_alone(client):
    person = personas.member()
    event = EventFactory(
        host=personas.space_of(person),
        online_url="https://visio.example/canari",
        online_visibility=Visibility.MEMBERS,
    )
    public = [
        FEED, f"/agenda/{event.slug}.ics", event.get_absolute_url(),
        "/agenda/atom.xml", "/agenda/",
    ]  # fmt: skip
    for address in public:
        response = client.get(address)
        assert response.status_code == 200
        assert "canari" not in response.text, address

    _token, secret = give_token(
        to=person, kind=PersonalFeed.SPACE, space=event.host, label="", now=NOW
    )
    own = f"/agenda/perso/{secret}.ics"
    assert values(client, "CONFERENCE", own)[0].endswith("https://visio.example/canari")
    assert "canari" in values(client, "DESCRIPTION", own)[0]


def test_h01_answer_304_has_the_headers_and_writes_nothing(client, monkeypatch):
    EventFactory()
    first = client.get(FEED)
    monkeypatch.setattr("events.feeds.AgendaFeed.render", None)

    for sent in (first["ETag"], f"W/{first['ETag']}", f'"x", {first["ETag"]}'):
        again = client.get(FEED, headers={"if-none-match": sent})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
            assert again[name] == first[name]


def test_h03_compressed_feed_is_the_same_feed(client):
    EventFactory()
    plain = client.get(FEED)

    packed = client.get(FEED, headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert packed["ETag"] == f"W/{plain['ETag']}"
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == plain.content
    again = client.get(
        FEED, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("client_name", CLIENTS)
def test_c02_second_poll_of_a_program_is_answered_304(client, client_name):
    EventFactory()
    headers = CLIENTS[client_name]
    first = client.get(FEED, headers=headers)
    assert first.status_code == 200

    again = client.get(FEED, headers={**headers, "if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_h05_program_that_accepts_nothing_gets_a_calendar(client):
    response = client.get(FEED)

    assert "accept" not in response.wsgi_request.headers
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


@pytest.mark.parametrize("address", ["/agenda/perso/{}.ics", "/agenda/flux/{}.ics"])
def test_h07_wrong_token_and_code_are_not_found(client, address):
    for secret in ("a" * 43, "x", "-"):
        assert client.get(address.format(secret)).status_code == 404


def test_h08_failure_is_never_an_empty_calendar(client, caplog):
    EventFactory(series=SeriesFactory(slug="repas"))
    CalendarState.objects.update(fragments={"fr": "BEGIN:VEVENT broken"})

    for address in (FEED, "/agenda/serie/repas.ics", "/agenda/serie/repas/regle.ics"):
        response = client.get(address)
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert response["Cache-Control"] == "no-store"
        assert "ETag" not in response


@pytest.mark.parametrize(("code", "postcode"), [("2A", "20000"), ("974", "97400")])
def test_h09_department_holds_what_takes_place_there(client, code, postcode):
    EventFactory(title="Là-bas", venue_postcode=postcode)
    EventFactory(title="Corte", venue_postcode="20250")
    host = SpaceFactory(postcode=postcode, city="Là-bas")
    EventFactory(title="Ailleurs", venue_postcode="22000", host=host)

    assert values(client, "SUMMARY", f"/agenda/departement/{code}.ics") == [
        "SUMMARY:Là-bas"
    ]
    assert values(client, "SUMMARY", f"{FEED}?dep={code}") == ["SUMMARY:Là-bas"]


def test_h13_minutes_are_in_no_feed_and_change_no_tag(client):
    event = EventFactory(start_date=datetime.date(2026, 10, 22))
    before = client.get(FEED)

    MinutesFactory(event=event, introduction="Canari")

    after = client.get(FEED)
    assert (after["ETag"], after.content) == (before["ETag"], before.content)


def test_h15_robots_may_read_the_feeds(client):
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())

    for name, args in (
        ("network", []), ("type", ["x"]), ("series", ["x"]), ("series_rule", ["x"]),
        ("alias", ["x"]), ("event", ["x"]), ("atom", []), ("personal", ["x"]),
    ):  # fmt: skip
        path = reverse(f"event_feeds:{name}", args=args)
        assert robots.can_fetch("Google-Calendar-Importer", f"https://hub.test{path}")
    assert not robots.can_fetch("x", "https://hub.test/espace/")
