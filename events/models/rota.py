"""Whose turn it is: the order of hosts of a series, and turns without a day yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.series import Series
from network.models import Space


class RotaHost(models.Model):
    """A space's place in the order of hosts.

    Without ``joined_on`` the space has volunteered and waits for the keepers of the
    series. It takes turns that begin on ``joined_on`` or later, before ``left_on``.
    """

    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="rota_hosts"
    )
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, related_name="rota_places"
    )
    position = models.PositiveIntegerField(_("place in the order"))
    joined_on = models.DateField(_("since"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("host in the rota")
        verbose_name_plural = _("hosts in the rota")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "space"], name="rota_host_once_in_a_series"
            )
        ]

    def __str__(self) -> str:
        return str(self.space)


class Turn(models.Model):
    """A host's month before its day is fixed: “in November, place to be confirmed”.

    ``month`` is its first day. Fixing the turn makes its ``event``; from there on the
    event tells who hosts. ``rota_host`` is whose turn the order made it, as on a date.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="turns")
    month = models.DateField(_("month"))
    host = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="turns",
        verbose_name=_("host"),
    )
    rota_host = models.ForeignKey(
        Space, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    host_is_chosen = models.BooleanField(default=False, editable=False)
    host_reminded_at = models.DateTimeField(null=True, editable=False)
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("Example: place to be confirmed"),
    )
    event = models.OneToOneField(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="turn",
    )

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "month"], name="turn_once_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="turn_is_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.month:%Y-%m}"
