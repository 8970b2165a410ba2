"""What a space holds several of: kinds, services, prices. Drafts keep them too."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from network.enums import PriceUnit, SpaceKind
from network.models.space import Space


class SpaceKindRow(models.Model):
    """One of the things a space is."""

    space = ParentalKey(Space, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(_("kind"), max_length=12, choices=SpaceKind)

    class Meta:
        verbose_name = _("kind")
        verbose_name_plural = _("kinds")
        constraints = [
            models.UniqueConstraint(fields=["space", "kind"], name="space_kind_once")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class SpaceService(Orderable):
    """A short word for what is there: fibre, kitchen, phone booths."""

    space = ParentalKey(Space, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(_("service"), max_length=60)

    class Meta(Orderable.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.UniqueConstraint(fields=["space", "name"], name="space_service_once")
        ]

    def __str__(self) -> str:
        return self.name


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
