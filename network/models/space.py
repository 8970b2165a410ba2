"""A coworking space or tiers-lieu, open or planned."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
)
from wagtail.search import index

from cms.models import SiteImage
from cms.record_text import SOURCE_LANGUAGE, RecordTextMixin
from cms.searchable import Searchable, SearchEntry
from network.departments import DEPARTMENT_NAMES, find_department
from network.domain.opening_hours import DAY_NAMES, UnreadableHours, Week, parse_day
from network.enums import LegalForm, PriceUnit, SpaceKind, SpaceStatus
from network.querysets import SpaceQuerySet


def validate_zone(name: str) -> None:
    """Refuse what is not an IANA time zone.

    Raises:
        ValidationError: the zone is unknown.
    """
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("This is not a time zone. Example: Europe/Paris"))


def validate_kinds(kinds: object) -> None:
    """Refuse a list with a word that is no ``SpaceKind``.

    Raises:
        ValidationError: not a list, or an unknown kind in it.
    """
    if not isinstance(kinds, list) or set(kinds) - set(SpaceKind.values):
        raise ValidationError(_("Choose kinds from the list."))


class Space(
    Searchable,
    RecordTextMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A place of the network, with what a visitor asks before coming."""

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
    kinds = models.JSONField(
        _("kinds"), default=list, blank=True, validators=[validate_kinds]
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
    services = models.JSONField(
        _("services"),
        default=list,
        blank=True,
        help_text=_("Short words. Example: fibre, kitchen, phone booths"),
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

    objects = SpaceQuerySet.as_manager()

    search_kind = "space"
    translated_fields: ClassVar = ("summary", "description", "access", "accessibility")
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("city"),
        index.FilterField("status"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["name"]
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

    def save(self, *args: object, **kwargs: object) -> None:
        self.department = find_department(self.postcode)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("network:space", kwargs={"slug": self.slug})

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
    def kind_labels(self) -> list[str]:
        return [str(SpaceKind(kind).label) for kind in self.kinds]

    def closes_at(self, now: datetime.datetime) -> datetime.time | None:
        """Return today's closing time if the space is open at the instant ``now``."""
        if self.status != SpaceStatus.OPEN:
            return None
        return self.week.closing_after(now.astimezone(zoneinfo.ZoneInfo(self.zone)))

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
                tags=(*self.kind_labels, *self.services),
                facets={"department": (self.department,)} if self.department else {},
            )

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "network/space.html"


class SpacePrice(Orderable):
    """One line of a space's price list."""

    space = ParentalKey(Space, on_delete=models.CASCADE, related_name="prices")
    label = models.CharField(_("what"), max_length=80)
    amount_euros = models.DecimalField(
        _("price in euros, taxes included"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    unit = models.CharField(_("for"), max_length=10, choices=PriceUnit)
    included = models.CharField(_("what is included"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("price")
        verbose_name_plural = _("prices")

    def __str__(self) -> str:
        return f"{self.label}: {self.amount_euros} €"
