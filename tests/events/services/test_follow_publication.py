from __future__ import annotations

import datetime

import pytest

from events.models import Event
from tests import personas
from tests.events.member_site import NOW
from tests.events.told import register_person, take_mails
from tests.factories.events import EventFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

THURSDAY = datetime.date(2026, 11, 26)
FRIDAY = datetime.date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def event(person):
    host = personas.space_of(person)
    series = SeriesFactory(
        host=host,
        start_time=datetime.time(18, 30),
        end_time=datetime.time(21, 30),
        price="Gratuit",
    )
    event = EventFactory(
        title=series.title, series=series, recurrence_key="20261126", host=host,
        venue=host, venue_name="", venue_street="", venue_postcode="", venue_city="",
        price="Gratuit", type=series.type,
    )  # fmt: skip
    register_person(event, "maelle@hub.test")
    return event


def publish(event, by=None, **changes):
    draft = Event.objects.get(pk=event.pk)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return Event.objects.get(pk=event.pk)


def test_published_move_remembers_the_first_day_and_is_told(event, person):
    row = publish(event, person, start_date=FRIDAY, end_date=FRIDAY)

    assert row.previous_start_at == event.start_at
    assert row.overridden_fields == ["when"]
    [mail] = take_mails()
    assert (mail.to, mail.subject) == (
        "maelle@hub.test",
        f"Nouvel horaire\xa0: {event.title}",
    )


def test_published_move_back_forgets_it(event, person):
    publish(event, person, start_date=FRIDAY, end_date=FRIDAY)
    row = publish(event, person, start_date=THURSDAY, end_date=THURSDAY)

    assert (row.previous_start_at, row.overridden_fields) == (None, [])
    assert len(take_mails()) == 2


@pytest.mark.parametrize(
    ("changes", "group", "tells"),
    [
        ({"title": "Soirée jeux"}, "title", True),
        ({"summary": "On joue."}, "summary", False),
        ({"price": "5 €"}, "price", False),
        ({"online_url": "https://visio.example/"}, "online", True),
        ({"capacity": 12}, "registration", False),
        ({"end_time": datetime.time(22)}, "when", True),
        ({"room": "Salle 2"}, "where", True),
    ],
)
def test_published_departure_from_the_series_is_noted_and_taken_back(
    event, person, changes, group, tells
):
    row = publish(event, person, **changes)
    assert row.overridden_fields == [group]
    assert bool(take_mails()) == tells

    row = publish(row, person, **{name: getattr(event, name) for name in changes})
    assert row.overridden_fields == []


def test_published_change_of_host_is_chosen_by_a_person(event, person):
    other = SpaceFactory(name="L’Estran")
    row = publish(event, person, host=other, venue=other)

    # Its place follows the host, as the series says.
    assert (row.overridden_fields, row.host_is_chosen) == (["host"], True)

    row = publish(row, person, host=event.host, venue=event.host)
    assert (row.overridden_fields, row.host_is_chosen) == ([], False)


def test_group_that_the_publication_did_not_write_stays_as_it_is(event, person):
    Event.objects.update(overridden_fields=["description"])

    row = publish(event, person, title="Soirée jeux")

    assert row.overridden_fields == ["title", "description"]


def test_date_without_series_departs_from_nothing(person):
    row = publish(EventFactory(), person, title="Autre titre")

    assert row.overridden_fields == []


def test_unchanged_publication_tells_nothing(event, person):
    row = publish(event, person)

    assert (row.overridden_fields, row.previous_start_at) == ([], None)
    assert take_mails() == []


def test_first_publication_tells_nobody(person):
    event = EventFactory(live=False, host=personas.space_of(person))

    publish(event, personas.moderator())

    assert take_mails() == []


def test_first_publication_notes_what_an_added_date_has_of_its_own(event, person):
    added = EventFactory(
        live=False, series=event.series, recurrence_key="20261126+1", host=event.host,
        title=event.title, price="Gratuit", venue=event.host, venue_name="",
        venue_street="", venue_postcode="", venue_city="",
    )  # fmt: skip

    row = publish(added, person, summary="Une soirée de plus")

    assert row.overridden_fields == ["summary", "when"]


def test_host_is_told_what_a_moderator_published(event):
    publish(event, personas.moderator(), title="Soirée jeux")

    mails = take_mails()
    assert [mail.to for mail in mails] == ["maelle@hub.test", "ti-numerik@hub.test"]
    assert "«\xa0Soirée jeux\xa0»" in mails[1].text


def test_unpublished_date_is_told_to_who_registered_and_to_its_host(event):
    Event.objects.get(pk=event.pk).unpublish()

    mails = take_mails()
    assert [mail.to for mail in mails] == ["maelle@hub.test", "ti-numerik@hub.test"]
    assert "n’est plus annoncé" in mails[0].text
    assert event.slug not in mails[0].text
    assert "STATUS:CANCELLED" in mails[0].file


def test_date_published_again_is_told(event, person):
    Event.objects.get(pk=event.pk).unpublish()
    take_mails()

    publish(event, person)

    [mail] = take_mails()
    assert mail.subject == f"Finalement maintenu\xa0: {event.title}"
