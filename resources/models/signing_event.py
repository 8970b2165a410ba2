"""A date at which spaces signed together, its witnesses and photographs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from cms.models import SiteImage
from events.models import Event
from resources.models.charter import CharterVersion
from resources.models.signature import Signature


class SigningEvent(ClusterableModel):
    """Links a date of the agenda to the version that was signed there."""

    version = models.ForeignKey(
        CharterVersion,
        on_delete=models.PROTECT,
        related_name="signing_events",
        limit_choices_to={"state": "published"},
        verbose_name=_("version"),
    )
    event = models.OneToOneField(
        Event,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("date"),
        help_text=_("Its day and its place come from the agenda."),
    )
    account = models.TextField(
        _("what happened"),
        blank=True,
        max_length=2000,
        help_text=_("Two or three sentences for who was not there."),
    )
    signatures = ParentalManyToManyField(
        Signature,
        blank=True,
        related_name="signing_events",
        verbose_name=_("signatures given there"),
    )

    class Meta:
        verbose_name = _("signing event")
        verbose_name_plural = _("signing events")
        ordering = ["-event__start_at"]

    def __str__(self) -> str:
        return f"{self.event}, {self.version}"


class Witness(Orderable):
    """Somebody who was there and agrees to be named."""

    signing_event = ParentalKey(
        SigningEvent, on_delete=models.CASCADE, related_name="witnesses"
    )
    office = models.CharField(
        _("in what capacity"),
        max_length=120,
        help_text=_("Example: vice-president of the Region"),
    )
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("Shown to everybody: only with the person’s agreement."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("witness")
        verbose_name_plural = _("witnesses")

    def __str__(self) -> str:
        parts = (self.organisation, self.office, self.name)
        return ", ".join(part for part in parts if part)


class SigningPhotograph(Orderable):
    """A picture of the signing."""

    signing_event = ParentalKey(
        SigningEvent, on_delete=models.CASCADE, related_name="photographs"
    )
    image = models.ForeignKey(
        SiteImage, on_delete=models.CASCADE, related_name="+", verbose_name=_("image")
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")

    def __str__(self) -> str:
        return self.caption or str(self.image)
