from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult
from wagtail import hooks
from wagtail.models import Page

from cms.models import JobRun
from cms.tasks.clock import DueJob, JobOutcome, find_jobs, run_due_jobs
from cms.tasks.jobs import prune_tasks
from tests.cms.tasks.sample_tasks import fail_turn, note, note_turn

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def register_job(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Register jobs for one test, in the place of every other."""
    hooks.search_for_hooks()
    registered: list[Any] = []
    monkeypatch.setitem(hooks._hooks, "register_due_job", registered)

    def register(
        run: Callable[[datetime], None], *, name: str = "test.note", every: Any = HOUR
    ) -> None:
        registered.append((lambda: DueJob(name, every, run), 0))

    return register


def test_job_runs_when_due_and_not_before(
    register_job: Any, now: datetime, ran: list[Any]
) -> None:
    register_job(note_turn)
    assert run_due_jobs(now) == [JobOutcome("test.note", "")]
    assert run_due_jobs(now + 59 * MINUTE) == []
    assert run_due_jobs(now + HOUR) == [JobOutcome("test.note", "")]
    assert ran == [now, now + HOUR]


def test_job_called_a_second_early_by_cron_does_not_miss_its_turn(
    register_job: Any, now: datetime, ran: list[Any]
) -> None:
    register_job(note_turn, every=5 * MINUTE)
    run_due_jobs(now)
    run_due_jobs(now + timedelta(minutes=4, seconds=20))
    run_due_jobs(now + timedelta(minutes=4, seconds=59))
    assert ran == [now, now + timedelta(minutes=4, seconds=59)]


def test_failing_job_is_kept_with_its_error_and_the_others_run(
    register_job: Any, now: datetime, ran: list[Any]
) -> None:
    register_job(fail_turn, name="a.fail")
    register_job(note_turn, name="b.note")
    error = "ValueError: the calendar is unreachable"
    assert run_due_jobs(now) == [JobOutcome("a.fail", error), JobOutcome("b.note", "")]
    job_run = JobRun.objects.get(name="a.fail")
    assert (job_run.last_started_at, job_run.last_error) == (now, error)
    assert ran == [now]


def test_error_is_forgotten_once_the_job_succeeds(
    register_job: Any, now: datetime
) -> None:
    register_job(note_turn)
    JobRun.objects.create(name="test.note", last_error="ValueError: down")
    run_due_jobs(now)
    assert JobRun.objects.get().last_error == ""


def test_running_job_is_not_started_again_until_its_process_is_lost(
    register_job: Any, now: datetime, ran: list[Any]
) -> None:
    register_job(note_turn, every=5 * MINUTE)
    JobRun.objects.create(name="test.note", last_started_at=now)
    run_due_jobs(now + 59 * MINUTE)
    assert ran == []
    run_due_jobs(now + HOUR)
    assert ran == [now + HOUR]


def test_two_jobs_of_one_name_are_refused(register_job: Any) -> None:
    register_job(note_turn)
    register_job(fail_turn)
    with pytest.raises(ImproperlyConfigured, match=r"test\.note"):
        find_jobs()


def test_run_due_prints_a_line_for_each_job_and_runs_tasks(
    register_job: Any, ran: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    register_job(note_turn)
    note.enqueue("task")
    call_command("run_due")
    assert capsys.readouterr().out == "test.note: done\ntasks: 1 run\n"
    assert ran[1:] == ["task"]


@pytest.mark.usefixtures("stored_only")
def test_run_due_leaves_tasks_to_the_workers(
    register_job: Any, ran: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    note.enqueue("task")
    call_command("run_due")
    assert (ran, capsys.readouterr().out) == ([], "")


def test_run_due_fails_when_a_job_fails(
    register_job: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    register_job(fail_turn)
    with pytest.raises(CommandError, match=r"^Failed: test\.note$"):
        call_command("run_due")
    assert capsys.readouterr().out == (
        "test.note: ValueError: the calendar is unreachable\ntasks: 0 run\n"
    )


def test_scheduled_page_is_published_then_withdrawn(now: datetime) -> None:
    page = Page.get_first_root_node().add_child(
        instance=Page(
            title="Drink & co de novembre",
            slug="drink-novembre",
            live=False,
            go_live_at=now + HOUR,
            expire_at=now + 3 * HOUR,
        )
    )
    with time_machine.travel(now, tick=False) as clock:
        page.save_revision(approved_go_live_at=page.go_live_at)
        live = []
        for hours in (0, 2, 4):
            clock.move_to(now + hours * HOUR)
            call_command("run_due")
            page.refresh_from_db()
            live.append(page.live)
    assert live == [False, True, False]


def test_finished_tasks_are_pruned_after_thirty_days_sent_mail_after_one(
    now: datetime,
) -> None:
    def store(days: int, **fields: Any) -> None:
        task = note.enqueue("old").db_result
        DBTaskResult.objects.filter(pk=task.pk).update(
            finished_at=now - timedelta(days=days), **fields
        )

    mail_path = "cms.tasks.mail.deliver_mail"
    store(31, status="SUCCESSFUL")
    store(31, status="FAILED")
    store(2, status="SUCCESSFUL", task_path=mail_path)
    store(31, status="READY", queue_name="kept-waiting")
    store(29, status="SUCCESSFUL", queue_name="kept-recent")
    store(2, status="FAILED", task_path=mail_path, queue_name="kept-unsent")
    prune_tasks(now)
    assert sorted(DBTaskResult.objects.values_list("queue_name", flat=True)) == [
        "kept-recent",
        "kept-unsent",
        "kept-waiting",
    ]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("stored_only")
def test_run_due_at_once_in_four_processes_runs_each_job_and_task_once(
    register_job: Any, ran: list[Any], request: pytest.FixtureRequest, settings: Any
) -> None:
    register_job(note_turn)
    note.enqueue("task")
    settings.TASKS_MODE = "immediate"
    run_at_once = request.getfixturevalue("run_at_once")
    answers = run_at_once(lambda: call_command("run_due"), threads=4)
    assert answers == [None] * 4
    assert sorted(type(left).__name__ for left in ran) == ["datetime", "str"]
