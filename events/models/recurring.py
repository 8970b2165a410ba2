"""How the dates of a series come back: a rule, hours on the wall, days left out."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import Rhythm
from network.models.space import validate_zone

# A rule speaks of days; the week of the month counts from 1, the last one is -1.
NTH_CHOICES = [
    (1, _("first")),
    (2, _("second")),
    (3, _("third")),
    (4, _("fourth")),
    (5, _("fifth")),
    (-1, _("last")),
]


class RecurringMixin(models.Model):
    """The columns of ``events.domain.recurrence.Rule``, and what hours its dates have.

    Lists are stored in ascending order. ``lasts_days`` counts the midnights between a
    date's first and last day: 0 for an evening, 1 for one that ends after midnight.
    """

    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm, blank=True)
    interval = models.PositiveSmallIntegerField(
        _("every how many"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
    )
    weekdays = models.JSONField(_("days of the week"), default=list, blank=True)
    nth = models.SmallIntegerField(
        _("which one of the month"), null=True, blank=True, choices=NTH_CHOICES
    )
    month_day = models.SmallIntegerField(_("day of the month"), null=True, blank=True)
    months = models.JSONField(_("only in"), default=list, blank=True)
    first_day = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day, included.")
    )
    count = models.PositiveSmallIntegerField(
        _("number of dates"), null=True, blank=True
    )
    skips_holidays = models.BooleanField(
        _("not on public holidays"),
        default=False,
        help_text=_("Those of the place where it is held."),
    )
    # Days of the rule that the writer unticked, as ISO dates.
    left_out = models.JSONField(default=list, blank=True)

    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    lasts_days = models.PositiveSmallIntegerField(
        _("nights"), default=0, validators=[MaxValueValidator(30)]
    )
    all_day = models.BooleanField(_("all day"), default=False)
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/Paris",
        validators=[validate_zone],
    )

    # Changing one of these changes which days have a date.
    RULE_FIELDS: ClassVar = (
        "rhythm", "interval", "weekdays", "nth", "month_day", "months", "first_day",
        "until", "count", "skips_holidays", "left_out",
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def recurs(self) -> bool:
        """True while a rule makes its dates."""
        return self.rhythm not in (Rhythm.NONE, Rhythm.TURNS)

    def last_day_of(self, day: datetime.date) -> datetime.date:
        """Return the last day of the date that begins on ``day``."""
        return day + datetime.timedelta(days=self.lasts_days)
