"""Minutes of a meeting: what was said, question by question, and who was there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    Revision,
    RevisionMixin,
)

from cms.models import ServiceOwnedMixin
from events.domain.links import UnreadableLink, read_links, split_links
from events.enums import Visibility
from events.models.event import Event
from events.models.series import Series
from events.querysets import MinutesQuerySet
from network.models import Space


class Minutes(
    ServiceOwnedMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """What was said at one date; its visibility is its own.

    Revisions tell who wrote what. Decisions are records of their own
    (``events.models.decision``).
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, related_name="minutes", verbose_name=_("event")
    )
    edition = models.PositiveIntegerField(
        _("edition number"),
        null=True,
        blank=True,
        help_text=_("Of the series. Example: 2 for “CoopCoworking n° 2”"),
    )
    # Where editions are counted: the first of the series that continue one another.
    numbered_in = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    introduction = models.TextField(_("introduction"), blank=True, max_length=2000)
    visibility = models.CharField(
        _("who reads it"), max_length=8, choices=Visibility, default=Visibility.PUBLIC
    )

    revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="minutes",
        for_concrete_model=False,
    )

    objects = MinutesQuerySet.as_manager()

    SERVICE_OWNED: ClassVar[Sequence[str]] = ("event", "edition", "numbered_in")

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-event__start_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["numbered_in", "edition"], name="minutes_edition_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.event)

    def get_absolute_url(self) -> str:
        """Return their place on the page of the date; "" while it has none."""
        url = self.event.get_absolute_url()
        return f"{url}#compte-rendu" if url else ""

    @property
    def is_public(self) -> bool:
        """True while everybody may read them, as ``MinutesQuerySet.published`` says."""
        return (
            self.live and self.visibility == Visibility.PUBLIC and self.event.is_public
        )

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        return {**context, "event": self.event, "minutes": self}

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "events/event.html"


class MinutesTheme(Orderable):
    """One question of the meeting and what was said.

    ``links`` holds one link a line: its words, then its address. Rows come and go with
    publications: ``key`` is what decisions know the question by.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    minutes = ParentalKey(Minutes, on_delete=models.CASCADE, related_name="themes")
    question = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("what was said"), blank=True, max_length=5000)
    links = models.TextField(
        _("links"),
        blank=True,
        max_length=2000,
        help_text=_("One a line: its words, then its address."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.question

    def clean(self) -> None:
        super().clean()
        try:
            read_links(self.links)
        except UnreadableLink as error:
            message = _(
                "“%(line)s”: write the words, then the whole address, https:// included."
            )
            raise ValidationError(
                {"links": ValidationError(message, params={"line": error.line[:60]})}
            ) from None

    @property
    def link_list(self) -> list[tuple[str, str]]:
        """(words, address) of each line; no address where the line has no safe one."""
        return split_links(self.links)


class Attendee(models.Model):
    """A person who was there, shown to the members of the network alone."""

    minutes = models.ForeignKey(
        Minutes, on_delete=models.CASCADE, related_name="attendees"
    )
    name = models.CharField(_("name"), max_length=120)
    space = models.ForeignKey(
        Space,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("space"),
    )

    class Meta:
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
