from __future__ import annotations

import datetime
from copy import copy

import icalendar
import pytest
from django.db import transaction

from events.enums import RegistrationStatus, Visibility
from events.models import Event
from events.services.announce import (
    DateChange,
    announce_change,
    count_told,
    gather_announcements,
)
from events.services.cancel import cancel_event
from events.services.change_date import (
    move_event,
    postpone_event,
    replace_place,
    restore_event,
)
from events.services.registration.mail import tell_confirmed
from tests import personas
from tests.events.member_site import NOW
from tests.events.told import register_person, take_mails
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

FRIDAY = datetime.date(2026, 11, 27)
BACK = {"start_date": FRIDAY, "end_date": FRIDAY}


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def event(person):
    event = EventFactory(host=personas.space_of(person), title="Soupe")
    register_person(event, "maelle@hub.test")
    return event


def attached(mail):
    [vevent] = icalendar.Calendar.from_ical(mail.file).walk("VEVENT")
    return vevent


def test_move_is_told_with_the_old_time_and_the_new_one(event, person):
    move_event(event, when=BACK, by=person, now=NOW)

    [mail] = take_mails()
    assert mail.to == "maelle@hub.test"
    assert mail.subject == "Nouvel horaire\xa0: Soupe"
    assert (
        "– Quand\xa0: vendredi 27\xa0novembre 2026, 18\xa0h\xa030 – 21\xa0h\xa030 "
        "(au lieu de\xa0: jeudi 26\xa0novembre 2026, 18\xa0h\xa030 – 21\xa0h\xa030)."
    ) in mail.text
    assert "Bonjour Maëlle," in mail.text
    assert f"https://hub.test{event.get_absolute_url()}" in mail.text


def test_attached_file_is_the_date_as_it_stands(event, person):
    move_event(event, when=BACK, by=person, now=NOW)

    vevent = attached(take_mails()[0])
    assert (vevent["UID"], vevent["SEQUENCE"]) == (event.uid, 1)
    assert vevent["DTSTART"].dt.date() == FRIDAY


def test_confirmed_and_waiting_are_told_and_nobody_else(event, person):
    for status in RegistrationStatus:
        register_person(event, f"{status}@hub.test", status=status)
    other = EventFactory()
    register_person(other, "ailleurs@hub.test")

    assert count_told(event) == 3
    cancel_event(event, reason="Canicule.", by=person, now=NOW)

    mails = {mail.to: mail for mail in take_mails()}
    told = ["confirmed@hub.test", "maelle@hub.test", "waitlisted@hub.test"]
    assert sorted(mails) == told
    assert "liste d’attente" in mails["waitlisted@hub.test"].text
    assert "liste d’attente" not in mails["confirmed@hub.test"].text


def test_each_is_told_in_their_language(event, person):
    register_person(event, "mary@hub.test", language="en")
    register_person(event, "unknown@hub.test", language="xx")

    move_event(event, when=BACK, by=person, now=NOW)

    subjects = {mail.to: mail.subject for mail in take_mails()}
    assert subjects == {
        "maelle@hub.test": "Nouvel horaire\xa0: Soupe",
        "mary@hub.test": "New day or hour: Soupe",
        "unknown@hub.test": "Nouvel horaire\xa0: Soupe",
    }


@pytest.mark.parametrize(
    ("change", "subject", "sentence", "status"),
    [
        (cancel_event, "Annulé\xa0: Soupe", "Il est annulé\xa0:", "CANCELLED"),
        (postpone_event, "Reporté\xa0: Soupe", "Il n’aura pas lieu", "CANCELLED"),
    ],
)
def test_calling_off_is_told_with_its_reason(
    event, person, change, subject, sentence, status
):
    change(event, reason="La cuisine est en travaux.", by=person, now=NOW)

    [mail] = take_mails()
    assert mail.subject == subject
    assert sentence in mail.text
    assert "Motif\xa0: La cuisine est en travaux." in mail.text
    assert attached(mail)["STATUS"] == status


def test_restoring_is_told(event, person):
    cancel_event(event, reason="Canicule.", by=person, now=NOW)
    take_mails()

    restore_event(event, by=person, now=NOW)

    [mail] = take_mails()
    assert mail.subject == "Finalement maintenu\xa0: Soupe"
    assert "Canicule" not in mail.text
    assert attached(mail)["STATUS"] == "CONFIRMED"


def test_new_place_is_told(event, person):
    where = {"venue_name": "Crêperie du port", "venue_city": "Concarneau"}
    replace_place(event, where=where, by=person, now=NOW)

    [mail] = take_mails()
    assert mail.subject == "Nouveau lieu\xa0: Soupe"
    assert (
        "– Où\xa0: Crêperie du port, Concarneau (au lieu de\xa0: Halle au blé, "
        "1 place du Marché, 22000 Saint-Brieuc)."
    ) in mail.text


def test_host_is_told_what_a_moderator_did(event):
    move_event(event, when=BACK, by=personas.moderator(), now=NOW)

    mails = {mail.to: mail for mail in take_mails()}
    assert sorted(mails) == ["maelle@hub.test", "ti-numerik@hub.test"]
    text = mails["ti-numerik@hub.test"].text
    assert "1 personne inscrite" in text
    assert f"https://hub.test/espace/rendez-vous/{event.pk}/" in text
    assert "au lieu de" in text


def test_host_is_told_what_its_series_did(event):
    before = copy(event)
    event.title = "Soupe de la série"
    event.save()

    announce_change(event, DateChange(before), now=NOW, reason="La série change.")

    mails = take_mails()
    assert [mail.to for mail in mails] == ["maelle@hub.test", "ti-numerik@hub.test"]
    assert all("Motif\xa0: La série change." in mail.text for mail in mails)


def test_former_members_are_not_told(event, person):
    person.space_members.update(until=NOW.date() - datetime.timedelta(days=1))

    cancel_event(event, reason="", by=personas.moderator(), now=NOW)

    assert [mail.to for mail in take_mails()] == ["maelle@hub.test"]


def test_date_that_is_over_is_told_to_nobody(person):
    over = EventFactory(start_date=datetime.date(2026, 10, 1))
    register_person(over, "maelle@hub.test")
    before = copy(over)
    over.title = "Autre titre"
    over.save()

    announce_change(over, DateChange(before), now=NOW)

    assert take_mails() == []


def test_change_that_nobody_notices_is_not_told(event):
    before = copy(event)
    event.summary = "Autre phrase"
    event.save()

    announce_change(event, DateChange(before), now=NOW)

    assert take_mails() == []


def test_several_changes_are_told_once(event, person):
    with transaction.atomic(), gather_announcements():
        move_event(event, when=BACK, by=person, now=NOW)
        with gather_announcements():
            replace_place(event, where={"venue_name": "Crêperie"}, by=person, now=NOW)
        assert take_mails() == []

    [mail] = take_mails()
    assert mail.text.count("au lieu de") == 2
    assert attached(mail)["SEQUENCE"] == 2


def test_change_and_back_is_not_told(event, person):
    day = event.start_date
    with transaction.atomic(), gather_announcements():
        move_event(event, when=BACK, by=person, now=NOW)
        move_event(event, when={"start_date": day, "end_date": day}, by=person, now=NOW)

    assert take_mails() == []


def test_nothing_is_told_after_an_error(event, person):
    def move_and_fail():
        with transaction.atomic(), gather_announcements():
            move_event(event, when=BACK, by=person, now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        move_and_fail()
    assert take_mails() == []

    with transaction.atomic():
        cancel_event(event, reason="", by=person, now=NOW)
    assert len(take_mails()) == 1


def test_members_date_is_attached_too(person):
    event = EventFactory(
        host=personas.space_of(person), visibility=Visibility.MEMBERS
    )  # fmt: skip
    register_person(event, "maelle@hub.test")

    move_event(event, when=BACK, by=person, now=NOW)

    [mail] = take_mails()
    assert attached(mail)["DTSTART"].dt.date() == FRIDAY


LINK = "https://visio.example/xylocope"


@pytest.mark.parametrize(
    ("visibility", "online_visibility", "is_public"),
    [
        (Visibility.PUBLIC, Visibility.PUBLIC, True),
        (Visibility.PUBLIC, Visibility.MEMBERS, False),
        (Visibility.MEMBERS, Visibility.PUBLIC, False),
    ],
)
def test_video_link_goes_to_whom_the_confirmation_gave_it(
    person, visibility, online_visibility, is_public
):
    event = EventFactory(
        host=personas.space_of(person), online_url=LINK,
        visibility=visibility, online_visibility=online_visibility,
    )  # fmt: skip
    registrations = {
        "member": register_person(event, "member@hub.test", user=person),
        "nobody": register_person(event, "nobody@hub.test"),
        "reader": register_person(
            event, "reader@hub.test", user=personas.member("r@hub.test", spaces=[])
        ),
    }
    for one in registrations.values():
        tell_confirmed(one, now=NOW)
    confirmed = {mail.to: mail for mail in take_mails()}

    move_event(event, when=BACK, by=person, now=NOW)

    told = {mail.to: mail for mail in take_mails()}
    expected = {
        "member@hub.test": True,
        "nobody@hub.test": is_public,
        "reader@hub.test": is_public,
    }
    for mails in (confirmed, told):
        assert {to: LINK in mail.text for to, mail in mails.items()} == expected
        assert {
            to: "CONFERENCE" in attached(mail) for to, mail in mails.items()
        } == expected
        assert {
            to: "xylocope" in str(attached(mail)["DESCRIPTION"])
            for to, mail in mails.items()
        } == expected


def test_member_who_waits_is_not_given_the_members_link(person):
    event = EventFactory(
        host=personas.space_of(person), online_url=LINK,
        online_visibility=Visibility.MEMBERS,
    )  # fmt: skip
    waiting = RegistrationStatus.WAITLISTED
    register_person(event, "member@hub.test", user=person, status=waiting)

    move_event(event, when=BACK, by=person, now=NOW)

    [mail] = take_mails()
    assert "xylocope" not in mail.text + mail.file.replace("\r\n ", "")


def test_link_of_a_date_called_off_is_not_in_the_text(person):
    event = EventFactory(host=personas.space_of(person), online_url=LINK)
    register_person(event, "nobody@hub.test")

    cancel_event(event, reason="", by=person, now=NOW)

    [mail] = take_mails()
    assert LINK not in mail.text


@pytest.mark.parametrize("others", [1, 3])
def test_each_mail_costs_its_task_alone(
    event, person, others, django_assert_num_queries
):
    for number in range(others):
        register_person(event, f"p{number}@hub.test")
    row = Event.objects.get(pk=event.pk)
    before = copy(row)
    before.title = "Avant"

    # Registrations; state, type, tags, host and venue of the file; the speaker.
    with django_assert_num_queries(6 + 1 + others):
        announce_change(row, DateChange(before, person), now=NOW)
