"""Where a record stands between its draft and what the public reads, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.models import WorkflowState


class ModeratedQuerySet(models.QuerySet[Any]):
    """What members write and moderators read."""

    def with_publication(self) -> Self:
        """Fetch, in one query more, the workflow that ``Publication.of`` reads."""
        return self.prefetch_related(
            models.Prefetch(
                "workflow_states",
                queryset=WorkflowState.objects.active().select_related(
                    "current_task_state"
                ),
                # The name that Wagtail's own properties read.
                to_attr="_current_workflow_states",
            )
        )


class Stage(models.TextChoices):
    """How far a text has come."""

    DRAFT = "draft", _("Draft")
    IN_MODERATION = "in_moderation", _("Being reviewed")
    TO_REVISE = "to_revise", _("To take up again")
    PUBLISHED = "published", _("Published")


@dataclass(frozen=True, slots=True)
class Publication:
    """The stage of one record.

    Attributes:
        is_live: the public reads a text of it.
        has_draft: the latest text is not the one that the public reads.
        since: when it was sent for review, while it waits.
        comment: what the moderator asks for, when the text came back.
    """

    stage: str
    is_live: bool
    has_draft: bool
    since: datetime.datetime | None = None
    comment: str = ""

    @classmethod
    def of(cls, record: Any) -> Self:
        """Read the stage; no query after ``with_publication`` of its queryset."""
        state = record.current_workflow_state
        common = {
            "is_live": record.live,
            "has_draft": record.has_unpublished_changes or not record.live,
        }
        if state is not None and state.current_task_state is not None:
            task_state = state.current_task_state
            if state.status == WorkflowState.STATUS_IN_PROGRESS:
                return cls(Stage.IN_MODERATION, since=task_state.started_at, **common)
            return cls(Stage.TO_REVISE, comment=task_state.comment, **common)
        return cls(Stage.PUBLISHED if record.live else Stage.DRAFT, **common)

    @property
    def label(self) -> str:
        """The stage in one sentence."""
        if self.stage == Stage.IN_MODERATION and self.since:
            day = {"day": date_format(timezone.localtime(self.since), "j F")}
            if self.is_live:
                return gettext("Published; changes being reviewed since %(day)s") % day
            return gettext("Being reviewed since %(day)s") % day
        if self.stage == Stage.TO_REVISE and self.is_live:
            return gettext("Published; changes to take up again")
        if self.stage == Stage.PUBLISHED and self.has_draft:
            return gettext("Published; changes in draft")
        return str(Stage(self.stage).label)

    @property
    def is_editable(self) -> bool:
        return self.stage != Stage.IN_MODERATION

    @property
    def can_be_sent(self) -> bool:
        """True while there is a text to publish or to send for review."""
        return self.is_editable and self.has_draft
