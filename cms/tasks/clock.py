"""What the clock starts: each app registers its jobs, `manage.py run_due` runs them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone, translation
from django_tasks_db.utils import is_locked_database_exception
from wagtail import hooks

from cms.models.job_run import JobRun

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

logger = logging.getLogger(__name__)

# A job that started this long ago and never ended has lost its process.
LOST_AFTER = timedelta(hours=1)
# `run_due` never starts at the exact second: a job due every five minutes must not
# miss its turn because this one came a second early.
EARLIEST = timedelta(seconds=30)


@dataclass(frozen=True)
class DueJob:
    """Something to do again and again, registered by the hook ``register_due_job``.

    Attributes:
        name: unique and stable, ``room.verb``, such as ``events.import_calendars``.
        every: the time from one start to the next; zero means each `run_due`.
        run: called with the instant of this turn (aware), outside any transaction;
            an exception is its failure. It bears being run twice.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], None]


@dataclass(frozen=True)
class JobOutcome:
    """How one turn of a job went; ``error`` is empty when it went well."""

    name: str
    error: str


def find_jobs() -> list[DueJob]:
    """Return the registered jobs by name.

    Raises:
        ImproperlyConfigured: two jobs bear one name.
    """
    jobs: dict[str, DueJob] = {}
    for register in hooks.get_hooks("register_due_job"):
        job = register()
        if job.name in jobs:
            raise ImproperlyConfigured(f"Two due jobs are named “{job.name}”.")
        jobs[job.name] = job
    return [jobs[name] for name in sorted(jobs)]


def run_due_jobs(now: datetime) -> list[JobOutcome]:
    """Run each job that is due and that no other process is running.

    A job that fails is logged and stored in its `JobRun`; it does not stop the others.
    """
    return [_run_job(job, now) for job in find_jobs() if _claim_job(job, now)]


def _claim_job(job: DueJob, now: datetime) -> bool:
    due_since = now - job.every + min(EARLIEST, job.every / 10)
    ended = Q(last_finished_at__isnull=False) | Q(last_started_at__isnull=True)
    try:
        JobRun.objects.get_or_create(name=job.name)
        # One UPDATE: of two processes, the second finds the row already taken.
        return bool(
            JobRun.objects.filter(name=job.name)
            .filter(Q(last_started_at__isnull=True) | Q(last_started_at__lte=due_since))
            .filter(ended | Q(last_started_at__lte=now - LOST_AFTER))
            .update(last_started_at=now, last_finished_at=None)
        )
    except OperationalError as error:
        if is_locked_database_exception(error):
            return False
        raise


def _run_job(job: DueJob, now: datetime) -> JobOutcome:
    error = ""
    try:
        with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
            job.run(now)
    except Exception as problem:
        logger.exception("Job %s failed", job.name)
        error = f"{type(problem).__name__}: {problem}"
    JobRun.objects.filter(name=job.name).update(
        last_finished_at=timezone.now(), last_error=error
    )
    return JobOutcome(job.name, error)
