"""How the dates of a series come back: a rule, hours on the wall, days left out."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _

from events.domain import errors, recurrence, wall_clock
from events.domain.hours import Hours
from events.enums import Rhythm
from events.models.dated import YEARS_AHEAD
from events.rule_wording import say_rule
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

# What each rhythm takes no notice of: emptied, so that a form may show everything.
_UNUSED: Final[dict[str, tuple[str, ...]]] = {
    Rhythm.DAILY: ("weekdays", "nth", "month_day"),
    Rhythm.WEEKLY: ("nth", "month_day"),
    Rhythm.MONTHLY: (),
    Rhythm.YEARLY: ("weekdays", "nth"),
}


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

    @property
    def rule(self) -> recurrence.Rule | None:
        """The rule of its dates; None when nothing but a person makes them.

        Raises:
            events.domain.errors.CalendarError: the columns make no rule, which
                ``full_clean`` would have refused.
        """
        if not self.recurs or self.first_day is None:
            return None
        return recurrence.Rule(
            frequency=recurrence.Frequency(self.rhythm),
            first_day=self.first_day,
            interval=self.interval,
            weekdays=tuple(self.weekdays),
            nth=self.nth,
            month_day=self.month_day,
            months=tuple(self.months),
            until=self.until,
            count=self.count,
        )

    @property
    def rule_sentence(self) -> str:
        """“chaque 2ᵉ jeudi du mois, 18 h 30”; "" when no rule makes its dates."""
        try:
            rule = self.rule
        except errors.CalendarError:
            return ""
        return say_rule(rule, self.start_time, self.all_day) if rule else ""

    @property
    def hours(self) -> Hours:
        return Hours(
            start_time=self.start_time,
            end_time=self.end_time,
            lasts_days=self.lasts_days,
            all_day=self.all_day,
            zone=self.zone,
        )

    @property
    def left_out_days(self) -> frozenset[datetime.date]:
        return frozenset(datetime.date.fromisoformat(day) for day in self.left_out)

    def clean(self) -> None:
        """Put the rule in its usual form, and say what to correct.

        Raises:
            ValidationError: on the field to correct.
        """
        super().clean()
        self._clean_lists()
        self._clean_hours()
        if not self.recurs:
            return
        if self.first_day is None:
            raise ValidationError(
                {"first_day": _("Give the day from which the rule counts.")}
            )
        for name in _UNUSED[self.rhythm]:
            setattr(self, name, [] if name == "weekdays" else None)
        self._clean_rule()

    def last_day_of(self, day: datetime.date) -> datetime.date:
        """Return the last day of the date that begins on ``day``."""
        return day + datetime.timedelta(days=self.lasts_days)

    def _clean_lists(self) -> None:
        self.weekdays = _read_numbers(self.weekdays, "weekdays", range(7))
        self.months = _read_numbers(self.months, "months", range(1, 13))
        try:
            days = {datetime.date.fromisoformat(day) for day in self.left_out or []}
        except (TypeError, ValueError):
            raise ValidationError(
                {"left_out": _("These days cannot be read.")}
            ) from None
        self.left_out = [day.isoformat() for day in sorted(days)]

    def _clean_hours(self) -> None:
        if self.all_day:
            # Who ticks “all day” over hours typed before means all day.
            self.start_time = self.end_time = None
            return
        missing = [name for name in _TIMES if getattr(self, name) is None]
        if missing and (self.recurs or len(missing) == 1):
            message = _("Give an hour, or tick “all day”.")
            raise ValidationError(dict.fromkeys(missing, message))
        start, end = self.start_time, self.end_time
        if start and end and end <= start and not self.lasts_days:
            raise ValidationError(
                {
                    "end_time": _(
                        "The end comes before the beginning. "
                        "If it is in the night that follows, say one night."
                    )
                }
            )

    def _clean_rule(self) -> None:
        if self.rhythm == Rhythm.MONTHLY and self.weekdays and self.nth is None:
            names = ", ".join(str(WEEKDAYS[day]) for day in self.weekdays)
            message = gettext("Which %(weekday)s of the month? Choose it here.")
            raise ValidationError({"nth": message % {"weekday": names}})
        try:
            _refuse_far_day(self.first_day)
            rule = self.rule
        except errors.CalendarError as error:
            raise ValidationError(self._explain(error)) from None
        if rule is None:
            return
        eve = rule.first_day - datetime.timedelta(days=1)
        near = recurrence.next_days(rule, eve, len(self.left_out) + 1)
        if self.left_out_days.issuperset(near):
            raise ValidationError(
                {"left_out": _("Every date is left out: keep one at least.")}
            )

    def _explain(self, error: errors.CalendarError) -> dict[str, Any]:
        """Return what to correct, as a sentence on its field."""
        match error:
            case errors.TooManyDates():
                message = gettext(
                    "%(most)d dates at most: give fewer, or the last day instead."
                )
                return {"count": message % {"most": error.most}}
            case errors.UntilBeforeFirst():
                message = gettext(
                    "The first date is on %(day)s: choose a last day that comes after."
                )
                return {"until": message % {"day": date_format(error.first)}}
            case errors.NeverMatches():
                message = gettext("There is no such day. Example: 30 February.")
                return {self._find_impossible_part(): message}
            case errors.OutOfRange():
                name = "until" if error.day == self.until else "first_day"
                days = {
                    "earliest": date_format(error.earliest),
                    "latest": date_format(error.latest),
                }
                message = gettext("Choose a day between %(earliest)s and %(latest)s.")
                return {name: message % days}
            case errors.InvalidRule():
                return {error.part: _BROKEN_PARTS[error.part]}
        return {"rhythm": gettext("This rule cannot be read.")}

    def _find_impossible_part(self) -> str:
        if self.rhythm == Rhythm.MONTHLY and self.nth is not None:
            return "nth"
        return "month_day" if self.month_day is not None else "first_day"


_TIMES: Final = ("start_time", "end_time")
# What is wrong with a part that the domain refuses, and what to do.
_BROKEN_PARTS: Final = {
    "interval": _("Between 1 and 52."),
    "weekdays": _("Choose one day of the week, the one that comes back each month."),
    "nth": _("Choose one from the first to the fifth, or the last."),
    "month_day": _(
        "From 1 to 31, or -1 for the last day of the month; nothing with a day of "
        "the week."
    ),
    "months": _("Choose months of the year."),
    "count": _("From 1 to 366 dates, and no last day beside it: choose one of both."),
}


def _refuse_far_day(day: datetime.date | None) -> None:
    """Refuse a first day on which no date may be (invariant I5).

    Raises:
        OutOfRange: it is not between 2000 and the year in five years.
    """
    latest = datetime.date(timezone.localdate().year + YEARS_AHEAD, 12, 31)
    if day is not None and not wall_clock.EARLIEST_DAY <= day <= latest:
        raise errors.OutOfRange(day, wall_clock.EARLIEST_DAY, latest)


def _read_numbers(values: Any, name: str, allowed: range) -> list[int]:
    """Return ``values`` ascending, each once.

    Raises:
        ValidationError: on field ``name``.
    """
    try:
        numbers = sorted({int(value) for value in values or []})
    except (TypeError, ValueError):
        numbers = [-1]
    if any(number not in allowed for number in numbers):
        raise ValidationError({name: _BROKEN_PARTS[name]})
    return numbers
