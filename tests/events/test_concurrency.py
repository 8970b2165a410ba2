"""What two people do at once to one date, on PostgreSQL: SQLite has one writer."""

from __future__ import annotations

import datetime
import uuid

import pytest

from events.models import CalendarState, Event
from events.services.cancel import cancel_event
from events.services.change_date import move_event, postpone_event, replace_place
from events.services.draft import create_draft, revise_draft
from events.services.refusals import CalledOff, ChangedByService, Refusal, SentAlready
from tests import personas
from tests.events.member_site import NOW, values
from tests.events.told import register_person, take_mails
from tests.factories.events import EventFactory
from tests.racing import RACE_MARKS, at_once

pytestmark = RACE_MARKS

FRIDAY = {
    "start_date": datetime.date(2026, 11, 27),
    "end_date": datetime.date(2026, 11, 27),
}


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event():
    event = EventFactory(title="Soupe")
    register_person(event, "maelle@hub.test")
    return event


@pytest.fixture
def moderators():
    return [personas.moderator(f"m{number}@hub.test") for number in range(2)]


def test_form_sent_twice_at_once_makes_one_date():
    person = personas.member()
    answers = values(personas.space_of(person))
    key = uuid.uuid4()

    def send():
        return create_draft(values=answers, by=person, now=NOW, key=key)

    results = at_once(*[send] * 4)

    refusals = [one for one in results if isinstance(one, SentAlready)]
    assert Event.objects.count() == 1
    assert len(refusals) == 3
    assert all(one.says_the_same for one in refusals)
    assert {one.record.pk for one in refusals} == {Event.objects.get().pk}


def test_two_moderators_cancel_at_once(event, moderators):
    results = at_once(
        *(
            lambda by=by: cancel_event(event, reason=by.email, by=by, now=NOW)
            for by in moderators
        )
    )

    assert sorted(type(one) for one in results if isinstance(one, Refusal)) == [
        CalledOff
    ]
    assert CalendarState.objects.get().sequence == 1
    assert [mail.to for mail in take_mails()] == ["maelle@hub.test"]


def test_one_moves_while_the_other_changes_the_place(event, moderators):
    first, second = moderators
    at_once(
        lambda: move_event(event, when=FRIDAY, by=first, now=NOW),
        lambda: replace_place(
            event, where={"venue_name": "Crêperie"}, by=second, now=NOW
        ),
    )

    row = Event.objects.get()
    assert (row.start_date, row.place_name) == (FRIDAY["start_date"], "Crêperie")
    assert CalendarState.objects.get().sequence == 2
    assert {*row.service_edits} == {*Event.WHEN, *Event.WHERE}
    assert len(take_mails()) == 2


def test_one_moves_while_the_other_postpones(event, moderators):
    first, second = moderators
    at_once(
        lambda: move_event(event, when=FRIDAY, by=first, now=NOW),
        lambda: postpone_event(event, reason="Tempête.", by=second, now=NOW),
    )

    # Moved last, a postponed date has its new day; postponed last, it has none.
    row = Event.objects.get()
    assert row.start_date == FRIDAY["start_date"]
    assert (row.status == "confirmed") == (row.cancel_reason == "")
    assert CalendarState.objects.get().sequence == 2


def test_text_saved_while_the_date_moves_is_warned_or_comes_first(event, moderators):
    person = personas.member()
    Event.objects.update(host=personas.space_of(person))
    revision = Event.objects.get().save_revision()
    answers = values(personas.space_of(person), start_date=datetime.date(2026, 12, 1),
                     end_date=datetime.date(2026, 12, 1))  # fmt: skip

    results = at_once(
        lambda: move_event(event, when=FRIDAY, by=moderators[0], now=NOW),
        lambda: revise_draft(
            event, values=answers, by=person, now=NOW, seen_revision=revision.pk
        ),
    )

    row = Event.objects.get()
    draft = row.get_latest_revision_as_object()
    assert row.start_date == draft.start_date == FRIDAY["start_date"]
    assert isinstance(results[1], ChangedByService | Event)


def test_publication_while_the_date_moves_does_not_undo_it(event, moderators):
    draft = Event.objects.get()
    draft.start_time = datetime.time(10)
    revision = draft.save_revision()

    at_once(
        lambda: move_event(event, when=FRIDAY, by=moderators[0], now=NOW),
        lambda: revision.publish(),
    )

    row = Event.objects.get()
    assert row.start_date == FRIDAY["start_date"]
    assert row.start_at.date() == FRIDAY["start_date"]
