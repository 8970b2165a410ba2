"""What people are told by mail of their registration.

Each mail is stored in the transaction of what it tells, in the language the person
registered in. None repeats words typed by somebody whose address is not confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override

from cms.tasks.mail import send_mail_later
from events import wording
from events.calendar_file import write_event_file
from events.services.registration.places import count_before
from events.services.registration.tokens import find_deadline, manage_url
from network.models import SpaceMember

if TYPE_CHECKING:
    import datetime

    from django_stubs_ext import StrOrPromise

    from cms.tasks.mail import Attachment
    from events.models import Event, Registration


def ask_to_confirm(registration: Registration) -> None:
    """Ask the owner of the address whether they come."""
    event = registration.event
    deadline = find_deadline(event, registration)
    with override(registration.language):
        until = wording.say_instant(deadline, event.tzinfo)
    _send(
        "registration_to_confirm",
        _("To confirm: %(title)s"),
        registration,
        until=until,
    )


def tell_confirmed(registration: Registration, *, now: datetime.datetime) -> None:
    """Tell that a place is theirs, with the date as a calendar file."""
    _send_place(
        "registration_confirmed", _("You are coming: %(title)s"), registration, now=now
    )


def tell_promoted(registration: Registration, *, now: datetime.datetime) -> None:
    """Tell who waited that a place is theirs, with the date as a calendar file."""
    _send_place(
        "registration_promoted",
        _("A place for you: %(title)s"),
        registration,
        now=now,
    )


def tell_waiting(registration: Registration) -> None:
    """Tell the rank on the waiting list."""
    _send(
        "registration_waiting",
        _("On the waiting list: %(title)s"),
        registration,
        rank=count_before(registration) + 1,
    )


def tell_cancelled(registration: Registration, *, by_organiser: bool) -> None:
    """Tell that the registration is cancelled, by themselves or by the organiser."""
    _send(
        "registration_cancelled",
        _("Registration cancelled: %(title)s"),
        registration,
        by_organiser=by_organiser,
    )


def remind(registration: Registration) -> None:
    """Tell whoever registers again that they are on the list, with their link."""
    _send(
        "registration_reminder",
        _("Your registration: %(title)s"),
        registration,
    )


def find_video_link(
    event: Event, registration: Registration, *, now: datetime.datetime
) -> str:
    """Return the video link if this person may have it; one query for a member.

    A confirmed registration opens no link that is kept for members.
    """
    if not event.online_url or event.has_public_link:
        return event.online_url
    user = registration.user
    if user is None:
        return ""
    links = SpaceMember.objects.current(timezone.localdate(now)).filter(user=user)
    return event.online_url if user.is_staff or links.exists() else ""


def _send_place(
    name: str,
    subject: StrOrPromise,
    registration: Registration,
    *,
    now: datetime.datetime,
) -> None:
    event = registration.event
    online_url = find_video_link(event, registration, now=now)
    content = write_event_file(
        event, language=registration.language, online_url=online_url, now=now
    )
    _send(
        name,
        subject,
        registration,
        attachments=[(f"{event.slug or 'date'}.ics", content, "text/calendar")],
        online_url=online_url,
    )


def _send(
    name: str,
    subject: StrOrPromise,
    registration: Registration,
    attachments: list[Attachment] | None = None,
    **values: Any,
) -> None:
    event = registration.event
    with override(registration.language):
        text = event.text_in(registration.language)
        title = " ".join(text.title.split())
        send_mail_later(
            to=registration.email,
            subject=subject % {"title": title},
            template=f"events/mail/{name}.txt",
            context={
                "event": event,
                "title": title,
                "registration": registration,
                "url": manage_url(registration),
                **values,
            },
            language=registration.language,
            attachments=attachments or [],
        )
