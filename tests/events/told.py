"""Who registered for a date in the tests, and the mails they were written."""

from __future__ import annotations

import base64
import datetime
from dataclasses import dataclass
from typing import Any

from django_tasks_db.models import DBTaskResult

from events.enums import RegistrationStatus
from events.models import Event, Registration


@dataclass(frozen=True)
class Mail:
    """One stored mail; ``file`` is the calendar attached to it, "" without one."""

    to: str
    subject: str
    text: str
    file: str


def register_person(event: Event, email: str, **changes: Any) -> Registration:
    """Store a confirmed registration."""
    at = datetime.datetime(2026, 11, 1, 9, 0, tzinfo=datetime.UTC)
    fields = {"name": "Maëlle", "status": RegistrationStatus.CONFIRMED}
    return Registration.objects.create(
        event=event, email=email, created_at=at, **fields | changes
    )


def take_mails() -> list[Mail]:
    """Return the mails stored since the last call, in the order of their addresses."""
    found = []
    stored = DBTaskResult.objects.filter(task_path="cms.tasks.mail.deliver_mail")
    for task in stored:
        message = task.args_kwargs["kwargs"]["message"]
        [recipient] = message["to"]
        files = [
            base64.b64decode(attached["content"]).decode()
            for attached in message["attachments"]
        ]
        found.append(
            Mail(recipient, message["subject"], message["text"], "".join(files))
        )
    stored.delete()
    return sorted(found, key=lambda mail: mail.to)
