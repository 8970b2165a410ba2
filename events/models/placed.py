"""Where a date takes place: a space of the network, or elsewhere."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Space


class PlacedMixin(models.Model):
    """A space as the venue; a name given here replaces it for this date."""

    venue = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
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

    PLACE: ClassVar = (
        "venue", "venue_name", "venue_street", "venue_postcode", "venue_city",
        "venue_latitude", "venue_longitude", "room",
    )  # fmt: skip

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if (self.venue_latitude is None) != (self.venue_longitude is None):
            raise ValidationError(_("Give both latitude and longitude, or neither."))

    @property
    def space(self) -> Space | None:
        """The space it takes place in; None when it is elsewhere."""
        return None if self.venue_name else self.venue

    @property
    def place_name(self) -> str:
        """Where it takes place: the name given for this date, else the space's."""
        return self.space.name if self.space else self.venue_name

    @property
    def place_city(self) -> str:
        return self.space.city if self.space else self.venue_city

    @property
    def place_street(self) -> str:
        return self.space.street if self.space else self.venue_street

    @property
    def place_postcode(self) -> str:
        return self.space.postcode if self.space else self.venue_postcode

    @property
    def place_address(self) -> str:
        """One line: street, post code and town, of the place of this date."""
        town = f"{self.place_postcode} {self.place_city}".strip()
        return ", ".join(part for part in (self.place_street, town) if part)

    @property
    def place_position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, where they are known."""
        if self.space:
            latitude, longitude = self.space.latitude, self.space.longitude
        else:
            latitude, longitude = self.venue_latitude, self.venue_longitude
        if latitude is None or longitude is None:
            return None
        return latitude, longitude
