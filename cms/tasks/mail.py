"""Mail: written when it is asked for, stored in the transaction, sent by a task.

A mail server that is down therefore never shows in an answer: the task is retried.
"""

from __future__ import annotations

import base64
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation
from django_tasks import task
from django_tasks.base import TaskContext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.core.mail import EmailMessage
    from django.template import Template
    from django.utils.functional import Promise

    # As Django's `EmailMessage.attach`: file name, content, MIME type.
    Attachment = tuple[str, bytes, str]

MAX_ATTACHED_BYTES = 512 * 1024

_is_held_back: ContextVar[bool] = ContextVar("is_held_back", default=False)


@contextmanager
def hold_back_mail() -> Iterator[None]:
    """Store no mail while the block runs: what is loaded is nobody's news."""
    token = _is_held_back.set(True)
    try:
        yield
    finally:
        _is_held_back.reset(token)


def send_mail_later(
    *,
    to: str | Iterable[str],
    subject: str | Promise,
    template: str,
    context: Mapping[str, Any],
    language: str,
    attachments: Iterable[Attachment] = (),
    headers: Mapping[str, str] | None = None,
) -> None:
    """Write a mail in the recipient's language and send it after the commit.

    Args:
        to: one address or several; each gets a mail of its own, so that nobody sees
            the others' addresses.
        subject: plain, or lazily translated, which is then read in ``language``.
        template: ``room/mail/name.txt`` (the suffix may be left out); where
            ``room/mail/name.html`` exists too, the mail carries both. Text is not
            escaped for HTML.
        context: what the templates read, besides ``site_url`` (scheme and host, no
            closing slash) and ``language``.
        language: an unknown or empty one means the site's own.
        attachments: (file name, bytes, MIME type), 512 KiB in all.
        headers: more headers, such as ``List-Unsubscribe``.

    Raises:
        BadHeaderError: a line break in the subject, in an address or in a header.
        ValueError: an empty address, or attachments too large.
        TemplateDoesNotExist: there is no text template.
    """
    known = dict(settings.LANGUAGES)
    language = language if language in known else settings.LANGUAGE_CODE
    name = template.removesuffix(".txt")
    with translation.override(language):
        values = {"site_url": settings.SITE_URL, "language": language, **context}
        text = _render(f"{name}.txt", values, autoescape=False)
        try:
            html = _render(f"{name}.html", values, autoescape=True)
        except TemplateDoesNotExist:
            html = ""
        read_subject = str(subject)
    for recipient in [to] if isinstance(to, str) else to:
        _store(
            to=[recipient],
            subject=read_subject,
            text=text,
            html=html,
            attachments=attachments,
            headers=headers or {},
        )


def send_message_later(message: EmailMessage) -> None:
    """Store a message that another library wrote, to be sent after the commit.

    Keeps its recipients, subject, text and HTML form; the sender is always ours.

    Raises:
        BadHeaderError, ValueError: as `send_mail_later`.
    """
    alternatives = getattr(message, "alternatives", [])
    forms = {mimetype: content for content, mimetype in alternatives}
    _store(
        to=message.to,
        subject=str(message.subject),
        text=str(message.body),
        html=forms.get("text/html", ""),
        attachments=(),
    )


def _render(name: str, values: dict[str, Any], *, autoescape: bool) -> str:
    # Django's own template, under the loader's wrapper, which always escapes.
    template = cast("Template", getattr(get_template(name), "template"))  # noqa: B009
    return template.render(Context(values, autoescape=autoescape)).strip() + "\n"


def _store(
    *,
    to: list[str],
    subject: str,
    text: str,
    html: str,
    attachments: Iterable[Attachment],
    headers: Mapping[str, str] | None = None,
) -> None:
    more = dict(headers or {})
    for header in (subject, *to, *more, *more.values()):
        if len(header.splitlines()) > 1 or header != header.rstrip("\r\n"):
            raise BadHeaderError(f"Line break in a mail header: {header!r}")
    if not to or not all(address.strip() for address in to):
        raise ValueError("A mail needs an address.")
    if _is_held_back.get():
        return
    attached = list(attachments)
    if sum(len(content) for _name, content, _type in attached) > MAX_ATTACHED_BYTES:
        raise ValueError(f"Attachments exceed {MAX_ATTACHED_BYTES} bytes.")
    deliver_mail.enqueue(
        message={
            "to": to,
            "subject": subject,
            "text": text,
            "html": html,
            "headers": more,
            "attachments": [
                {
                    "name": name,
                    "content": base64.b64encode(content).decode("ascii"),
                    "type": mimetype,
                }
                for name, content, mimetype in attached
            ],
        }
    )


@task(takes_context=True, priority=10)
def deliver_mail(context: TaskContext, message: dict[str, Any]) -> None:
    """Hand a stored mail to the mail server.

    Its Message-ID is the task's: a mail sent again because the process was killed
    before it could say so is the same mail to those who receive it.
    """
    domain = urlsplit(settings.SITE_URL).hostname
    mail = EmailMultiAlternatives(
        subject=message["subject"],
        body=message["text"],
        to=message["to"],
        headers={
            "Message-ID": f"<{context.task_result.id}@{domain}>",
            # RFC 3834 section 5: keeps out-of-office answers away.
            "Auto-Submitted": "auto-generated",
            # A mail stored by an earlier release has none.
            **message.get("headers", {}),
        },
    )
    if message["html"]:
        mail.attach_alternative(message["html"], "text/html")
    for attachment in message["attachments"]:
        content = base64.b64decode(attachment["content"])
        mail.attach(attachment["name"], content, attachment["type"])
    mail.send()
