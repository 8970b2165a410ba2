"""Who is written to while a date is reviewed, and where the mail leads."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from events.models import Event
from events.services.draft import revise_draft
from events.services.publish import publish_record
from events.services.refusals import NotSpeaker
from events.services.submit import submit_record
from events.services.withdraw import withdraw_record
from tests import personas
from tests.events.member_site import NOW, draft_of, values

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _nothing_of_wagtail(mailoutbox):
    """Wagtail's own mails are sent at once; ours are stored: the box stays empty."""
    yield
    assert mailoutbox == []


@pytest.fixture
def people():
    return personas.member(), personas.moderator(), personas.admin(), personas.editor()


def mails():
    """Return (recipient, subject, text) of each stored mail, and forget them."""
    found = []
    stored = DBTaskResult.objects.filter(task_path="cms.tasks.mail.deliver_mail")
    for task in stored:
        message = task.args_kwargs["kwargs"]["message"]
        [recipient] = message["to"]
        found.append((recipient, message["subject"], message["text"]))
    stored.delete()
    return sorted(found)


def test_submission_writes_to_the_member_and_to_the_moderators(people):
    event = draft_of(people[0])

    submit_record(event, by=people[0], now=NOW)

    to_moderator, to_member = mails()
    assert to_moderator[:2] == (
        "moderator@hub.test", "À relire\xa0: Soupe et jeux de société",
    )  # fmt: skip
    edit = f"https://hub.test/admin/snippets/events/event/edit/{event.pk}/"
    assert edit in to_moderator[2]
    assert "Ti Numerik propose" in to_moderator[2]
    assert to_member[:2] == (
        "ti-numerik@hub.test", "Bien reçu\xa0: Soupe et jeux de société",
    )  # fmt: skip
    assert f"https://hub.test/espace/rendez-vous/{event.pk}/" in to_member[2]
    assert "sous 3 jours ouvrés" in to_member[2]
    assert "Jeudi 17\xa0décembre 2026, 18\xa0h\xa030" in to_member[2]
    assert "/admin/" not in to_member[2]


def test_approval_writes_to_who_submitted(people):
    member, moderator, *_others = people
    event = draft_of(member)
    state = submit_record(event, by=member, now=NOW)
    mails()

    state.current_task_state.approve(user=moderator)

    [(recipient, subject, text)] = mails()
    assert recipient == "ti-numerik@hub.test"
    assert subject == "Publié\xa0: Soupe et jeux de société"
    assert f"https://hub.test/espace/rendez-vous/{event.pk}/" in text
    assert "/admin/" not in text


def test_rejection_carries_the_comment(people):
    member, moderator, *_others = people
    state = submit_record(draft_of(member), by=member, now=NOW)
    mails()

    state.current_task_state.reject(user=moderator, comment="Quelle salle ? L’étage ?")

    [(recipient, subject, text)] = mails()
    assert recipient == "ti-numerik@hub.test"
    assert subject == "À reprendre\xa0: Soupe et jeux de société"
    assert "Quelle salle ? L’étage ?" in text
    assert "/admin/" not in text


def test_second_submission_calls_the_moderators_again(people):
    member, moderator, *_others = people
    event = draft_of(member)
    state = submit_record(event, by=member, now=NOW)
    state.current_task_state.reject(user=moderator, comment="Quelle salle ?")
    mails()

    submit_record(event, by=member, now=NOW)

    recipients = [recipient for recipient, _subject, _text in mails()]
    assert recipients == ["moderator@hub.test", "ti-numerik@hub.test"]


def test_taking_back_writes_to_nobody(people):
    member = people[0]
    event = draft_of(member)
    submit_record(event, by=member, now=NOW)
    mails()

    withdraw_record(event, by=member, now=NOW)

    assert mails() == []


def test_publication_without_approval_is_told_too(people):
    member, moderator, *_others = people
    event = draft_of(member)
    submit_record(event, by=member, now=NOW)
    mails()

    event.latest_revision.publish(user=moderator)

    [(recipient, subject, _text)] = mails()
    assert recipient == "ti-numerik@hub.test"
    assert subject == "Publié\xa0: Soupe et jeux de société"


def test_review_that_a_moderator_ends_is_told(people):
    member, moderator, *_others = people
    state = submit_record(draft_of(member), by=member, now=NOW)
    mails()

    state.cancel(user=moderator)

    [(recipient, subject, _text)] = mails()
    assert recipient == "ti-numerik@hub.test"
    assert subject.startswith("De retour dans vos brouillons")


def test_trusted_publication_writes_to_nobody(people):
    person = personas.trusted_member()

    publish_record(draft_of(person), by=person, now=NOW)

    assert mails() == []


def test_who_left_the_space_is_not_written_to_and_who_stayed_is(people):
    member, moderator, *_others = people
    space = personas.space_of(member)
    personas.member("lea@hub.test", spaces=[space])
    state = submit_record(draft_of(member), by=member, now=NOW)
    member.space_members.update(until=NOW.date() - datetime.timedelta(days=1))
    mails()

    state.current_task_state.approve(user=moderator)

    assert [recipient for recipient, _s, _t in mails()] == ["lea@hub.test"]


def test_moderator_who_wants_no_mail_gets_none(people):
    member, moderator, *_others = people
    profile = UserProfile.get_for_user(moderator)
    profile.submitted_notifications = False
    profile.save()

    submit_record(draft_of(member), by=member, now=NOW)

    assert [recipient for recipient, _s, _t in mails()] == ["ti-numerik@hub.test"]


def test_refused_submission_leaves_no_mail(people):
    member = people[0]
    event = draft_of(member)

    with pytest.raises(NotSpeaker):
        submit_record(event, by=personas.other_member(), now=NOW)

    assert mails() == []


def test_title_with_a_line_break_does_not_break_the_subject(people):
    member = people[0]
    event = draft_of(member)
    revise_draft(
        event, values=values(personas.space_of(member), title="Soupe\nBcc: x@y.z"),
        by=member, now=NOW, seen_revision=event.latest_revision_id,
    )  # fmt: skip

    submit_record(Event.objects.get(pk=event.pk), by=member, now=NOW)

    assert {subject for _r, subject, _t in mails()} == {
        "À relire\xa0: Soupe Bcc: x@y.z",
        "Bien reçu\xa0: Soupe Bcc: x@y.z",
    }
