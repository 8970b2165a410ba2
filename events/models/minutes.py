"""Minutes of a meeting: themes as questions, and the decisions taken."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from events.enums import DecisionState, Visibility
from events.models.event import Event
from network.models import Space


class Minutes(ClusterableModel):
    """What was said and decided at one date; its visibility is its own."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, related_name="minutes", verbose_name=_("event")
    )
    edition = models.PositiveIntegerField(
        _("edition number"),
        null=True,
        blank=True,
        help_text=_("Of the series. Example: 2 for “CoopCoworking n° 2”"),
    )
    introduction = models.TextField(_("introduction"), blank=True, max_length=2000)
    visibility = models.CharField(
        _("who reads it"), max_length=8, choices=Visibility, default=Visibility.PUBLIC
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-event__start_at"]

    def __str__(self) -> str:
        return str(self.event)


class MinutesTheme(Orderable):
    """One question of the meeting and what was said."""

    minutes = ParentalKey(Minutes, on_delete=models.CASCADE, related_name="themes")
    question = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("what was said"), blank=True, max_length=5000)

    class Meta(Orderable.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.question


class Decision(Orderable):
    """A decision, numbered for ever across the network."""

    minutes = ParentalKey(Minutes, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField(_("number"), unique=True)
    text = models.CharField(_("decision"), max_length=400)
    state = models.CharField(
        _("state"), max_length=12, choices=DecisionState, default=DecisionState.ACTED
    )
    responsible_space = models.ForeignKey(
        Space,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("in charge"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"D {self.number}"
