"""A series as a rule with exceptions (calendars.md §3.3)."""

from __future__ import annotations

import datetime

import icalendar
import pytest
import recurring_ical_events

from events.enums import EventStatus, Visibility
from events.models import Event
from events.services.cancel import cancel_event
from events.services.change_date import move_event
from events.services.extra_date import add_extra_date
from tests import personas
from tests.events.domain.readers import unfolded
from tests.events.series_site import NOW, date_of, day, make_series, publish
from tests.factories.events import EventFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

FILE = "/agenda/serie/repas/regle.ics"
FLAT = "/agenda/serie/repas.ics"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def lunches(**values):
    """Every Thursday of December 2026 and January 2027, at 12:15."""
    values = {"until": day("2027-01-31"), "slug": "repas", "title": "Repas"} | values
    return make_series(**values)


def read(client, address=FILE):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response


def instants(client, address=FILE):
    """Return what a program shows: (start, title) of each date that is not off."""
    calendar = icalendar.Calendar.from_ical(read(client, address).content)
    found = recurring_ical_events.of(calendar).between(
        day("2026-11-01"), day("2027-12-31")
    )
    return sorted(
        (one.start.astimezone(datetime.UTC), str(one["SUMMARY"]))
        for one in found
        if one["STATUS"] != "CANCELLED"
    )


def lines(client, *names):
    return [
        line
        for line in unfolded(read(client).content)
        if line.replace(";", ":").split(":")[0] in names
    ]


def test_plain_series_is_one_event_and_its_rule(client):
    lunches()

    assert lines(client, "BEGIN").count("BEGIN:VEVENT") == 1
    assert lines(client, "DTSTART", "RRULE", "SUMMARY", "URL")[4:] == [
        "SUMMARY:Repas",
        "DTSTART;TZID=Europe/Paris:20261203T121500",
        "RRULE:FREQ=WEEKLY;UNTIL=20270131T225959Z;BYDAY=TH",
        "URL:https://hub.test/agenda/serie/repas/",
    ]
    assert len(instants(client)) == 9
    assert instants(client) == instants(client, FLAT)


def test_exceptions_are_told_each_in_its_form(client):
    moderator = personas.moderator()
    series = lunches(left_out=["2026-12-24"])
    cancel_event(date_of(series, "2026-12-10"), reason="Travaux", by=moderator, now=NOW)
    move_event(
        date_of(series, "2026-12-17"),
        when={"start_date": day("2026-12-18"), "end_date": day("2026-12-18")},
        by=moderator,
        now=NOW,
    )
    event = date_of(series, "2027-01-07")
    event.title = "Galette"
    event.save_revision().publish()
    add_extra_date(
        series, when={"start_date": day("2027-01-12")}, by=moderator, now=NOW
    )

    assert lines(client, "EXDATE", "RECURRENCE-ID", "SUMMARY", "RDATE") == [
        "SUMMARY:Repas",
        "EXDATE;TZID=Europe/Paris:20261224T121500",
        "SUMMARY:Annulé : Repas",
        "RECURRENCE-ID;TZID=Europe/Paris:20261210T121500",
        "SUMMARY:Repas",
        "RECURRENCE-ID;TZID=Europe/Paris:20261217T121500",
        "SUMMARY:Galette",
        "RECURRENCE-ID;TZID=Europe/Paris:20270107T121500",
        "SUMMARY:Repas",
    ]
    uids = lines(client, "UID")
    assert uids[:4] == [f"UID:{series.uid}"] * 4
    assert uids[4] != uids[0]
    assert len(set(lines(client, "SEQUENCE")[:4])) == 1
    assert instants(client) == instants(client, FLAT)


def test_hour_is_kept_on_both_sides_of_a_clock_change(client):
    lunches(until=day("2027-04-30"))

    hours = [start.hour for start, _title in instants(client)]
    assert hours == [11] * 17 + [10] * 5
    assert instants(client) == instants(client, FLAT)


def test_sequence_never_goes_back_and_grows_with_each_change(client):
    moderator = personas.moderator()
    series = lunches()

    def sequence():
        return int(lines(client, "SEQUENCE")[0].partition(":")[2])

    found = [sequence()]
    cancel_event(date_of(series, "2026-12-10"), reason="x", by=moderator, now=NOW)
    found.append(sequence())
    series = publish(series, until=day("2027-02-28"))
    found.append(sequence())
    publish(series, until=None)
    found.append(sequence())
    assert found == sorted(set(found))


def test_days_before_the_first_publication_are_not_told(client):
    lunches(first_day=day("2026-10-01"), until=None, count=12)

    assert lines(client, "DTSTART")[-1] == "DTSTART;TZID=Europe/Paris:20261126T121500"
    assert lines(client, "RRULE")[-1] == "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TH"
    assert instants(client) == instants(client, FLAT)


def test_hidden_date_is_left_out_and_its_words_too(client):
    series = lunches()
    event = date_of(series, "2026-12-10")
    event.title, event.visibility = "Canari", Visibility.MEMBERS
    event.save_revision().publish()
    date_of(series, "2026-12-17").unpublish()

    assert "Canari" not in read(client).text
    assert lines(client, "EXDATE") == [
        "EXDATE;TZID=Europe/Paris:20261210T121500",
        "EXDATE;TZID=Europe/Paris:20261217T121500",
    ]


def test_date_at_another_place_says_so_alone(client):
    series = lunches(host=SpaceFactory(name="Ti Numerik"))
    event = date_of(series, "2026-12-10")
    event.venue = SpaceFactory(name="L’Estran")
    event.save_revision().publish()

    assert [line.split("\\")[0] for line in lines(client, "LOCATION")] == [
        "LOCATION:Ti Numerik",
        "LOCATION:L’Estran",
    ]


def test_date_moved_past_its_neighbour_falls_back_to_the_flat_form_s10(client):
    series = lunches()
    move_event(
        date_of(series, "2026-12-10"),
        when={"start_date": day("2026-12-18"), "end_date": day("2026-12-18")},
        by=personas.moderator(),
        now=NOW,
    )

    assert lines(client, "RRULE")[2:] == []
    assert instants(client) == instants(client, FLAT)


@pytest.mark.parametrize("count", [60, 61])
def test_sixty_one_exceptions_fall_back_to_the_flat_form_s15(client, count):
    days = [day("2026-12-04") + datetime.timedelta(days=n) for n in range(count)]
    lunches(
        rhythm="daily", weekdays=[], until=day("2027-03-31"),
        left_out=[f"{one}" for one in days],
    )  # fmt: skip

    is_flat = len(lines(client, "RRULE")) == 2
    assert is_flat == (count == 61)
    assert len(lines(client, "EXDATE")) == (0 if is_flat else 60)
    assert len(instants(client)) == 119 - count


def test_series_that_people_make_date_by_date_is_flat(client):
    series = SeriesFactory(slug="repas")
    EventFactory(series=series, title="Repas")

    assert instants(client) == instants(client, FLAT)
    assert client.get("/agenda/serie/repas/").text.count("regle.ics") == 0


def test_file_is_a_download_that_a_program_may_ask_again(client):
    series = lunches()
    response = read(client)

    assert response["Content-Disposition"] == 'attachment; filename="repas-regle.ics"'
    assert "X-WR-CALNAME" not in response.text
    again = client.get(FILE, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    cancel_event(
        date_of(series, "2026-12-10"), reason="x", by=personas.moderator(), now=NOW
    )
    assert read(client)["ETag"] != response["ETag"]


def test_same_rows_give_the_same_bytes(client):
    lunches(left_out=["2026-12-24"])

    assert read(client).content == read(client, f"{FILE}?x=1").content


def test_page_of_the_series_links_to_it(client):
    lunches()

    assert f'href="{FILE}"' in client.get("/agenda/serie/repas/").text


def test_hidden_unknown_and_renamed_series(client):
    series = lunches()
    series.slug = "cantine"
    series.save()
    moved = client.get(FILE)
    assert (moved.status_code, moved.url) == (301, "/agenda/serie/cantine/regle.ics")

    publish(series, visibility=Visibility.MEMBERS)
    for slug in ("repas", "cantine", "inconnue"):
        assert client.get(f"/agenda/serie/{slug}/regle.ics").status_code == 404
    assert client.post(FILE).status_code == 405


@pytest.mark.parametrize("until", ["2026-12-04", "2027-01-31"])
def test_file_costs_as_many_queries_for_nine_dates_as_for_one(
    client, django_assert_num_queries, until
):
    lunches(until=day(until))
    read(client)
    Event.objects.update(status=EventStatus.CONFIRMED)

    with django_assert_num_queries(6):
        read(client, f"{FILE}?again")
