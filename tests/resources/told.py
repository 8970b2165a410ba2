"""The mails that were stored, their spaces made plain, with what is attached."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from django_tasks_db.models import DBTaskResult


@dataclass(frozen=True)
class Mail:
    """One stored mail; ``file`` is what is attached, empty without."""

    to: str
    subject: str
    text: str
    file_name: str
    file: bytes


def take_mails() -> list[Mail]:
    """Return the mails stored since the last call, in the order of their addresses."""
    stored = DBTaskResult.objects.filter(task_path="cms.tasks.mail.deliver_mail")
    found = []
    for task in stored:
        message = task.args_kwargs["kwargs"]["message"]
        [recipient] = message["to"]
        [name, content] = ["", b""]
        for attached in message["attachments"]:
            name, content = attached["name"], base64.b64decode(attached["content"])
        found.append(
            Mail(
                recipient,
                _plain(message["subject"]),
                _plain(message["text"]),
                name,
                content,
            )
        )
    stored.delete()
    return sorted(found, key=lambda mail: mail.to)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
