from __future__ import annotations

import datetime
from email.utils import format_datetime

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from events.enums import Visibility
from events.models import CalendarState, Event
from tests.factories.events import EventFactory, EventTypeFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
FEED = "/agenda/flux.ics"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def titles(client, address):
    response = client.get(address)
    assert response.status_code == 200
    calendar = icalendar.Calendar.from_ical(response.content)
    return [str(vevent["SUMMARY"]) for vevent in calendar.events]


def test_feed_holds_the_public_dates_in_order(client):
    EventFactory(title="Second", start_date=datetime.date(2026, 12, 3))
    EventFactory(title="First")

    response = client.get(FEED)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="agenda.ics"'
    assert titles(client, FEED) == ["First", "Second"]


def test_feed_reads_the_same_on_both_sides_of_a_clock_change(client):
    summer = datetime.date(2026, 10, 22)
    EventFactory(title="Été", start_date=summer)
    EventFactory(title="Hiver", start_date=summer + datetime.timedelta(days=7))

    text = client.get(FEED).content.decode()
    calendar = IcsCalendarStream.calendar_from_ics(text)

    starts = {event.summary: event.dtstart for event in calendar.events}
    assert {name: (one.hour, one.minute) for name, one in starts.items()} == {
        "Été": (18, 30),
        "Hiver": (18, 30),
    }
    assert {
        name: one.astimezone(datetime.UTC).hour for name, one in starts.items()
    } == {"Été": 16, "Hiver": 17}


def test_a01_feed_is_the_same_for_another_host_and_hour_of_the_day(
    client, time_machine
):
    EventFactory()
    first = client.get(FEED)
    time_machine.move_to(NOW + datetime.timedelta(hours=9), tick=False)
    second = client.get(FEED, headers={"host": "localhost"})

    assert (first.content, first["ETag"]) == (second.content, second["ETag"])


def test_window_goes_from_sixty_days_ago_to_four_hundred_ahead(client):
    today = NOW.date()
    for title, days in [("before", -61), ("first", -60), ("last", 400), ("after", 401)]:
        EventFactory(title=title, start_date=today + datetime.timedelta(days=days))

    assert titles(client, FEED) == ["first", "last"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("?type=repas", ["Repas"]),
        ("?type=repas&type=drink-and-co", ["Repas", "Drink"]),
        ("?dep=35", ["Drink"]),
        ("?lieu=estran", ["Drink"]),
        ("?serie=repas-du-port", ["Repas"]),
        ("?tag=tiers-lieu", ["Drink"]),
        ("?q=saint+brieuc", ["Repas"]),
        ("?q=MÂLO", ["Drink"]),
        ("?type=repas&dep=35", []),
        ("?dep=2A", []),
        ("?vue=mois&mois=2026-12&du=2030-01-01&page=9&utm=x", ["Repas", "Drink"]),
    ],
)
def test_feed_keeps_what_its_filters_ask_for(client, address, found):
    estran = SpaceFactory(slug="estran", name="L’Estran", city="Saint-Malo",
                          postcode="35400", live=False)  # fmt: skip
    EventFactory(
        title="Repas",
        type=EventTypeFactory(slug="repas", name="Repas"),
        series=SeriesFactory(slug="repas-du-port"),
        start_time=datetime.time(12),
    )
    EventFactory(title="Drink", venue=estran, venue_name="", tags=["Tiers-lieu"])
    type(estran).objects.update(live=True)

    assert titles(client, FEED + address) == found


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/type/drink-and-co.ics",
        "/agenda/serie/drink.ics",
        "/agenda/departement/22.ics",
        "/agenda/tag/verre.ics",
    ],
)
def test_short_addresses_are_feeds_too(client, address):
    EventFactory(title="Drink", series=SeriesFactory(slug="drink"), tags=["verre"])
    EventFactory(title="Other", type=EventTypeFactory(slug="other", name="Other"),
                 venue_postcode="35400")  # fmt: skip

    assert titles(client, address) == ["Drink"]


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/flux.ics?type=unknown",
        "/agenda/flux.ics?dep=99",
        "/agenda/flux.ics?lieu=unknown",
        "/agenda/type/unknown.ics",
        "/agenda/departement/99.ics",
        "/agenda/serie/members.ics",
        "/agenda/unknown.ics",
    ],
)
def test_unknown_value_is_not_found_rather_than_an_empty_calendar(client, address):
    SeriesFactory(slug="members", visibility=Visibility.MEMBERS)
    EventFactory()

    assert client.get(address).status_code == 404


def test_feed_of_a_series_goes_on_with_what_continues_it(client):
    former = SeriesFactory(slug="repas")
    following = SeriesFactory(slug="repas-2027", continues=former)
    last = SeriesFactory(slug="repas-2028", continues=following)
    for number, series in enumerate((former, following, last, SeriesFactory())):
        EventFactory(
            title=f"n° {number}",
            series=series,
            recurrence_key=f"2026120{number + 1}",
            start_date=datetime.date(2026, 12, number + 1),
        )

    for address in ("/agenda/serie/repas.ics", f"{FEED}?serie=repas&dep=22"):
        assert titles(client, address) == ["n° 0", "n° 1", "n° 2"]
    assert titles(client, "/agenda/serie/repas-2027.ics") == ["n° 1", "n° 2"]


def test_feed_of_a_series_tells_no_hidden_date_of_what_continues_it(client):
    former = SeriesFactory(slug="repas")
    following = SeriesFactory(visibility=Visibility.MEMBERS, continues=former)
    EventFactory(title="Ouverte", series=former)
    EventFactory(title="Canari", series=following, visibility=Visibility.MEMBERS)

    assert titles(client, "/agenda/serie/repas.ics") == ["Ouverte"]


def test_a10_feed_without_dates_is_a_valid_calendar(client):
    response = client.get(FEED)

    assert IcsCalendarStream.calendar_from_ics(response.content.decode()).events == []
    assert b"BEGIN:VTIMEZONE" in response.content


def test_withdrawn_date_is_told_as_cancelled_for_thirty_days(client, time_machine):
    event = EventFactory(title="Canari", start_date=datetime.date(2027, 2, 4))
    event.unpublish()

    assert titles(client, FEED) == ["Annulé : date retirée de l’agenda"]
    time_machine.move_to(NOW + datetime.timedelta(days=30), tick=False)
    assert titles(client, FEED) == ["Annulé : date retirée de l’agenda"]
    time_machine.move_to(NOW + datetime.timedelta(days=31), tick=False)
    assert titles(client, FEED) == []


def test_h01_unchanged_feed_is_answered_without_being_written(
    client, django_assert_num_queries
):
    EventFactory()
    first = client.get(FEED)

    with django_assert_num_queries(2):
        response = client.get(FEED, headers={"if-none-match": first["ETag"]})

    assert (response.status_code, response.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert response[name] == first[name]
    assert first["Cache-Control"] == "public, max-age=900, stale-while-revalidate=3600"


@pytest.mark.parametrize("count", [1, 3])
def test_feed_costs_as_many_queries_for_three_dates_as_for_one(
    client, django_assert_num_queries, count
):
    EventFactory.create_batch(count)

    with django_assert_num_queries(4):
        client.get(f"{FEED}?type=drink-and-co")


def test_unchanged_type_feed_costs_three_queries(client, django_assert_num_queries):
    EventFactory()
    address = "/agenda/type/drink-and-co.ics"
    etag = client.get(address)["ETag"]

    with django_assert_num_queries(3):
        client.get(address, headers={"if-none-match": etag})


@pytest.mark.parametrize(
    ("form", "status"), [("{}", 304), ("W/{}", 304), ('"x", {}', 304), ('"x"', 200)]
)
def test_h01_entity_tag_answers_a_program_that_asks_again(client, form, status):
    EventFactory()
    etag = client.get(FEED)["ETag"]

    response = client.get(FEED, headers={"if-none-match": form.format(etag)})

    assert response.status_code == status


@pytest.mark.parametrize(
    ("shift", "status"), [(0, 304), (60, 304), (-60, 200), (None, 200)]
)
def test_h02_date_answers_a_program_that_keeps_no_tag(client, shift, status):
    EventFactory()
    since = "yesterday"
    if shift is not None:
        changed = NOW + datetime.timedelta(seconds=shift)
        since = format_datetime(changed, usegmt=True)

    response = client.get(FEED, headers={"if-modified-since": since})

    assert response.status_code == status


def test_h02_wrong_tag_wins_over_a_right_date(client):
    EventFactory()
    date = client.get(FEED)["Last-Modified"]

    response = client.get(
        FEED, headers={"if-none-match": '"x"', "if-modified-since": date}
    )

    assert response.status_code == 200


def test_tag_changes_with_a_date_and_with_the_day(client, time_machine):
    event = EventFactory()
    tags = [client.get(FEED)["ETag"]]
    event.start_time = datetime.time(19)
    event.save_revision().publish()
    tags.append(client.get(FEED)["ETag"])
    time_machine.move_to(NOW + datetime.timedelta(days=1), tick=False)
    tags.append(client.get(FEED)["ETag"])

    assert len(set(tags)) == 3


def test_leaving_a_filtered_feed_moves_its_date(client, time_machine):
    event = EventFactory()
    address = "/agenda/departement/22.ics"
    before = client.get(address)["Last-Modified"]
    time_machine.move_to(NOW + datetime.timedelta(hours=1), tick=False)
    event.venue_postcode = "35400"
    event.save_revision().publish()

    assert client.get(address)["Last-Modified"] != before


def test_h04_head_has_the_headers_and_no_body(client):
    EventFactory()
    get, head = client.get(FEED), client.head(FEED)

    assert head.content == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Cache-Control"):
        assert head[name] == get[name]


@pytest.mark.parametrize("address", [FEED, "/agenda/repas-2026-11-26.ics"])
def test_h04_feeds_are_only_read(client, address):
    EventFactory(title="Repas")

    assert client.post(address).status_code == 405


@pytest.mark.parametrize("accept", ["application/json", "*/*", ""])
def test_h05_feed_ignores_what_a_program_says_it_accepts(client, accept):
    response = client.get(FEED, headers={"accept": accept})

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")


def test_h06_feed_sets_no_cookie_and_varies_by_nothing_personal(client):
    response = client.get(FEED)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")


def test_h08_feed_that_cannot_be_written_asks_to_come_back(client, caplog):
    EventFactory()
    CalendarState.objects.update(fragments={"fr": "BEGIN:VEVENT broken"})

    response = client.get(FEED)

    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    assert "flux.ics" in caplog.text


def test_a11_single_date_is_a_download_without_a_calendar_name(client):
    EventFactory(title="Repas")

    response = client.get("/agenda/repas-2026-11-26.ics")

    calendar = icalendar.Calendar.from_ical(response.content)
    assert [str(one["SUMMARY"]) for one in calendar.events] == ["Repas"]
    assert "NAME" not in calendar
    assert "X-WR-CALNAME" not in calendar
    assert response["Content-Disposition"] == (
        'attachment; filename="repas-2026-11-26.ics"'
    )


def test_unchanged_single_date_is_answered_304(client):
    EventFactory(title="Repas")
    address = "/agenda/repas-2026-11-26.ics"
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_minutes_and_drafts_leave_the_tag_alone(client):
    event = EventFactory()
    before = client.get(FEED)["ETag"]
    event.title = "Brouillon"
    event.save_revision()

    assert client.get(FEED)["ETag"] == before
    assert Event.objects.get().title != "Brouillon"
