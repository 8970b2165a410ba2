from __future__ import annotations

import datetime

import pytest

from events.enums import DecisionState, Visibility
from events.models import Decision, DecisionStep, Task
from events.services.decisions import (
    change_decision,
    correct_decision,
    entrust_decision,
    erase_decision,
    link_next_event,
    record_decision,
)
from events.services.minutes import unpublish_minutes
from events.services.minutes_refusals import (
    AlreadyRead,
    ChangedMeanwhile,
    ClosedSpace,
    NothingToSay,
    NotInCharge,
    NotKeeper,
    NotPublishedMinutes,
    NotTheirTask,
    UnseenDate,
)
from events.services.tasks import add_task, finish_task, reopen_task
from network.enums import SpaceStatus
from tests import personas
from tests.factories.decisions import DecisionFactory, TaskFactory, TopicFactory
from tests.factories.events import EventFactory, MinutesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
PAST = datetime.date(2026, 10, 6)


@pytest.fixture
def keeper():
    return personas.member()


@pytest.fixture
def minutes(keeper):
    event = EventFactory(host=personas.space_of(keeper), start_date=PAST)
    return MinutesFactory(event=event)


@pytest.fixture
def draft(minutes):
    minutes.live = False
    minutes.first_published_at = None
    minutes.save()
    return minutes


@pytest.fixture
def in_charge():
    return personas.other_member()


@pytest.fixture
def decision(minutes, in_charge):
    return DecisionFactory(
        minutes=minutes, responsible_space=personas.space_of(in_charge)
    )


def correct(decision, by, **changes):
    values = {"text": "Corrigée", "state": "acted", "topic": None,
              "responsible_space": None, "due_on": None}  # fmt: skip
    return correct_decision(decision, **values | changes, by=by, now=NOW)


def test_numbers_run_through_all_minutes_of_the_network(minutes, keeper):
    DecisionFactory(number=57)

    found = [record_decision(minutes, text=text, by=keeper, now=NOW) for text in "ab"]

    assert [one.number for one in found] == [58, 59]


def test_first_number_is_one(minutes, keeper):
    assert record_decision(minutes, text="A", by=keeper, now=NOW).number == 1


def test_decision_is_corrected_while_its_minutes_are_a_draft(draft, keeper):
    decision = record_decision(draft, text="Brouillon", by=keeper, now=NOW)
    topic, space = TopicFactory(), SpaceFactory()

    correct(decision, keeper, topic=topic, responsible_space=space, due_on=PAST)

    stored = Decision.objects.get()
    assert (stored.text, stored.topic, stored.responsible_space, stored.due_on) == (
        "Corrigée", topic, space, PAST,
    )  # fmt: skip
    erase_decision(stored, by=keeper, now=NOW)
    assert not Decision.objects.exists()


def test_published_decision_keeps_its_words(decision, keeper):
    with pytest.raises(AlreadyRead):
        correct(decision, keeper)
    with pytest.raises(AlreadyRead):
        erase_decision(decision, by=keeper, now=NOW)
    unpublish_minutes(decision.minutes, by=keeper, now=NOW)
    with pytest.raises(AlreadyRead):
        erase_decision(decision, by=keeper, now=NOW)

    assert Decision.objects.get().text == decision.text


def test_state_changes_by_steps_that_stay(decision, keeper, in_charge):
    change_decision(
        decision, state="to_follow", note="On écrit.", by=in_charge, now=NOW
    )
    change_decision(decision, state="done", note="", by=keeper, now=NOW)
    change_decision(decision, state="done", note="Vraiment.",
                    by=personas.editor(), now=NOW)  # fmt: skip

    assert Decision.objects.get().state == DecisionState.DONE
    assert list(
        DecisionStep.objects.values_list("state", "note", "by__email", "space__name")
    ) == [
        ("to_follow", "On écrit.", "semaphore@hub.test", "Le Sémaphore"),
        ("done", "", "ti-numerik@hub.test", "Ti Numerik"),
        ("done", "Vraiment.", "editor@hub.test", None),
    ]


def test_nothing_said_is_no_step(decision, in_charge):
    with pytest.raises(NothingToSay):
        change_decision(decision, state=decision.state, note="", by=in_charge, now=NOW)

    assert not DecisionStep.objects.exists()


def test_second_person_reads_what_the_first_said(decision, keeper, in_charge):
    change_decision(decision, state="done", note="Fait.", by=keeper, now=NOW)

    with pytest.raises(ChangedMeanwhile) as caught:
        change_decision(decision, state="to_follow", note="", by=in_charge, now=NOW,
                        seen_state="acted")  # fmt: skip

    assert caught.value.decision.state == "done"
    assert DecisionStep.objects.count() == 1


def test_draft_never_undoes_what_became_of_a_decision(decision, in_charge):
    revision = decision.minutes.save_revision()
    change_decision(decision, state="done", note="Fait.", by=in_charge, now=NOW)

    revision.publish()

    assert Decision.objects.get().state == "done"


def test_strangers_touch_nothing(decision):
    stranger = personas.member("stranger@hub.test", spaces=[SpaceFactory()])
    space = SpaceFactory()
    task = TaskFactory(decision=decision)
    calls = [
        (NotInCharge, change_decision, {"state": "done", "note": "x"}),
        (NotInCharge, link_next_event, {"event": None}),
        (NotInCharge, add_task, {"title": "x", "space": space}),
        (NotKeeper, entrust_decision, {"space": space, "due_on": None}),
    ]
    for refusal, act, values in calls:
        with pytest.raises(refusal):
            act(decision, **values, by=stranger, now=NOW)
    with pytest.raises(NotKeeper):
        record_decision(decision.minutes, text="x", by=stranger, now=NOW)
    for act in (finish_task, reopen_task):
        with pytest.raises(NotTheirTask):
            act(task, by=stranger, now=NOW)

    decision.refresh_from_db()
    assert (decision.state, Task.objects.count()) == ("acted", 1)


def test_space_in_charge_does_not_give_the_decision_away(decision, in_charge, keeper):
    space = SpaceFactory()
    with pytest.raises(NotKeeper):
        entrust_decision(decision, space=space, due_on=None, by=in_charge, now=NOW)

    entrust_decision(decision, space=space, due_on=PAST, by=keeper, now=NOW)

    decision.refresh_from_db()
    assert (decision.responsible_space, decision.due_on) == (space, PAST)


def test_decision_of_withdrawn_minutes_waits(decision, keeper):
    unpublish_minutes(decision.minutes, by=keeper, now=NOW)
    space = SpaceFactory()
    calls = [
        (change_decision, {"state": "done", "note": ""}),
        (link_next_event, {"event": None}),
        (add_task, {"title": "x", "space": space}),
        (entrust_decision, {"space": space, "due_on": None}),
    ]
    for act, values in calls:
        with pytest.raises(NotPublishedMinutes):
            act(decision, **values, by=keeper, now=NOW)


def test_closed_space_takes_nothing_on(draft, keeper, decision):
    closed = SpaceFactory(status=SpaceStatus.CLOSED)
    with pytest.raises(ClosedSpace):
        record_decision(draft, text="x", by=keeper, now=NOW, responsible_space=closed)
    draft.live = True
    draft.save()
    with pytest.raises(ClosedSpace):
        entrust_decision(decision, space=closed, due_on=None, by=keeper, now=NOW)
    with pytest.raises(ClosedSpace):
        add_task(decision, title="x", space=closed, by=keeper, now=NOW)


def test_space_that_closed_since_does_not_bar_a_correction(draft, keeper, decision):
    space = decision.responsible_space
    space.status = SpaceStatus.CLOSED
    space.save()

    correct(decision, keeper, responsible_space=space)

    assert Decision.objects.get().responsible_space == space


def test_task_is_done_once_and_taken_up_again(decision, in_charge, keeper):
    space = SpaceFactory()
    doer = personas.member("doer@hub.test", spaces=[space])
    task = add_task(decision, title="Écrire", space=space, by=in_charge, now=NOW)
    later = NOW + datetime.timedelta(hours=1)

    finish_task(task, by=doer, now=NOW)
    finish_task(task, by=keeper, now=later)
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (NOW, doer)

    reopen_task(task, by=keeper, now=later)
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (None, None)


def test_next_date_is_one_that_the_person_sees(decision, in_charge):
    own = EventFactory(host=personas.space_of(in_charge), live=False)
    link_next_event(decision, event=own, by=in_charge, now=NOW)
    decision.refresh_from_db()
    assert decision.next_event == own

    hidden = EventFactory(visibility=Visibility.PRIVATE, host=SpaceFactory())
    for event in (hidden, EventFactory(live=False)):
        with pytest.raises(UnseenDate):
            link_next_event(decision, event=event, by=in_charge, now=NOW)
    link_next_event(decision, event=None, by=in_charge, now=NOW)
    decision.refresh_from_db()
    assert decision.next_event is None
