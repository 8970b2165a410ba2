"""Telling people what changed on a date they hold.

One mail for each registration, in its language, with the date as a calendar file; one
to the host's members when somebody else changed it. Mails are stored in the
transaction of the change. What several changes inside ``gather_announcements`` do to
one date is told once, from what people knew before to what stands at the end.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cms.models import User
from cms.tasks.mail import send_mail_later
from events.calendar_file import write_event_file
from events.change_wording import is_announced, list_changes, name_change
from events.enums import EventStatus, RegistrationStatus
from events.models import Event
from events.services.registration.mail import find_video_link
from events.services.registration.tokens import manage_url
from events.services.speaking import is_speaker
from network.models import SpaceMember

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from cms.tasks.mail import Attachment
    from events.models import Registration


@dataclass(frozen=True, slots=True)
class DateChange:
    """What people knew of a date, and who changed it.

    Attributes:
        before: the row as it was, ``copy.copy`` of it or read before the change.
        by: the person; None when the change came from the date's series, or when
            nobody knows.
    """

    before: Event
    by: User | None = None


@dataclass(frozen=True, slots=True)
class _Announcement:
    event: Event
    change: DateChange
    now: datetime.datetime
    reason: str


_gathered: ContextVar[dict[int, _Announcement] | None] = ContextVar(
    "gathered", default=None
)


@contextmanager
def gather_announcements() -> Iterator[None]:
    """Announce what the block does to each date once, when the block ends.

    Stands inside the transaction: after an error in the block nothing is announced.
    A block inside another one adds to it.
    """
    if _gathered.get() is not None:
        yield
        return
    gathered: dict[int, _Announcement] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    for announcement in gathered.values():
        _announce(announcement)


def announce_change(
    event: Event, change: DateChange, *, now: datetime.datetime, reason: str = ""
) -> None:
    """Tell who registered for ``event``, and its host, how it differs from before.

    ``event`` is the row as it stands, after ``refresh_calendar_state``. ``reason`` is
    a sentence in the site's language, for a change that is not on the row. A change
    that nobody would notice is not announced, nor one of a date that is over. Costs
    three queries, and for each language and each mail a few. A video link goes to
    whom the confirmation gave it.
    """
    announcement = _Announcement(event, change, now, reason)
    gathered = _gathered.get()
    if gathered is None:
        _announce(announcement)
        return
    if first := gathered.get(event.pk):
        change = replace(change, before=first.change.before)
        announcement = replace(
            announcement, change=change, reason=reason or first.reason
        )
    gathered[event.pk] = announcement


def count_told(event: Event) -> int:
    """Return how many registrations a change of ``event`` is mailed to; one query."""
    return event.registrations.current().count()


def _announce(announcement: _Announcement) -> None:
    event, before = announcement.event, announcement.change.before
    if event.is_past(announcement.now) and before.is_past(announcement.now):
        return
    if not list_changes(before, event):
        return
    _tell_registrations(announcement)
    _tell_host(announcement)


def _tell_registrations(announcement: _Announcement) -> None:
    event, now = announcement.event, announcement.now
    known: dict[tuple[str, str], tuple[dict[str, Any], list[Attachment]]] = {}
    for registration in event.registrations.current().order_by("pk"):
        language = registration.language
        online_url = _find_video_link(event, registration, now=now)
        if (language, online_url) not in known:
            file = _write_file(event, language, online_url=online_url, now=now)
            known[language, online_url] = _describe(announcement, language), [file]
        context, attachments = known[language, online_url]
        send_mail_later(
            to=registration.email,
            subject=context["subject"],
            template="events/mail/date_changed.txt",
            context={
                **context,
                "registration": registration,
                "online_url": online_url if is_announced(event) else "",
                "manage_url": manage_url(registration),
            },
            language=language,
            attachments=attachments,
        )


def _tell_host(announcement: _Announcement) -> None:
    """Tell the host's members, unless the change is one of theirs."""
    event, change = announcement.event, announcement.change
    if change.by is not None and is_speaker(
        change.by, event.host, now=announcement.now
    ):
        return
    today = timezone.localdate(announcement.now)
    links = SpaceMember.objects.current(today).filter(space=event.host_id)
    people = User.objects.filter(pk__in=links.values("user"), is_active=True)
    language = settings.LANGUAGE_CODE
    context = _describe(announcement, language)
    with override(language):
        path = reverse("member_events:event", args=[event.pk])
    send_mail_later(
        to=[person.email for person in people.order_by("pk")],
        subject=context["subject"],
        template="events/mail/date_changed_host.txt",
        context={
            **context,
            "url": f"{settings.SITE_URL}{path}",
            "told": count_told(event),
        },
        language=language,
    )


def _describe(announcement: _Announcement, language: str) -> dict[str, Any]:
    event, before = announcement.event, announcement.change.before
    known = dict(settings.LANGUAGES)
    with override(language if language in known else settings.LANGUAGE_CODE):
        # What people know it by.
        title = " ".join(before.text_in(language).title.split())
        return {
            "event": event,
            "title": title,
            "subject": name_change(before, event) % {"title": title},
            "changes": list_changes(before, event),
            "reason": announcement.reason
            or (event.cancel_reason if event.is_called_off else ""),
            "date_url": _public_url(event),
        }


def _find_video_link(
    event: Event, registration: Registration, *, now: datetime.datetime
) -> str:
    """The link that the confirmation gives; whoever waits has had none yet."""
    if registration.status != RegistrationStatus.CONFIRMED:
        return ""
    return find_video_link(event, registration, now=now)


def _write_file(
    event: Event, language: str, *, online_url: str, now: datetime.datetime
) -> Attachment:
    shown = event
    if not event.live and not event.is_called_off:
        # Withdrawn: to whoever holds it, that is cancelled.
        shown = copy(event)
        shown.status = EventStatus.CANCELLED
    content = write_event_file(shown, language=language, online_url=online_url, now=now)
    return f"{event.slug or 'date'}.ics", content, "text/calendar"


def _public_url(event: Event) -> str:
    """The page, while there is one for whoever holds a registration."""
    if not event.live:
        return ""
    return f"{settings.SITE_URL}{event.get_absolute_url()}"
