"""A coworking space or tiers-lieu, open or planned."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
)
from wagtail.search import index

from cms.folding import fold
from cms.models import ServiceOwnedMixin, SiteImage
from cms.record_text import SOURCE_LANGUAGE, RecordTextMixin
from cms.searchable import Searchable, SearchEntry
from network.departments import DEPARTMENT_NAMES, find_department
from network.domain.opening_hours import DAY_NAMES, UnreadableHours, Week, parse_day
from network.domain.sort_key import make_sort_key
from network.enums import LegalForm, PriceUnit, SpaceKind, SpaceStatus
from network.querysets import SpaceQuerySet

if TYPE_CHECKING:
    from django.http import HttpRequest


@cache
def list_zones() -> frozenset[str]:
    """Return the names of all zones, read once: it walks a folder of the disk."""
    return frozenset(zoneinfo.available_timezones())


def validate_zone(name: str) -> None:
    """Refuse what is not an IANA time zone.

    Raises:
        ValidationError: the zone is unknown.
    """
    if name not in list_zones():
        raise ValidationError(_("This is not a time zone. Example: Europe/Paris"))


class Space(
    Searchable,
    RecordTextMixin,
    ServiceOwnedMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A place of the network, with what a visitor asks before coming."""

    if TYPE_CHECKING:
        # The rows of ``network.models.space_parts``; a list replaces them.
        kinds: Any
        services: Any
        prices: Any

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_(
            "The end of the page's address. Calendars keep it: do not change it."
        ),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=SpaceStatus, default=SpaceStatus.OPEN
    )
    legal_form = models.CharField(
        _("legal form"), max_length=12, choices=LegalForm, blank=True
    )
    summary = models.CharField(
        _("in one sentence"),
        max_length=200,
        blank=True,
        help_text=_("Shown in lists. Example: twelve desks above the harbour."),
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

    street = models.CharField(_("street"), max_length=150, blank=True)
    postcode = models.CharField(
        _("post code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", _("Five digits. Example: 22110"))],
    )
    city = models.CharField(_("town"), max_length=80, blank=True)
    department = models.CharField(
        _("department"), max_length=3, blank=True, editable=False, db_index=True
    )
    folded_text = models.TextField(blank=True, editable=False)
    sort_key = models.CharField(
        max_length=100, blank=True, editable=False, db_index=True
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90.0), MaxValueValidator(90.0)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180.0), MaxValueValidator(180.0)],
    )
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/Paris",
        validators=[validate_zone],
    )
    access = models.TextField(_("how to come"), blank=True, max_length=1000)
    accessibility = models.TextField(
        _("accessibility"),
        blank=True,
        max_length=1000,
        help_text=_(
            "Entrance, toilets, hearing loop, a quiet corner: say what is there."
        ),
    )

    opened_on = models.DateField(_("open since"), null=True, blank=True)
    opening_planned = models.CharField(
        _("opening planned"),
        max_length=60,
        blank=True,
        help_text=_("For a planned space. Example: spring 2027"),
    )
    opening_hours = models.JSONField(_("opening hours"), default=dict, blank=True)
    surface_m2 = models.PositiveIntegerField(_("surface in m²"), null=True, blank=True)
    permanent_desks = models.PositiveIntegerField(
        _("permanent desks"), null=True, blank=True
    )
    day_desks = models.PositiveIntegerField(_("desks for a day"), null=True, blank=True)
    training_seats = models.PositiveIntegerField(
        _("training seats"), null=True, blank=True
    )
    meeting_rooms = models.PositiveIntegerField(
        _("meeting rooms"), null=True, blank=True
    )

    email = models.EmailField(
        _("public e-mail"),
        blank=True,
        help_text=_("An address of the space, not of a person."),
    )
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)

    is_trusted = models.BooleanField(
        _("publishes without moderation"),
        default=False,
        help_text=_("Dates that its members publish appear at once."),
    )

    revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="space",
        for_concrete_model=False,
    )

    objects = SpaceQuerySet.as_manager()

    # What a draft never brings back (design decision D6): the address, once calendars
    # and links hold it, and the network's word on who publishes alone.
    SERVICE_OWNED: ClassVar[Sequence[str]] = ("slug", "is_trusted")
    DERIVED: ClassVar[Sequence[str]] = ("department", "folded_text", "sort_key")

    search_kind = "space"
    translated_fields: ClassVar = ("summary", "description", "access", "accessibility")
    remembers_slugs = True
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("city"),
        index.FilterField("status"),
        index.FilterField("department"),
        index.FilterField("live"),
        index.FilterField("sort_key"),
    ]

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="space_both_coordinates",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(
                {"longitude": _("Give both latitude and longitude, or neither.")}
            )
        for name, text in (self.opening_hours or {}).items():
            try:
                parse_day(text)
            except UnreadableHours:
                raise ValidationError(
                    {
                        "opening_hours": _(
                            "“%(text)s” cannot be read. Example: 09:00-12:30, 14:00-18:00"
                        )
                        % {"text": text}
                    }
                ) from None
            if name not in DAY_NAMES:
                raise ValidationError({"opening_hours": _("Unknown day.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_texts()
        super().save(*args, **kwargs)

    def derive_texts(self) -> None:
        """Set the columns that follow from the name, the address and the services."""
        self.department = find_department(self.postcode)
        self.sort_key = make_sort_key(fold(self.name))
        self.folded_text = fold(" ".join(self._list_findable_words()))

    def _list_findable_words(self) -> list[str]:
        town = [self.postcode, self.city, self.department_name]
        return [self.name, *town, self.summary, *self.service_names]

    def list_service_owned(self) -> Sequence[str]:
        """Before the first publication the address is still the draft's."""
        owned = self.SERVICE_OWNED
        return owned if self.was_published else [n for n in owned if n != "slug"]

    def get_absolute_url(self) -> str:
        return reverse("network:space", kwargs={"slug": self.slug})

    @property
    def was_published(self) -> bool:
        """True from the first publication on: links and calendars hold the address."""
        return self.pk is not None and (
            self.live or self.first_published_at is not None
        )

    @property
    def is_listed(self) -> bool:
        """True while the public sees it, as ``SpaceQuerySet.listed`` does."""
        return self.live and self.status != SpaceStatus.CLOSED

    @property
    def department_name(self) -> str:
        return DEPARTMENT_NAMES.get(self.department, "")

    @property
    def address(self) -> str:
        """One line: street, post code and town."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)

    @property
    def week(self) -> Week:
        """The opening hours; a stored text that cannot be read counts as closed."""
        try:
            return Week.from_texts(self.opening_hours or {})
        except UnreadableHours:
            return Week(((),) * 7)

    @property
    def kind_values(self) -> list[str]:
        """The ``SpaceKind`` values, in the order of the list; no query once prefetched."""
        chosen = {row.kind for row in self.kinds.all()}
        return [kind for kind in SpaceKind.values if kind in chosen]

    @property
    def kind_labels(self) -> list[str]:
        return [str(SpaceKind(kind).label) for kind in self.kind_values]

    @property
    def service_names(self) -> list[str]:
        """Short words in the editors' order; no query once prefetched."""
        return [row.name for row in self.services.all()]

    def set_kinds(self, kinds: Iterable[str]) -> None:
        """Replace the kinds in memory; the next save, or draft, stores them."""
        known = {row.kind: row for row in self.kinds.all()}
        self.kinds = [
            known.get(kind) or self.kinds.model(kind=kind)
            for kind in dict.fromkeys(kinds)
        ]

    def set_services(self, names: Iterable[str]) -> None:
        """Replace the services in memory; the next save, or draft, stores them."""
        known = {row.name: row for row in self.services.all()}
        rows = []
        for order, name in enumerate(dict.fromkeys(names)):
            row = known.get(name) or self.services.model(name=name)
            row.sort_order = order
            rows.append(row)
        self.services = rows

    def local_time(self, now: datetime.datetime) -> datetime.datetime:
        """Return the instant ``now`` on the space's own clock."""
        return now.astimezone(zoneinfo.ZoneInfo(self.zone))

    def closes_at(self, now: datetime.datetime) -> datetime.time | None:
        """Return today's closing time if the space is open at the instant ``now``."""
        if self.status != SpaceStatus.OPEN:
            return None
        return self.week.closing_after(self.local_time(now))

    def opens_next(self, now: datetime.datetime) -> datetime.datetime | None:
        """Return the next opening, on the space's clock, within seven days."""
        if self.status != SpaceStatus.OPEN:
            return None
        return self.week.next_opening(self.local_time(now))

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude in degrees, or None where nobody gave them."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude

    @property
    def day_price(self) -> Decimal | None:
        """The lowest price of a day that is not a free trial; no query if prefetched."""
        amounts = [
            price.amount_euros
            for price in self.prices.all()
            if price.unit == PriceUnit.DAY and price.amount_euros
        ]
        return min(amounts, default=None)

    @property
    def desks(self) -> int:
        """Desks for work, permanent or for a day; 0 where nobody said."""
        return (self.permanent_desks or 0) + (self.day_desks or 0)

    def search_entries(self) -> Iterable[SearchEntry]:
        if not self.is_listed:
            return
        with override(SOURCE_LANGUAGE):
            yield SearchEntry(
                title=self.name,
                summary=self.summary,
                body=f"{self.description}\n{self.city} {self.department_name}",
                language=SOURCE_LANGUAGE,
                url=self.get_absolute_url(),
                kind=self.search_kind,
                tags=(*self.kind_labels, *self.service_names),
                facets={"department": (self.department,)} if self.department else {},
            )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "network/space.html"

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "space": self}
