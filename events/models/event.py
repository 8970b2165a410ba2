"""One date: the row that everything else hangs on (design decision D4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)
from wagtail.search import index

from cms.models import SiteImage
from cms.record_text import SOURCE_LANGUAGE, RecordTextMixin
from cms.searchable import Searchable, SearchEntry
from events.enums import CALLED_OFF, EventStatus, Visibility
from events.models.event_type import EventType
from events.models.series import Series, make_uid
from events.querysets import EventQuerySet
from network.departments import DEPARTMENT_NAMES
from network.models import Space
from network.models.space import validate_zone


class EventTag(TagBase):
    """A free keyword of dates; kept apart from the tags of resources."""

    free_tagging = True

    class Meta:
        verbose_name = _("event tag")
        verbose_name_plural = _("event tags")


class TaggedEvent(ItemBase):
    """A keyword on a date, kept with its revisions."""

    tag = models.ForeignKey(
        EventTag, on_delete=models.CASCADE, related_name="tagged_events"
    )
    content_object = ParentalKey(
        "events.Event", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Event(
    Searchable,
    RecordTextMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """One dated happening.

    Wall-clock time and zone are the truth; ``start_at`` and ``end_at`` are instants
    derived from them, half-open. The columns in ``SERVICE_OWNED`` belong to services:
    a draft never brings back what one of them held (design decision D6).
    """

    uid = models.CharField(
        max_length=255, unique=True, editable=False, default=make_uid
    )
    slug = models.SlugField(max_length=160, unique=True, null=True, editable=False)
    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("series"),
    )
    recurrence_key = models.CharField(max_length=16, blank=True, editable=False)

    title = models.CharField(_("title"), max_length=120)
    type = models.ForeignKey(
        EventType,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("type"),
    )
    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("Shown in the agenda and in calendars."),
    )
    description = models.TextField(_("description"), blank=True, max_length=5000)
    image = models.ForeignKey(
        SiteImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    tags = ClusterTaggableManager(
        through=TaggedEvent, blank=True, verbose_name=_("keywords")
    )

    start_date = models.DateField(_("first day"))
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_date = models.DateField(
        _("last day"), help_text=_("The last day itself, not the day after.")
    )
    end_time = models.TimeField(_("to"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False)
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/Paris",
        validators=[validate_zone],
    )
    start_at = models.DateTimeField(editable=False, db_index=True)
    end_at = models.DateTimeField(editable=False, db_index=True)

    host = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_events",
        verbose_name=_("organised by"),
    )
    venue = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="venue_events",
        verbose_name=_("takes place at"),
    )
    venue_name = models.CharField(_("or elsewhere: name"), max_length=120, blank=True)
    venue_street = models.CharField(_("street"), max_length=150, blank=True)
    venue_postcode = models.CharField(
        _("post code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", _("Five digits. Example: 22110"))],
    )
    venue_city = models.CharField(_("town"), max_length=80, blank=True)
    venue_latitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-90.0), MaxValueValidator(90.0)],
    )
    venue_longitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-180.0), MaxValueValidator(180.0)],
    )
    room = models.CharField(_("room"), max_length=80, blank=True)
    online_url = models.URLField(_("video link"), blank=True)
    price = models.CharField(
        _("price"),
        max_length=80,
        blank=True,
        help_text=_("In words. Example: free, or everybody pays their share"),
    )
    visibility = models.CharField(
        _("who sees it"), max_length=8, choices=Visibility, default=Visibility.PUBLIC
    )

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=EventStatus,
        default=EventStatus.CONFIRMED,
        editable=False,
    )
    cancel_reason = models.CharField(
        _("reason"), max_length=300, blank=True, editable=False
    )
    cancelled_at = models.DateTimeField(null=True, editable=False)
    previous_start_at = models.DateTimeField(null=True, editable=False)
    department = models.CharField(
        max_length=3, blank=True, editable=False, db_index=True
    )
    folded_text = models.TextField(blank=True, editable=False)

    workflow_states = GenericRelation(
        WorkflowState,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="event",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="event",
        for_concrete_model=False,
    )

    objects = EventQuerySet.as_manager()

    # Columns that services write: a revision's copy of them is never published.
    SERVICE_OWNED: ClassVar[tuple[str, ...]] = (
        "uid",
        "slug",
        "series",
        "recurrence_key",
        "status",
        "cancel_reason",
        "cancelled_at",
        "previous_start_at",
    )

    search_kind = "event"
    search_follows: ClassVar = ("venue", "type", "tags")
    translated_fields: ClassVar = ("title", "summary", "description", "price")
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
        index.FilterField("live"),
        index.FilterField("type"),
        index.FilterField("start_at"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["start_at", "pk"]
        indexes = [models.Index(fields=["live", "visibility", "start_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "recurrence_key"],
                condition=models.Q(series__isnull=False),
                name="event_series_key",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    all_day=True, start_time__isnull=True, end_time__isnull=True
                )
                | models.Q(
                    all_day=False, start_time__isnull=False, end_time__isnull=False
                ),
                name="event_all_day_or_timed",
            ),
            models.CheckConstraint(
                condition=models.Q(start_at__lt=models.F("end_at")),
                name="event_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.start_date:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return reverse("events:event", kwargs={"slug": self.slug})

    @property
    def is_called_off(self) -> bool:
        return self.status in CALLED_OFF

    @property
    def place_name(self) -> str:
        """Where it takes place: the name given for this date, else the space's."""
        if self.venue_name:
            return self.venue_name
        return self.venue.name if self.venue else ""

    @property
    def place_city(self) -> str:
        if self.venue_name or self.venue is None:
            return self.venue_city
        return self.venue.city

    @property
    def place_address(self) -> str:
        """One line: street, post code and town, of the place of this date."""
        if self.venue_name or self.venue is None:
            town = f"{self.venue_postcode} {self.venue_city}".strip()
            return ", ".join(part for part in (self.venue_street, town) if part)
        return self.venue.address

    @property
    def place_position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, where they are known."""
        if self.venue_name or self.venue is None:
            latitude, longitude = self.venue_latitude, self.venue_longitude
        else:
            latitude, longitude = self.venue.latitude, self.venue.longitude
        if latitude is None or longitude is None:
            return None
        return latitude, longitude

    def is_past(self, now: datetime.datetime) -> bool:
        return self.end_at <= now

    def search_entries(self) -> Iterable[SearchEntry]:
        if not self.live or self.visibility != Visibility.PUBLIC or not self.slug:
            return
        with override(SOURCE_LANGUAGE):
            yield SearchEntry(
                title=self.title,
                summary=self.summary,
                body=f"{self.description}\n{self.place_name} {self.place_city} "
                f"{DEPARTMENT_NAMES.get(self.department, '')}",
                language=SOURCE_LANGUAGE,
                url=self.get_absolute_url(),
                kind=self.search_kind,
                date=self.start_date,
                tags=(self.type.name, *(tag.name for tag in self.tags.all())),
                facets={"department": (self.department,)} if self.department else {},
            )

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "events/event.html"
