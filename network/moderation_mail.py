"""What members and moderators are told by mail while a record of a space is reviewed.

Members never enter the admin: their mails lead to the member area. Moderators' mails
lead to the admin. All are stored in the transaction of what they tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override
from wagtail.users.models import UserProfile

from cms.models import User
from cms.tasks.mail import send_mail_later
from network.models import SpaceMember

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise
    from wagtail.models import TaskState, WorkflowState

    from network.models import Space


class ModerationMail:
    """A ``cms.moderation.ModerationTeller``; a room says what its records are.

    ``templates`` is filled with the name of each mail: submitted, to_review, approved,
    rejected, returned. They read ``record``, ``url``, ``days`` and ``describe``'s.
    """

    templates: ClassVar[str]

    def get_space(self, record: Any) -> Space | None:
        """Return the space whose members are written to."""
        raise NotImplementedError

    def get_member_url(self, record: Any) -> str:
        """Return the path of the record's page in the member area."""
        raise NotImplementedError

    def name(self, record: Any) -> str:
        """Return what a subject calls it, on one line."""
        return " ".join(record.title.split())

    def describe(self, record: Any) -> dict[str, Any]:
        """Return what the templates read besides."""
        return {}

    def confirm_submission(self, draft: Any, *, to: User) -> None:
        """Tell the member that the text arrived, and when the answer comes."""
        self.send(
            "submitted",
            _("Received: %(title)s"),
            draft,
            to=[to],
            url=self.get_member_url(draft),
            days=settings.MODERATION_DAYS,
        )

    def call_moderators(self, task_state: TaskState) -> None:
        """Tell who may approve that a text waits; who refused such mails is spared."""
        draft = task_state.revision.as_object()
        moderators = User.objects.filter(
            groups__in=task_state.task.specific.groups.all(), is_active=True
        ).distinct()
        self.send(
            "to_review",
            _("To review: %(title)s"),
            draft,
            to=[
                person
                for person in moderators
                if UserProfile.get_for_user(person).submitted_notifications
            ],
            url=get_admin_url(draft),
            days=settings.MODERATION_DAYS,
        )

    def announce_approval(self, state: WorkflowState, *, record: Any) -> None:
        """Tell who submitted the text that it is published."""
        self._answer("approved", _("Published: %(title)s"), state, record)

    def announce_rejection(self, state: WorkflowState) -> None:
        """Tell who submitted the text what the moderator asks for."""
        task_state = state.current_task_state
        self._answer(
            "rejected",
            _("To take up again: %(title)s"),
            state,
            task_state.revision.as_object(),
            comment=task_state.comment,
        )

    def announce_return(self, state: WorkflowState) -> None:
        """Tell who submitted the text that a moderator ended the review, no more."""
        record = state.content_object
        self._answer("returned", _("Back in your drafts: %(title)s"), state, record)

    def send(
        self,
        name: str,
        subject: StrOrPromise,
        record: Any,
        *,
        to: Iterable[User],
        url: str,
        **values: Any,
    ) -> None:
        """Store one mail for each of ``to``; ``subject`` holds ``%(title)s``."""
        language = settings.LANGUAGE_CODE
        with override(language):
            send_mail_later(
                to=[person.email for person in to],
                subject=subject % {"title": self.name(record)},
                template=self.templates % name,
                context={
                    "record": record,
                    "url": f"{settings.SITE_URL}{url}",
                    **self.describe(record),
                    **values,
                },
                language=language,
            )

    def _answer(
        self,
        name: str,
        subject: StrOrPromise,
        state: WorkflowState,
        record: Any,
        **values: Any,
    ) -> None:
        speakers = list_speakers(self.get_space(record))
        asker = state.requested_by
        url = self.get_member_url(record)
        if asker in speakers:
            speakers = [asker]
        elif asker is not None and asker.has_perm("wagtailadmin.access_admin"):
            speakers, url = [asker], get_admin_url(record)
        # Whoever left the space is not written to; those who stayed are.
        self.send(name, subject, record, to=speakers, url=url, **values)


def list_speakers(space: Space | None) -> list[User]:
    """Return who speaks for ``space`` today and has an account in use; one query."""
    links = SpaceMember.objects.current(timezone.localdate()).filter(space=space)
    return list(
        User.objects.filter(pk__in=links.values("user"), is_active=True).order_by("pk")
    )


def get_admin_url(record: Any) -> str:
    """Return the path where moderators read a record."""
    options = record._meta
    name = f"wagtailsnippets_{options.app_label}_{options.model_name}:edit"
    return reverse(name, args=[record.pk])
