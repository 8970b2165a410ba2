from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from cms.tasks.failed import (
    abandon_task,
    describe_task,
    find_failed_tasks,
    find_last_error_line,
    relaunch_task,
)
from cms.tasks.retry import (
    RETRY_DELAYS,
    count_failures,
    count_restarts,
    requeue_failed_tasks,
    requeue_stuck_tasks,
)
from cms.tasks.running import Budget, claim_task, run_ready_tasks
from tests.cms.tasks.sample_tasks import fail, note

pytestmark = pytest.mark.django_db


def fail_until_given_up(now: datetime) -> list[timedelta]:
    """Let a task fail as often as it is tried; return the waits between attempts."""
    waits = []
    with time_machine.travel(now, tick=False) as clock:
        task = fail.enqueue("down").db_result
        assert run_ready_tasks(Budget(10)) == 1
        while (task := DBTaskResult.objects.get(pk=task.pk)).status == "READY":
            waits.append(task.run_after - datetime.now(tz=now.tzinfo))
            clock.move_to(task.run_after - timedelta(seconds=1))
            assert run_ready_tasks(Budget(10)) == 0
            clock.move_to(task.run_after)
            assert run_ready_tasks(Budget(10)) == 1
    return waits


def test_failed_task_is_tried_again_later_and_later_then_shown(
    now: datetime, ran: list[Any]
) -> None:
    assert fail_until_given_up(now) == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=8),
        timedelta(hours=24),
    ]
    assert ran == ["down"] * 7
    (task,) = find_failed_tasks()
    assert (describe_task(task), find_last_error_line(task), count_failures(task)) == (
        "Fail",
        "ValueError: down",
        7,
    )


def test_given_up_task_is_not_requeued(now: datetime) -> None:
    fail_until_given_up(now)
    assert requeue_failed_tasks(now) == 0


# The worker closes its connection between tasks: no transaction may be open.
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("stored_only")
def test_stock_worker_retries_too(now: datetime, ran: list[Any]) -> None:
    with time_machine.travel(now, tick=False):
        fail.enqueue("down")
        call_command("db_worker", "--batch", "--no-startup-delay", interval=0)
    task = DBTaskResult.objects.get()
    assert ran == ["down"]
    assert (task.status, task.run_after) == ("READY", now + RETRY_DELAYS[0])


def test_failure_whose_process_ended_before_scheduling_is_scheduled(
    now: datetime,
) -> None:
    task = fail.enqueue("down").db_result
    DBTaskResult.objects.update(status="FAILED")
    assert requeue_failed_tasks(now) == 1
    task.refresh_from_db()
    assert (task.status, task.run_after) == ("READY", now + RETRY_DELAYS[0])


@pytest.mark.usefixtures("stored_only")
def test_task_whose_code_is_gone_is_retried_then_shown(now: datetime) -> None:
    note.enqueue("lost")
    DBTaskResult.objects.update(task_path="events.tasks.remind_hosts")
    with time_machine.travel(now, tick=False):
        run_ready_tasks(Budget(10))
        assert requeue_failed_tasks(now) == 1
    task = DBTaskResult.objects.get()
    assert (task.status, describe_task(task)) == ("READY", "Remind hosts")


@pytest.mark.usefixtures("stored_only")
def test_task_of_a_killed_process_is_freed_three_times_then_shown(
    now: datetime, ran: list[Any]
) -> None:
    note.enqueue("deadly")
    freed = []
    for attempt in range(4):
        with time_machine.travel(now + timedelta(hours=attempt), tick=False) as clock:
            # Claimed by a process that is killed: nobody says how it ended.
            assert claim_task(DBTaskResult.objects.ready(), f"worker-{attempt}")
            clock.shift(timedelta(minutes=14))
            assert requeue_stuck_tasks(datetime.now(tz=now.tzinfo)) == 0
            clock.shift(timedelta(minutes=1))
            freed.append(requeue_stuck_tasks(datetime.now(tz=now.tzinfo)))
    assert (freed, ran) == ([1, 1, 1, 0], [])
    (task,) = find_failed_tasks()
    assert (count_restarts(task), count_failures(task)) == (4, 0)
    assert find_last_error_line(task) == (
        "InterruptedError: its process was killed 4 times while running it"
    )
    assert requeue_failed_tasks(now) == 0


@pytest.mark.usefixtures("stored_only")
def test_freed_task_runs(now: datetime, ran: list[Any]) -> None:
    note.enqueue("survivor")
    with time_machine.travel(now, tick=False):
        claim_task(DBTaskResult.objects.ready(), "killed-worker")
    requeue_stuck_tasks(now + timedelta(minutes=15))
    run_ready_tasks(Budget(10))
    assert ran == ["survivor"]


def test_relaunched_task_has_all_its_attempts_again(
    now: datetime, ran: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    fail_until_given_up(now)
    (task,) = find_failed_tasks()
    ran.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert relaunch_task(task.pk)
    task.refresh_from_db()
    assert (ran, task.status, count_failures(task)) == (["down"], "READY", 1)
    assert not relaunch_task(task.pk)


def test_abandoned_task_is_gone_and_a_waiting_one_cannot_be_abandoned(
    now: datetime,
) -> None:
    fail_until_given_up(now)
    waiting = fail.enqueue("waiting").db_result
    (task,) = find_failed_tasks()
    assert (abandon_task(task.pk), abandon_task(task.pk)) == (True, False)
    assert not abandon_task(waiting.pk)
    assert DBTaskResult.objects.get().pk == waiting.pk
