from __future__ import annotations

import datetime

import icalendar
import pytest
from django.db import transaction

from events.enums import EventStatus, Visibility
from events.models import CalendarState, Event
from events.services.calendar import refresh_calendar_state
from events.signal_handlers import PublishedDateKept
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)


def state_of(event):
    return CalendarState.objects.get(event=event)


def vevent_of(event):
    return icalendar.Event.from_ical(state_of(event).fragments["fr"])


def test_date_is_told_when_it_is_published():
    event = EventFactory(title="Drink & co ; ça va", live=False)
    assert not CalendarState.objects.exists()

    event.save_revision().publish()

    state = state_of(event)
    assert (state.sequence, state.withdrawn_at) == (0, None)
    vevent = vevent_of(event)
    assert vevent["UID"] == event.uid
    assert vevent["SUMMARY"] == "Drink & co ; ça va"
    assert vevent["LOCATION"] == "Halle au blé, 1 place du Marché, 22000 Saint-Brieuc"
    assert vevent["URL"] == ("https://hub.test/agenda/drink-co-ca-va-2026-11-26/")


def test_draft_changes_nothing():
    event = EventFactory(told=NOW)
    before = CalendarState.objects.values().get()
    event.title = "Brouillon secret"
    event.save_revision()

    refresh_calendar_state(event, now=LATER)

    assert CalendarState.objects.values().get() == before


def test_publication_without_change_keeps_the_sequence():
    event = EventFactory(told=NOW)
    before = CalendarState.objects.values().get()

    event.save_revision().publish()

    assert CalendarState.objects.values().get() == before


def test_sequence_grows_once_for_each_change_and_back():
    event = EventFactory(told=NOW)
    for hour, sequence in ((19, 1), (18, 2)):
        event.start_time = datetime.time(hour, 30)
        event.save_revision().publish()
        refresh_calendar_state(event, now=LATER)
        event.refresh_from_db()
        assert state_of(event).sequence == sequence


def test_cancellation_is_told():
    event = EventFactory(title="Repas", told=NOW)
    event.status = EventStatus.CANCELLED
    event.cancel_reason = "La cuisine est en travaux."
    event.save()

    refresh_calendar_state(event, now=LATER)

    vevent = vevent_of(event)
    assert vevent["STATUS"] == "CANCELLED"
    assert vevent["SUMMARY"] == "Annulé : Repas"
    assert vevent["DESCRIPTION"].startswith("La cuisine est en travaux.")
    assert (vevent["SEQUENCE"], state_of(event).modified_at) == (1, LATER)


@pytest.mark.parametrize("way", ["unpublish", "members", "private"])
def test_withdrawn_date_is_told_as_cancelled_without_its_words(way):
    event = EventFactory(title="Canari", summary="canari", tags=["canari"], told=NOW)
    if way == "unpublish":
        event.unpublish()
    else:
        event.visibility = Visibility(way)
        event.save_revision().publish()

    state = state_of(event)
    assert state.withdrawn_at is not None
    assert state.sequence == 1
    assert "canari" not in state.fragments["fr"].lower()
    assert vevent_of(event)["STATUS"] == "CANCELLED"


def test_date_published_again_is_told_again():
    event = EventFactory(told=NOW)
    event.unpublish()
    event.refresh_from_db()
    event.save_revision().publish()

    state = state_of(event)
    assert (state.sequence, state.withdrawn_at) == (2, None)


def test_members_only_date_is_not_told():
    EventFactory(visibility=Visibility.MEMBERS)

    assert not CalendarState.objects.exists()


def test_renamed_space_changes_its_dates_to_come_alone(time_machine):
    time_machine.move_to(NOW, tick=False)
    space = SpaceFactory(name="L’Estran", live=False)
    here = {"venue": space, "venue_name": ""}
    coming = EventFactory(**here)
    past = EventFactory(**here, start_date=datetime.date(2026, 10, 22))
    elsewhere = EventFactory()

    space.name, space.postcode = "La Minoterie", "29900"
    space.save()

    sequences = [state_of(one).sequence for one in (coming, past, elsewhere)]
    assert sequences == [1, 0, 0]
    coming.refresh_from_db()
    assert "minoterie" in coming.folded_text
    assert coming.department == "29"


def test_draft_of_a_space_changes_no_date(time_machine):
    time_machine.move_to(NOW, tick=False)
    space = SpaceFactory(live=False)
    event = EventFactory(venue=space, venue_name="")
    space.name = "Brouillon"
    space.save_revision()

    assert state_of(event).sequence == 0


def test_renamed_type_changes_its_dates_to_come(time_machine):
    time_machine.move_to(NOW, tick=False)
    event = EventFactory()
    event.type.name = "Apéro"
    event.type.save()

    assert state_of(event).sequence == 1
    assert vevent_of(event).categories == ["Apéro"]


def test_video_link_for_members_is_not_exported():
    link = "https://visio.example/canari"
    public = EventFactory(online_url=link)
    members = EventFactory(online_url=link, online_visibility=Visibility.MEMBERS)

    assert "canari" in state_of(public).fragments["fr"]
    assert "canari" not in state_of(members).fragments["fr"]


def test_published_date_is_not_deleted():
    event = EventFactory(title="Repas")

    for deletion in (event.delete, Event.objects.all().delete):
        with pytest.raises(PublishedDateKept, match="Repas"), transaction.atomic():
            deletion()

    assert Event.objects.count() == 1


def test_draft_that_was_never_published_is_deleted():
    EventFactory(live=False).delete()

    assert not Event.objects.exists()
