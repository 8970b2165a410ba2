from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from cms.models import User
from cms.tasks.mail import MAX_ATTACHED_BYTES, send_mail_later
from cms.tasks.running import Budget, run_ready_tasks

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:Déjeuner\r\nEND:VCALENDAR\r\n".encode()


@pytest.fixture(autouse=True)
def sample_templates(settings: Any) -> None:
    (engine,) = settings.TEMPLATES
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**engine, "DIRS": [folder]}]


@pytest.fixture
def closed_mail_server(settings: Any) -> None:
    """A mail server that refuses: a port that was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def write_mail(**changes: Any) -> None:
    arguments = {
        "to": "hote@lieu.test",
        "subject": "Drink & co",
        "template": "sample/welcome",
        "context": {"title": "L’apéro d'Anna & Léo"},
        "language": "fr",
    }
    send_mail_later(**{**arguments, **changes})


def test_mail_is_sent_after_the_commit_unescaped_and_recognisable(
    django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write_mail()
        assert mail.outbox == []
    (message,) = mail.outbox
    assert (message.to, message.subject, message.from_email, message.body) == (
        ["hote@lieu.test"],
        "Drink & co",
        settings.DEFAULT_FROM_EMAIL,
        "Oui : L’apéro d'Anna & Léo https://hub.test/espace/ [fr]\n",
    )
    task = DBTaskResult.objects.get()
    assert message.extra_headers == {
        "Message-ID": f"<{task.pk}@hub.test>",
        "Auto-Submitted": "auto-generated",
    }


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "Oui"), ("en", "Yes"), ("", "Oui"), ("xx", "Oui")]
)
def test_mail_speaks_the_recipients_language_not_the_requests(
    language: str, word: str
) -> None:
    with translation.override("br"):
        write_mail(language=language, subject=gettext_lazy("Yes"))
    run_ready_tasks(Budget(10))
    (message,) = mail.outbox
    assert (message.subject, message.body.split()[0]) == (word, word)


def test_mail_with_an_html_template_carries_both() -> None:
    write_mail(template="sample/both.txt", context={"title": "a <b> & c"})
    run_ready_tasks(Budget(10))
    (message,) = mail.outbox
    assert message.body == "a <b> & c\n"
    assert message.alternatives == [("<p>a &lt;b&gt; &amp; c</p>\n", "text/html")]


def test_several_recipients_get_a_mail_each() -> None:
    write_mail(to=["a@lieu.test", "b@lieu.test"])
    run_ready_tasks(Budget(10))
    assert [message.to for message in mail.outbox] == [["a@lieu.test"], ["b@lieu.test"]]


def test_attachment_arrives_byte_for_byte() -> None:
    write_mail(attachments=[("apero.ics", CALENDAR, "text/calendar")])
    run_ready_tasks(Budget(10))
    _body, part = mail.outbox[0].message().get_payload()
    assert part.get_content_type() == "text/calendar"
    assert part.get_filename() == "apero.ics"
    assert part.get_payload(decode=True) == CALENDAR


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Drink\nBcc: all@lieu.test"},
        {"subject": "Drink\r"},
        {"to": "hote@lieu.test\nBcc: all@lieu.test"},
        {"to": ["hote@lieu.test", "b@lieu.test\r\n"]},
        {"headers": {"List-Unsubscribe": "<https://hub.test/>\nBcc: all@lieu.test"}},
        {"headers": {"X-One\nBcc": "all@lieu.test"}},
    ],
)
def test_line_break_in_a_header_is_refused_and_nothing_is_stored(
    changes: dict[str, Any],
) -> None:
    with pytest.raises(BadHeaderError), transaction.atomic():
        write_mail(**changes)
    assert DBTaskResult.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"to": " "}, ValueError),
        ({"template": "sample/missing"}, TemplateDoesNotExist),
        (
            {"attachments": [("big.pdf", b"x" * (MAX_ATTACHED_BYTES + 1), "a/b")]},
            ValueError,
        ),
    ],
)
def test_unsendable_mail_is_refused_when_it_is_asked_for(
    changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        write_mail(**changes)
    assert DBTaskResult.objects.count() == 0


@pytest.mark.usefixtures("closed_mail_server")
def test_password_reset_answers_while_the_mail_server_is_down(
    client: Client, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    User.objects.create_user("membre@lieu.test", "mot-de-passe-provisoire")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("account_reset_password"), {"email": "membre@lieu.test"}
        )
    assert (response.status_code, response.url) == (
        302,
        reverse("account_reset_password_done"),
    )
    task = DBTaskResult.objects.get()
    assert (task.status, task.exception_class_path) == (
        "READY",
        "builtins.ConnectionRefusedError",
    )
    assert task.run_after - task.started_at < timedelta(minutes=2)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    DBTaskResult.objects.update(run_after=task.started_at)
    run_ready_tasks(Budget(10))
    (message,) = mail.outbox
    assert message.to == ["membre@lieu.test"]
    assert message.subject.startswith("[Hub] ")
    assert "/espace/mot-de-passe/nouveau/" in message.body


def test_nobody_signs_up_alone(client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {
            "email": "inconnu@ailleurs.test",
            "password1": "une-longue-phrase-de-passe",
            "password2": "une-longue-phrase-de-passe",
        },
    )
    assert User.objects.count() == 0
