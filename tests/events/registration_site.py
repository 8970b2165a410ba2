"""What the tests of registrations share: a date, people, the mails they get."""

from __future__ import annotations

import datetime
import re
from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from cms.models import User
from events.enums import RegistrationMode
from events.models import Event, Registration
from events.services import registration as services
from tests.factories.events import EventFactory

SENT = "Un courriel part vers l’adresse que vous avez donnée"
# The date of the factory is Thursday 26 November 2026, 18:30 in Paris.
NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
START = datetime.datetime(2026, 11, 26, 17, 30, tzinfo=datetime.UTC)


def date_with_places(capacity: int | None = 2, **values: Any) -> Event:
    return EventFactory(
        registration_mode=RegistrationMode.HERE, capacity=capacity, **values
    )


def make_user(name: str) -> User:
    return User.objects.create_user(f"{name}@hub.test")


def ask(event: Event, name: str = "lea", **changes: Any) -> Registration | None:
    """Register ``name``, who has no account unless ``user`` is given."""
    user = changes.get("user")
    values: dict[str, Any] = {
        "name": name.title(),
        "email": user.email if user else f"{name}@example.org",
        "companions": 0,
        "answers": (),
        "user": None,
        "language": "fr",
        "now": NOW,
    } | changes
    return services.register(event, **values)


def come(event: Event, name: str = "lea", **changes: Any) -> Registration:
    """Register somebody with an account: they need not confirm."""
    user = User.objects.filter(email=f"{name}@hub.test").first() or make_user(name)
    registration = ask(event, name, user=user, **changes)
    assert registration is not None
    return registration


def list_statuses(event: Event) -> dict[str, str]:
    return {one.name.lower(): one.status for one in event.registrations.all()}


def mails() -> list[tuple[str, str, str]]:
    """Return (recipient, subject, text) of each stored mail, and forget them."""
    stored = DBTaskResult.objects.filter(task_path="cms.tasks.mail.deliver_mail")
    found = []
    for task in stored.order_by("enqueued_at"):
        message = task.args_kwargs["kwargs"]["message"]
        [recipient] = message["to"]
        found.append((recipient, message["subject"], message["text"]))
    stored.delete()
    return found


def attached() -> list[dict[str, str]]:
    """Return what the stored mails carry."""
    stored = DBTaskResult.objects.filter(task_path="cms.tasks.mail.deliver_mail")
    return [
        attachment
        for task in stored.order_by("enqueued_at")
        for attachment in task.args_kwargs["kwargs"]["message"]["attachments"]
    ]


def find_link(text: str) -> str:
    """Return the path of the link in a mail that opens a registration."""
    [link] = re.findall(r"https://hub\.test(\S*/agenda/inscription/\S+)", text)
    return link


def form_of(event: Event) -> str:
    return reverse("events:register", args=[event.slug])


def page_of(registration: Registration) -> str:
    return reverse("events:registration", args=[services.sign_key(registration)])


def answers(**changes: Any) -> dict[str, Any]:
    """Return what a browser sends for one person."""
    return {
        "name": "Léa", "email": "lea@example.org", "companions": "0", "answer": "",
        "second_answer": "", "accepts_waiting": "", "website": "",
    } | changes  # fmt: skip


def sentences(response: Any) -> str:
    """Return the words of the page, spaces made one."""
    soup = BeautifulSoup(response.text, "html.parser")
    return " ".join(soup.main.get_text(" ").split())
