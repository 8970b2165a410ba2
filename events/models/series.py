"""A series: dates that come back, such as the monthly Drink & co."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)

from cms.models import ServiceEditsMixin, SiteImage
from cms.record_text import RecordTextMixin
from cms.reserved_slugs import refuse_slug
from events.domain.holidays import Territory, find_holiday, territory_of
from events.domain.recurrence import Rule, next_days
from events.domain.territories import find_territory
from events.enums import ExclusionKind, Visibility
from events.models.event_type import EventType
from events.models.placed import PlacedMixin
from events.models.programme import Programme
from events.models.recurring import RecurringMixin
from events.models.registrable import RegistrableMixin
from events.models.slugs import AGENDA_WORDS
from events.querysets import SeriesQuerySet
from network.models import Space

# A rule whose first days are all public holidays gives no others.
_ENOUGH_DAYS: Final = 24


def make_uid(key: uuid.UUID | None = None) -> str:
    """Return a globally unique calendar identifier (RFC 5545 §3.8.4.7).

    The same ``key`` gives the same one.
    """
    return f"{key or uuid.uuid4()}@{settings.ICAL_UID_DOMAIN}".upper()


class Series(
    RecordTextMixin,
    RecurringMixin,
    PlacedMixin,
    RegistrableMixin,
    ServiceEditsMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """A template and a rule; each of its dates is a row of its own.

    While it is live, services make its dates eighteen months ahead, and pass on to
    them what changes here unless it was changed on the date itself.
    """

    uid = models.CharField(
        max_length=255, unique=True, editable=False, default=make_uid
    )
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_(
            "The end of the page's address. Calendars keep it: do not change it."
        ),
    )
    title = models.CharField(_("title"), max_length=120)
    type = models.ForeignKey(
        EventType,
        on_delete=models.PROTECT,
        related_name="series",
        verbose_name=_("type"),
    )
    programme = models.ForeignKey(
        Programme,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="series",
        verbose_name=_("programme"),
        help_text=_("When the same evening is held in several places."),
    )
    rhythm_note = models.CharField(
        _("rhythm in words"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the sentence made from the rule."),
    )
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=5000)
    image = models.ForeignKey(
        SiteImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    host = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_series",
        verbose_name=_("usual host"),
    )
    is_held_at_host = models.BooleanField(
        _("held in the space that organises it"),
        default=True,
        help_text=_("Otherwise at the place given here."),
    )
    online_url = models.URLField(_("video link"), blank=True)
    online_visibility = models.CharField(
        _("who sees the video link"),
        max_length=8,
        choices=[
            (Visibility.PUBLIC.value, Visibility.PUBLIC.label),
            (Visibility.MEMBERS.value, Visibility.MEMBERS.label),
        ],
        default=Visibility.PUBLIC,
    )
    price = models.CharField(_("price"), max_length=80, blank=True)
    visibility = models.CharField(
        _("who sees it"), max_length=8, choices=Visibility, default=Visibility.PUBLIC
    )

    # The series that this one took over from, when a change began on a chosen day.
    continues = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="continued_by",
    )
    # Dates were made until this day, included.
    materialised_until = models.DateField(null=True, editable=False)

    workflow_states = GenericRelation(
        WorkflowState,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="series",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="series",
        for_concrete_model=False,
    )

    objects = SeriesQuerySet.as_manager()

    SERVICE_OWNED: ClassVar[Sequence[str]] = (
        "uid",
        "slug",
        "continues",
        "materialised_until",
        "service_edits",
    )
    # What its dates take from it, by the groups in which one date departs from it.
    TEMPLATE: ClassVar[dict[str, tuple[str, ...]]] = {
        "title": ("title",),
        "type": ("type",),
        "summary": ("summary",),
        "description": ("description",),
        "image": ("image",),
        "online": ("online_url", "online_visibility"),
        "price": ("price",),
        "visibility": ("visibility",),
        "registration": RegistrableMixin.REGISTRATION_FIELDS,
    }

    translated_fields: ClassVar = ("title", "rhythm_note", "summary", "description")
    remembers_slugs = True

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:series", kwargs={"slug": self.slug})

    def clean(self) -> None:
        super().clean()
        refuse_slug(self.slug, AGENDA_WORDS)
        if self.skips_holidays and self.rule:
            self._refuse_holidays_alone(self.rule)

    def _refuse_holidays_alone(self, rule: Rule) -> None:
        """Refuse a rule that gives nothing but days on which it pauses: each 14 July.

        Raises:
            ValidationError: as it says.
        """
        eve = rule.first_day - datetime.timedelta(days=1)
        days = next_days(rule, eve, _ENOUGH_DAYS)
        territory = self.holiday_territory
        if all(find_holiday(day, territory) for day in days):
            message = _("Each of its days is a public holiday: no date would be left.")
            raise ValidationError({"skips_holidays": message})

    def list_service_owned(self) -> Sequence[str]:
        """Before the first publication the address is still the draft's."""
        owned = self.SERVICE_OWNED
        return owned if self.was_published else [n for n in owned if n != "slug"]

    @property
    def was_published(self) -> bool:
        """True from the first publication on: links and calendars hold the address."""
        return self.pk is not None and (
            self.live or self.first_published_at is not None
        )

    @property
    def is_public(self) -> bool:
        """True while everybody may see it, as ``SeriesQuerySet.published`` says."""
        return self.live and self.visibility == Visibility.PUBLIC

    @property
    def is_called_off(self) -> bool:
        """Never: a series ends, and it is its dates that are called off."""
        return False

    @property
    def rhythm_sentence(self) -> str:
        """How it comes back: in the writer's words, else made from the rule."""
        return self.rhythm_note or self.rule_sentence

    @property
    def holiday_territory(self) -> Territory:
        """Whose public holidays count: those of the place where it is held."""
        postcode = self.place_postcode
        if self.is_held_at_host and self.host is not None:
            postcode = self.host.postcode
        return territory_of(postcode) if postcode else find_territory(self.zone)

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "series": self}

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "events/series.html"


class SeriesExclusion(models.Model):
    """A day of the rule that has no date, so that none comes back there.

    Services write it; no draft holds it. ``recurrence_key`` is the day, ``20260714``.
    """

    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="exclusions"
    )
    recurrence_key = models.CharField(max_length=16)
    kind = models.CharField(max_length=8, choices=ExclusionKind)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("day left out")
        verbose_name_plural = _("days left out")
        ordering = ["recurrence_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "recurrence_key"], name="exclusion_series_key"
            )
        ]

    def __str__(self) -> str:
        return self.recurrence_key
