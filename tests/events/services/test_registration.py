"""Registering, confirming, cancelling, waiting: the services and their mails."""

from __future__ import annotations

import base64
import datetime

import pytest
from django.core.cache import cache

from events.enums import EventStatus, RegistrationMode, RegistrationStatus, Visibility
from events.models import Event, Registration
from events.services import registration as services
from events.services.registration import refusals
from tests import personas
from tests.events.registration_site import (
    NOW,
    START,
    ask,
    attached,
    come,
    date_with_places,
    find_link,
    list_statuses,
    mails,
    make_user,
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


def test_person_with_an_account_comes_at_once():
    event = date_with_places(question="Qu’apportez-vous ?")
    registration = come(event, answers=("Une soupe",))
    assert registration.status == CONFIRMED
    assert registration.answer == "Une soupe"
    [attachment] = attached()
    [(to, subject, text)] = mails()
    assert (to, subject) == ("lea@hub.test", f"Vous venez\xa0: {event.title}")
    assert services.manage_url(registration) in text
    assert attachment["name"] == f"{event.slug}.ics"
    content = base64.b64decode(attachment["content"]).decode()
    assert f"UID:{event.uid}" in content.replace("\r\n ", "")


def test_person_without_account_holds_nothing_before_the_mail_is_answered():
    event = date_with_places(1)
    assert ask(event) is None
    asked = event.registrations.get()
    assert asked.status == RegistrationStatus.PENDING
    assert services.count_places(event).taken == 0
    [(to, subject, text)] = mails()
    assert (to, subject) == ("lea@example.org", f"À confirmer\xa0: {event.title}")
    assert find_link(text) == f"/agenda/inscription/{services.sign_key(asked)}/"
    # Whoever typed the address is nobody yet: the mail repeats none of their words.
    assert "Lea" not in text
    assert "mercredi 25\xa0novembre à 10\xa0h" in text

    confirmed = services.confirm_registration(asked, now=NOW)

    assert confirmed.status == CONFIRMED
    assert subjects() == [("lea@example.org", f"Vous venez\xa0: {event.title}")]


def test_sent_twice_it_is_one_registration_and_one_mail():
    event = date_with_places()
    for _turn in range(3):
        ask(event)
        come(event, "noe")
    assert event.registrations.count() == 2
    assert [to for to, _subject in subjects()] == ["lea@example.org", "noe@hub.test"]


def test_confirmed_twice_it_is_one_place_and_one_mail():
    event = date_with_places()
    registration = confirm(event, "lea")
    mails()
    services.confirm_registration(registration, now=NOW)
    assert mails() == []
    assert services.count_places(event).taken == 1


def test_form_sent_again_later_writes_again_with_the_same_link():
    event = date_with_places()
    ask(event, companions=0)
    [(_to, _subject, first)] = mails()
    ask(event, email="LEA@example.org", now=NOW + HOUR)
    [(_to, _subject, second)] = mails()
    assert find_link(first) == find_link(second)
    assert event.registrations.get().created_at == NOW + HOUR


def test_address_that_is_registered_learns_it_by_mail_alone():
    event = date_with_places()
    confirm(event, "lea")
    mails()
    assert ask(event, "somebody", email="Lea@Example.org") is None
    assert ask(event, "somebody", email="lea@example.org") is None
    [(to, subject, text)] = mails()
    assert (to, subject) == ("lea@example.org", f"Votre inscription\xa0: {event.title}")
    assert find_link(text)
    assert event.registrations.get().name == "Lea"


def test_account_does_not_take_over_what_its_address_registered():
    event = date_with_places()
    confirm(event, "lea")
    mails()
    thief = make_user("thief")
    thief.email = "lea@example.org"
    thief.save()
    assert ask(event, user=thief) is None
    assert event.registrations.get().user is None
    assert [to for to, _subject in subjects()] == ["lea@example.org"]


def test_registering_again_after_cancelling_works_and_kills_the_old_link():
    event = date_with_places()
    registration = confirm(event, "lea")
    token = services.sign_key(registration)
    services.cancel_registration(registration, now=NOW)
    mails()

    ask(event, now=NOW + HOUR)

    assert services.find_registration(token, now=NOW + HOUR) is None
    asked = event.registrations.get()
    assert asked.status == RegistrationStatus.PENDING
    assert asked.cancelled_at is None
    [(_to, subject, _text)] = mails()
    assert subject.startswith("À confirmer")
    services.confirm_registration(asked, now=NOW + HOUR)
    assert list_statuses(event) == {"lea": "confirmed"}


def test_request_that_was_not_theirs_is_erased():
    event = date_with_places()
    ask(event)
    mails()
    asked = event.registrations.get()
    assert services.cancel_registration(asked, now=NOW) is None
    assert not event.registrations.exists()
    assert mails() == []
    for act in (services.cancel_registration, services.confirm_registration):
        with pytest.raises(Registration.DoesNotExist):
            act(asked, now=NOW)


def test_cancelled_link_confirms_nothing():
    event = date_with_places()
    registration = come(event)
    services.cancel_registration(registration, now=NOW)
    with pytest.raises(refusals.AlreadyGone):
        services.confirm_registration(registration, now=NOW)


@pytest.mark.parametrize(
    ("terms", "now", "refusal"),
    [
        ({"opens_days_before": 2}, START - datetime.timedelta(days=2, seconds=1),
         refusals.NotOpenYet),
        ({"closes_hours_before": 24}, START - 24 * HOUR, refusals.RegistrationClosed),
        ({}, START, refusals.RegistrationClosed),
        ({}, START + 3 * HOUR, refusals.DateIsOver),
        ({"status": EventStatus.CANCELLED}, NOW, refusals.DateCalledOff),
        ({"status": EventStatus.POSTPONED}, NOW, refusals.DateCalledOff),
        ({"registration_mode": RegistrationMode.NONE}, NOW, refusals.NotHere),
        ({"registration_mode": RegistrationMode.ELSEWHERE}, NOW, refusals.NotHere),
        ({"visibility": Visibility.MEMBERS}, NOW, refusals.NotForYou),
        ({"visibility": Visibility.PRIVATE}, NOW, refusals.NotForYou),
        ({"live": False}, NOW, refusals.NotForYou),
    ],
)  # fmt: skip
def test_closed_date_refuses_with_a_sentence(terms, now, refusal):
    event = date_with_places()
    Event.objects.filter(pk=event.pk).update(**terms)
    with pytest.raises(refusal) as raised:
        ask(event, now=now)
    assert str(raised.value)
    assert not event.registrations.exists()
    assert mails() == []


@pytest.mark.parametrize(
    ("terms", "now"),
    [
        ({"opens_days_before": 2}, START - datetime.timedelta(days=2)),
        ({"closes_hours_before": 24}, START - 24 * HOUR - datetime.timedelta(seconds=1)),
    ],
)  # fmt: skip
def test_open_span_is_half_open(terms, now):
    event = date_with_places(**terms)
    ask(event, now=now)
    assert event.registrations.count() == 1


def test_opening_is_said_on_the_clock_of_the_date():
    event = date_with_places(
        opens_days_before=1, zone="Indian/Reunion", venue_postcode="97400"
    )
    with pytest.raises(refusals.NotOpenYet, match="mercredi 25\xa0novembre à 18\xa0h"):
        ask(event)


def test_opening_keeps_its_hour_where_the_clocks_change():
    # Two days before Monday 26 October 2026, the clocks had not gone back yet: 48 hours
    # are counted, and said as the wall shows them.
    event = date_with_places(
        start_date=datetime.date(2026, 10, 26), opens_days_before=2
    )
    with pytest.raises(
        refusals.NotOpenYet, match="samedi 24\xa0octobre à 19\xa0h\xa030"
    ):
        ask(event, now=datetime.datetime(2026, 10, 1, tzinfo=datetime.UTC))


def test_closing_ends_confirmation_too():
    event = date_with_places(closes_hours_before=72)
    ask(event, now=START - 73 * HOUR)
    asked = event.registrations.get()
    with pytest.raises(refusals.RegistrationClosed):
        services.confirm_registration(asked, now=START - 72 * HOUR)


@pytest.mark.parametrize(
    ("allowed", "capacity", "companions"), [(0, None, 1), (2, None, 3), (5, 3, 3)]
)
def test_too_many_companions_are_refused(allowed, capacity, companions):
    event = date_with_places(capacity, companions_allowed=allowed)
    with pytest.raises(refusals.TooManyCompanions):
        ask(event, companions=companions)


def test_date_for_members_takes_members():
    event = date_with_places(visibility=Visibility.MEMBERS)
    person = personas.member()
    registration = ask(event, user=person)
    assert registration is not None
    assert registration.status == CONFIRMED
    with pytest.raises(refusals.NotForYou):
        ask(event, user=make_user("nobody"))


def test_past_date_keeps_its_list():
    event = date_with_places()
    registration = come(event)
    with pytest.raises(refusals.DateIsOver):
        services.cancel_registration(registration, now=event.end_at)


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_video_link_for_members_is_mailed_to_members_alone(visibility):
    link = "https://visio.example/xylocope"
    event = date_with_places(5, online_url=link, online_visibility=visibility)
    ask(event, user=personas.member())
    come(event, "nobody")
    confirm(event, "lea")
    files = [base64.b64decode(one["content"]).decode() for one in attached()]
    texts = [text for _to, _subject, text in mails() if "à bientôt" in text.lower()]
    is_public = visibility == Visibility.PUBLIC
    assert [link in text for text in texts] == [True, is_public, is_public]
    assert ["xylocope" in text for text in files] == [True, is_public, is_public]


def test_mail_speaks_the_language_of_the_form():
    event = date_with_places()
    ask(event, language="en")
    [(_to, subject, text)] = mails()
    assert subject == f"To confirm: {event.title}"
    assert find_link(text).startswith("/en/agenda/inscription/")


def test_title_with_a_line_break_does_not_break_the_subject():
    event = date_with_places(title="Soupe\nBcc: x@y.z")
    ask(event)
    [(_to, subject, _text)] = mails()
    assert subject == "À confirmer\xa0: Soupe Bcc: x@y.z"


def test_token_is_signed_and_dies_with_what_nobody_confirmed():
    event = date_with_places()
    ask(event)
    asked = event.registrations.get()
    token = services.sign_key(asked)
    last = NOW + datetime.timedelta(hours=48)
    second = datetime.timedelta(seconds=1)
    assert services.find_registration(token, now=last - second) == asked
    assert services.find_registration(token, now=last) is None
    for forged in (asked.key.hex, f"{asked.key.hex}.x", token[:-1], "", "." * 99):
        assert services.find_registration(forged, now=NOW) is None
