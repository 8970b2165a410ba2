"""What members and moderators are told by mail while a date or a series is reviewed.

Members never enter the admin: their mails lead to the member area. Moderators' mails
lead to the admin. All are stored in the transaction of what they tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy as _, override
from wagtail.users.models import UserProfile

from cms.models import User
from cms.tasks.mail import send_mail_later
from events.models import Event
from events.wording import say_when
from network.models import SpaceMember

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise
    from wagtail.models import TaskState, WorkflowState

    from events.models import Series


def confirm_submission(draft: Event | Series, *, to: User) -> None:
    """Tell the member that the text arrived, and when the answer comes."""
    _send(
        "submitted",
        _("Received: %(title)s"),
        draft,
        to=[to],
        url=_member_url(draft),
        days=settings.MODERATION_DAYS,
    )


def call_moderators(task_state: TaskState) -> None:
    """Tell who may approve that a text waits; whoever refused such mails is spared."""
    draft = task_state.revision.as_object()
    moderators = User.objects.filter(
        groups__in=task_state.task.specific.groups.all(), is_active=True
    ).distinct()
    _send(
        "to_review",
        _("To review: %(title)s"),
        draft,
        to=[
            person
            for person in moderators
            if UserProfile.get_for_user(person).submitted_notifications
        ],
        url=_admin_url(draft),
        days=settings.MODERATION_DAYS,
    )


def announce_approval(state: WorkflowState, *, record: Event | Series) -> None:
    """Tell who submitted the text that it is published."""
    _answer("approved", _("Published: %(title)s"), state, record)


def announce_rejection(state: WorkflowState) -> None:
    """Tell who submitted the text what the moderator asks for."""
    task_state = state.current_task_state
    _answer(
        "rejected",
        _("To take up again: %(title)s"),
        state,
        task_state.revision.as_object(),
        comment=task_state.comment,
    )


def announce_return(state: WorkflowState) -> None:
    """Tell who submitted the text that a moderator ended the review without answer."""
    record = state.content_object
    _answer("returned", _("Back in your drafts: %(title)s"), state, record)


def _answer(
    name: str,
    subject: StrOrPromise,
    state: WorkflowState,
    record: Event | Series,
    **values: Any,
) -> None:
    speakers = _list_speakers(record)
    asker = state.requested_by
    if asker in speakers:
        speakers = [asker]
    elif asker is not None and asker.has_perm("wagtailadmin.access_admin"):
        _send(name, subject, record, to=[asker], url=_admin_url(record), **values)
        return
    # Whoever left the space is not written to; those who stayed are.
    _send(name, subject, record, to=speakers, url=_member_url(record), **values)


def _list_speakers(record: Event | Series) -> list[User]:
    links = SpaceMember.objects.current(timezone.localdate()).filter(space=record.host)
    return list(
        User.objects.filter(pk__in=links.values("user"), is_active=True).order_by("pk")
    )


def _send(
    name: str,
    subject: StrOrPromise,
    record: Event | Series,
    *,
    to: Iterable[User],
    url: str,
    **values: Any,
) -> None:
    language = settings.LANGUAGE_CODE
    with override(language):
        title = " ".join(record.title.split())
        is_series = not isinstance(record, Event)
        if is_series:
            title = gettext("the series “%(title)s”") % {"title": title}
        send_mail_later(
            to=[person.email for person in to],
            subject=subject % {"title": title},
            template=f"events/mail/{name}.txt",
            context={
                "record": record,
                "is_series": is_series,
                "when": _say_when(record),
                "url": f"{settings.SITE_URL}{url}",
                **values,
            },
            language=language,
        )


def _say_when(record: Event | Series) -> str:
    if isinstance(record, Event):
        return say_when(record)
    return capfirst(record.rhythm_sentence)


def _member_url(record: Event | Series) -> str:
    is_event = isinstance(record, Event)
    name = "member_events:event" if is_event else "member_series:series"
    with override(settings.LANGUAGE_CODE):
        return reverse(name, args=[record.pk])


def _admin_url(record: Event | Series) -> str:
    name = f"wagtailsnippets_events_{record._meta.model_name}:edit"
    return reverse(name, args=[record.pk])
