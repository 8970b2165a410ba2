"""One date: the row that everything else hangs on (design decision D4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
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

from cms.folding import fold_to_words
from cms.models import ServiceEditsMixin, SiteImage
from cms.record_text import SOURCE_LANGUAGE, RecordTextMixin
from cms.searchable import Searchable, SearchEntry
from events.enums import CALLED_OFF, EventStatus, Visibility
from events.models.dated import DatedMixin
from events.models.event_type import EventType
from events.models.placed import PlacedMixin
from events.models.registrable import RegistrableMixin
from events.models.series import Series, make_uid
from events.models.slugs import find_free_slug
from events.querysets import EventQuerySet
from network.departments import DEPARTMENT_NAMES, find_department
from network.models import Space


class EventTag(TagBase):
    """A free keyword of dates; kept apart from the tags of resources."""

    free_tagging = True
    remembers_slugs = True

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
    DatedMixin,
    PlacedMixin,
    RegistrableMixin,
    ServiceEditsMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """One dated happening.

    The columns in ``SERVICE_OWNED`` belong to services: a draft never brings back
    what one of them held (design decision D6). Those in ``DERIVED`` follow from the
    others at each save. A live date has a slug; it gets it when it first goes live.
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

    host = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_events",
        verbose_name=_("organised by"),
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
    # The groups of ``Series.TEMPLATE``, and “when”, “where” and “host”, that were
    # changed on this date: its series no longer writes them.
    overridden_fields = models.JSONField(default=list, editable=False)
    # Whose turn the rota made it; None on a date that takes nobody's turn.
    rota_host = models.ForeignKey(
        Space, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    host_is_chosen = models.BooleanField(default=False, editable=False)
    host_reminded_at = models.DateTimeField(null=True, editable=False)
    # It follows a calendar kept elsewhere: nobody writes it here.
    is_mirrored = models.BooleanField(default=False, editable=False)
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

    SERVICE_OWNED: ClassVar[Sequence[str]] = (
        "uid",
        "slug",
        "series",
        "recurrence_key",
        "status",
        "cancel_reason",
        "cancelled_at",
        "previous_start_at",
        "overridden_fields",
        "rota_host",
        "host_is_chosen",
        "host_reminded_at",
        "is_mirrored",
        "service_edits",
    )
    # Columns that make sense together: a service that writes one notes them all.
    WHEN: ClassVar[Sequence[str]] = DatedMixin.WALL_CLOCK
    WHERE: ClassVar[Sequence[str]] = PlacedMixin.PLACE

    # Columns that ``save`` also computes from what the space of this date says.
    TEXTS_FROM_ELSEWHERE: ClassVar[Sequence[str]] = ("department", "folded_text")

    DERIVED: ClassVar[Sequence[str]] = (
        "start_at",
        "end_at",
        "department",
        "folded_text",
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
            models.CheckConstraint(
                condition=models.Q(live=False) | models.Q(slug__isnull=False),
                name="event_live_has_slug",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.start_date:%Y-%m-%d})"

    def full_clean(
        self, exclude: Iterable[str] | None = None, *args: Any, **kwargs: Any
    ) -> None:
        # A slug is given while saving; nobody types one.
        super().full_clean({*(exclude or ()), "slug"}, *args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None or set(self.TEXTS_FROM_ELSEWHERE).intersection(fields):
            self.derive_texts()
        if fields is None and self.live and not self.slug:
            self.slug = find_free_slug(self)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address, or an empty text while the date has none."""
        if not self.slug:
            return ""
        return reverse("events:event", kwargs={"slug": self.slug})

    @property
    def is_public(self) -> bool:
        """True while everybody may see it, as ``EventQuerySet.published`` says."""
        return self.live and self.visibility == Visibility.PUBLIC

    @property
    def has_public_link(self) -> bool:
        """True when whoever reads of the date may have its video link.

        That of a date for members is for members, however it came to be stored.
        """
        audience = {self.visibility, self.online_visibility}
        return bool(self.online_url) and audience == {Visibility.PUBLIC}

    @property
    def tag_names(self) -> list[str]:
        """Its keywords in order; no query once ``tagged_items__tag`` is prefetched."""
        return sorted(item.tag.name for item in self.tagged_items.all())

    @property
    def is_called_off(self) -> bool:
        return self.status in CALLED_OFF

    def list_sources(self) -> list[Any]:
        """Return the spaces' calendars that give it, the oldest first; one query."""
        sources = self.imported_from.filter(feed__isnull=False)
        return list(sources.select_related("space").order_by("pk"))

    def search_entries(self) -> Iterable[SearchEntry]:
        if not self.is_public:
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
                tags=(self.type.name, *self.tag_names),
                facets={"department": (self.department,)} if self.department else {},
            )

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "event": self}

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "events/event.html"

    def derive_texts(self) -> None:
        """Set the columns that follow from the texts of the date and of its place."""
        self.department = find_department(self.place_postcode)
        words = [self.title, self.summary, self.place_name, self.place_city]
        words += self.tag_names
        self.folded_text = fold_to_words(" ".join(words))
