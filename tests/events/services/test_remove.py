from __future__ import annotations

import pytest

from events.enums import EventStatus
from events.models import Event, SeriesExclusion
from events.services.draft import discard_event
from events.services.refusals import AlreadyPublished, HasPeople
from events.services.remove import remove_event
from tests import personas
from tests.events.member_site import NOW
from tests.events.told import register_person, take_mails
from tests.factories.events import EventFactory, MinutesFactory, SeriesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def event(person):
    return EventFactory(host=personas.space_of(person), title="Soupe")


def test_unpublished_date_is_erased_and_its_day_left_out(person):
    series = SeriesFactory()
    event = EventFactory(
        live=False, host=personas.space_of(person), series=series,
        recurrence_key="20261126",
    )  # fmt: skip

    assert remove_event(event, reason="", by=person, now=NOW) is None

    assert not Event.objects.exists()
    assert SeriesExclusion.objects.get().recurrence_key == "20261126"


@pytest.mark.parametrize("key", ["20261126+1", "202611", ""])
def test_date_that_no_rule_made_leaves_no_day_out(person, key):
    series = SeriesFactory() if key else None
    event = EventFactory(
        live=False, host=personas.space_of(person), series=series, recurrence_key=key
    )

    discard_event(event, by=person, now=NOW)

    assert not SeriesExclusion.objects.exists()


def test_published_date_is_cancelled_not_erased(event, person):
    with pytest.raises(AlreadyPublished):
        discard_event(event, by=person, now=NOW)

    row = remove_event(event, reason="Série arrêtée.", by=person, now=NOW)

    assert (row.status, row.cancel_reason) == ("cancelled", "Série arrêtée.")


def test_date_with_registrations_is_cancelled_and_its_people_told(person):
    event = EventFactory(live=False, host=personas.space_of(person))
    register_person(event, "maelle@hub.test")

    with pytest.raises(HasPeople):
        discard_event(event, by=person, now=NOW)
    remove_event(event, reason="Plus de salle.", by=person, now=NOW)

    assert Event.objects.get().status == EventStatus.CANCELLED
    [mail] = take_mails()
    assert (mail.to, "Plus de salle." in mail.text) == ("maelle@hub.test", True)


def test_date_with_minutes_is_not_erased(person):
    event = EventFactory(live=False, host=personas.space_of(person))
    MinutesFactory(event=event)

    with pytest.raises(HasPeople):
        discard_event(event, by=person, now=NOW)
