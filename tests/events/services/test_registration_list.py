"""The list of a date: who waits, who gets a place, who came, and what is forgotten."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache

from events.enums import EventStatus, RegistrationStatus
from events.models import Event, Registration
from events.services import registration as services
from events.services.change_date import postpone_event, restore_event
from events.services.registration import refusals
from tests import personas
from tests.events.registration_site import (
    NOW,
    START,
    ask,
    come,
    date_with_places,
    list_statuses,
    mails,
)

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
CONFIRMED = RegistrationStatus.CONFIRMED
WAITING = RegistrationStatus.WAITLISTED


@pytest.fixture(autouse=True)
def _nobody_was_reminded():
    cache.clear()


def subjects():
    return [(to, subject) for to, subject, _text in mails()]


def confirm(event: Event, name: str, **changes) -> Registration:
    """Register without account, then follow the mail."""
    assert ask(event, name, **changes) is None
    asked = event.registrations.get(email=f"{name}@example.org")
    return services.confirm_registration(asked, now=changes.get("now", NOW))


def test_full_date_offers_to_wait_and_tells_the_rank():
    event = date_with_places(1)
    come(event, "first")
    with pytest.raises(refusals.DateFull):
        ask(event, accepts_waiting=False)
    mails()
    for name in ("second", "third"):
        assert come(event, name).status == WAITING
    [second, third] = mails()
    assert second[1] == f"Sur liste d’attente\xa0: {event.title}"
    assert "Votre rang aujourd’hui\xa0: 1" in second[2]
    assert "Votre rang aujourd’hui\xa0: 2" in third[2]


def test_cancelling_gives_the_place_to_who_waits_longest():
    event = date_with_places(1)
    first = come(event, "first")
    come(event, "second", now=NOW + HOUR)
    come(event, "third")
    mails()
    cancelled = services.cancel_registration(first, now=NOW + 2 * HOUR)
    assert cancelled.status == RegistrationStatus.CANCELLED
    assert list_statuses(event) == {
        "first": "cancelled", "second": "waitlisted", "third": "confirmed",
    }  # fmt: skip
    assert subjects() == [
        ("first@hub.test", f"Inscription annulée\xa0: {event.title}"),
        ("third@hub.test", f"Une place pour vous\xa0: {event.title}"),
    ]
    services.cancel_registration(first, now=NOW + 2 * HOUR)
    assert mails() == []


def test_group_that_does_not_fit_keeps_its_rank_and_lets_others_pass():
    event = date_with_places(3, companions_allowed=2)
    places = [come(event, f"person{number}") for number in range(3)]
    come(event, "group", companions=2)
    come(event, "alone", now=NOW + HOUR)

    services.cancel_registration(places[0], now=NOW + HOUR)

    assert list_statuses(event) | {} == {
        "person0": "cancelled", "person1": "confirmed", "person2": "confirmed",
        "group": "waitlisted", "alone": "confirmed",
    }  # fmt: skip
    for registration in (places[1], places[2]):
        services.cancel_registration(registration, now=NOW + HOUR)
    assert list_statuses(event)["group"] == "waitlisted"
    alone = event.registrations.get(name="Alone")
    services.cancel_registration(alone, now=NOW + HOUR)
    assert list_statuses(event)["group"] == "confirmed"


def test_nobody_is_promoted_to_what_began_or_was_called_off():
    event = date_with_places(1)
    first, _second = come(event, "first"), come(event, "second")
    services.cancel_registration(first, now=START)
    assert list_statuses(event)["second"] == "waitlisted"
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)
    assert services.promote_waiting(event, now=NOW) == []
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CONFIRMED)
    assert len(services.promote_waiting(event, now=NOW)) == 1


def test_more_places_go_to_who_waits_when_they_are_published():
    event = date_with_places(1)
    for name in ("first", "second", "third"):
        come(event, name)
    mails()
    event.capacity = 2
    event.save_revision().publish()
    assert list_statuses(event) == {
        "first": "confirmed", "second": "confirmed", "third": "waitlisted",
    }  # fmt: skip
    assert [to for to, _subject in subjects()] == ["second@hub.test"]


def test_fewer_places_than_people_are_refused_with_their_number():
    event = date_with_places(5)
    for name in ("first", "second", "third"):
        come(event, name)
    services.refuse_small_capacity(event, 3)
    services.refuse_small_capacity(event, None)
    with pytest.raises(refusals.CapacityTaken, match="3 personnes sont déjà"):
        services.refuse_small_capacity(event, 2)


def test_what_nobody_confirmed_is_erased_after_two_days():
    event = date_with_places()
    ask(event, "old")
    ask(event, "new", now=NOW + HOUR)
    come(event, "sure")
    assert services.erase_unconfirmed(now=NOW + datetime.timedelta(hours=48)) == 1
    assert set(list_statuses(event)) == {"new", "sure"}


def test_names_are_erased_three_months_after_and_numbers_stay():
    event = date_with_places(5, companions_allowed=2, question="Un plat ?")
    kept = date_with_places(5, start_date=datetime.date(2026, 11, 27))
    come(event, "canary", companions=2, answers=("canary", ""))
    confirm(event, "canary2")
    come(kept, "canary3")
    token = services.sign_key(event.registrations.first())
    services.mark_attendance(
        event, listed=[event.registrations.first().pk],
        came=[event.registrations.first().pk], now=START,
    )  # fmt: skip
    due = datetime.datetime(2027, 2, 26, 20, 30, tzinfo=datetime.UTC)

    assert services.erase_registrants(months=3, now=due - HOUR) == 0
    assert services.erase_registrants(months=3, now=due) == 2

    rows = list(event.registrations.values())
    assert "canary" not in str(rows).lower()
    assert [(row["status"], row["companions"], row["attended"]) for row in rows] == [
        ("confirmed", 2, True),
        ("confirmed", 0, None),
    ]
    assert services.find_registration(token, now=due) is None
    assert kept.registrations.get().name == "Canary3"
    assert services.erase_registrants(months=3, now=due) == 0


def test_organiser_adds_somebody_even_when_registration_is_closed():
    event = date_with_places(1, closes_hours_before=200)
    values = {"companions": 0, "language": "fr", "now": NOW}
    added = services.add_registration(
        event, name="Léa", email="Lea@example.org", **values
    )
    assert (added.status, added.email) == (CONFIRMED, "lea@example.org")
    with pytest.raises(refusals.AlreadyListed):
        services.add_registration(event, name="L", email="LEA@example.org", **values)
    waits = services.add_registration(
        event, name="Noé", email="noe@example.org", **values
    )
    assert waits.status == WAITING
    assert [to for to, _subject in subjects()] == ["lea@example.org", "noe@example.org"]


def test_attendance_is_noted_from_the_day_on_for_those_shown():
    event = date_with_places(5)
    came, absent, late = (come(event, name) for name in ("came", "absent", "late"))
    listed = [came.pk, absent.pk]
    with pytest.raises(refusals.NotBegun):
        services.mark_attendance(event, listed=listed, came=[came.pk], now=NOW)
    morning = START - 10 * HOUR
    other = come(date_with_places(), "other")
    total = services.mark_attendance(
        event, listed=[*listed, other.pk], came=[came.pk, other.pk], now=morning
    )
    assert total == 1
    for registration, expected in ((came, True), (absent, False), (late, None)):
        registration.refresh_from_db()
        assert registration.attended is expected
    other.refresh_from_db()
    assert other.attended is None


def test_person_whose_account_goes_keeps_their_place():
    event = date_with_places()
    registration = come(event)
    registration.user.delete()
    registration.refresh_from_db()
    assert (registration.user, registration.status) == (None, CONFIRMED)


def test_places_freed_while_the_date_was_off_are_given_when_it_is_restored():
    event = date_with_places(1)
    first, _second = come(event, "first"), come(event, "second")
    moderator = personas.moderator()
    postpone_event(event, reason="La pluie", by=moderator, now=NOW)
    services.cancel_registration(first, now=NOW)
    assert list_statuses(event)["second"] == "waitlisted"
    mails()

    restore_event(event, by=moderator, now=NOW)

    assert list_statuses(event)["second"] == "confirmed"
    told = [to for to, _subject, _text in mails()]
    assert told == ["second@hub.test", "second@hub.test"]


def test_mail_of_a_change_leads_to_the_registration():
    event = date_with_places(2)
    registration = come(event)
    mails()
    postpone_event(event, reason="La pluie", by=personas.moderator(), now=NOW)
    [(_to, _subject, text)] = mails()
    assert services.manage_url(registration) in text
