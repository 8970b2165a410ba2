from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from cms.tasks import backend
from cms.tasks.running import Budget, run_ready_tasks, run_tasks
from tests.cms.tasks.sample_tasks import (
    fail,
    interrupt,
    note,
    note_surroundings,
    note_then_store,
)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def list_states() -> list[str]:
    return list(
        DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)
    )


class RolledBackError(Exception):
    """What ends a transaction of these tests."""


@transaction.atomic
def store_then_roll_back(word: str) -> None:
    note.enqueue(word)
    raise RolledBackError


def test_task_runs_only_after_the_commit(ran: list[Any]) -> None:
    with transaction.atomic():
        note.enqueue("welcome")
        assert (ran, list_states()) == ([], ["READY"])
    assert (ran, list_states()) == (["welcome"], ["SUCCESSFUL"])


def test_task_of_a_rolled_back_transaction_leaves_no_trace(ran: list[Any]) -> None:
    with pytest.raises(RolledBackError):
        store_then_roll_back("never")
    run_ready_tasks(Budget(10))
    assert (ran, list_states()) == ([], [])


def test_rolled_back_savepoint_takes_only_its_own_tasks(ran: list[Any]) -> None:
    with transaction.atomic():
        with pytest.raises(RolledBackError):
            store_then_roll_back("never")
        note.enqueue("kept")
    assert ran == ["kept"]


def test_task_outside_a_transaction_runs_at_once(ran: list[Any]) -> None:
    note.enqueue("alone")
    assert ran == ["alone"]


def test_task_stored_by_async_code_runs(ran: list[Any]) -> None:
    async_to_sync(note.aenqueue)("async")
    assert ran == ["async"]


def test_tasks_stored_by_a_task_run_after_it_and_in_turn(ran: list[Any]) -> None:
    with transaction.atomic():
        note_then_store.enqueue("first", "third")
        note.enqueue("second")
    assert ran == ["first", "third", "second"]
    assert list_states() == ["SUCCESSFUL"] * 3


def test_failing_task_neither_raises_nor_stops_the_next(ran: list[Any]) -> None:
    with transaction.atomic():
        fail.enqueue("broken")
        note.enqueue("fine")
    assert ran == ["broken", "fine"]


def test_deferred_task_waits(ran: list[Any]) -> None:
    note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")
    run_ready_tasks(Budget(10))
    assert (ran, list_states()) == ([], ["READY"])


def test_tasks_beyond_the_budget_are_left_to_run_due(
    ran: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "SECONDS_PER_TRANSACTION", 1e-9)
    with transaction.atomic():
        note.enqueue("first")
        note.enqueue("second")
    assert ran == ["first"]
    assert run_ready_tasks(Budget(10)) == 1
    assert ran == ["first", "second"]


@pytest.mark.usefixtures("stored_only")
def test_database_mode_leaves_tasks_to_workers(ran: list[Any]) -> None:
    note.enqueue("worker")
    assert (ran, list_states()) == ([], ["READY"])


def test_task_sees_the_site_language_and_zone_whatever_the_request_had(
    ran: list[Any], settings: Any
) -> None:
    with translation.override("en"), timezone.override("Asia/Tokyo"):
        note_surroundings.enqueue()
    assert ran == [(settings.LANGUAGE_CODE, settings.TIME_ZONE)]


@pytest.mark.usefixtures("stored_only")
def test_task_claimed_by_two_processes_runs_once(
    ran: list[Any], request: pytest.FixtureRequest
) -> None:
    task_id = note.enqueue("once").db_result.pk
    run_at_once = request.getfixturevalue("run_at_once")
    answers = run_at_once(lambda: run_tasks([task_id], Budget(10)), threads=4)
    assert (sorted(answers), ran) == ([0, 0, 0, 1], ["once"])


@pytest.mark.usefixtures("stored_only")
def test_interrupted_task_is_kept_for_later_and_ends_the_process() -> None:
    interrupt.enqueue()
    with pytest.raises(KeyboardInterrupt):
        run_ready_tasks(Budget(10))
    assert list_states() == ["READY"]
