"""When a date happens: the clock on the wall, and the instants derived from it."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cms.wording import say_time
from events.domain import errors, timezones, wall_clock
from network.models.space import validate_zone

YEARS_AHEAD = 5


class DatedMixin(models.Model):
    """Wall-clock time and zone are the truth; two instants in UTC are derived.

    ``full_clean`` refuses what no clock shows; ``save`` derives again, so that a row
    cannot hold instants of another hour.
    """

    start_date = models.DateField(_("first day"))
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_date = models.DateField(
        _("last day"), help_text=_("The last day itself, not the day after.")
    )
    end_time = models.TimeField(_("to"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False)
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/Paris",
        validators=[validate_zone],
    )
    start_at = models.DateTimeField(editable=False, db_index=True)
    end_at = models.DateTimeField(editable=False, db_index=True)

    WALL_CLOCK = ("start_date", "start_time", "end_date", "end_time", "all_day", "zone")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derive the instants and save.

        Raises:
            events.domain.errors.CalendarError: the wall-clock time is none.
        """
        fields = kwargs.get("update_fields")
        if fields is None or set(self.WALL_CLOCK).intersection(fields):
            self.derive_instants()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "start_at", "end_at"}
        super().save(*args, **kwargs)

    def full_clean(
        self, exclude: Iterable[str] | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Derive the instants before the rest is checked.

        Raises:
            ValidationError: on the field to correct, among other mistakes.
        """
        mistakes: dict[str, Any] = {}
        # Derived: what is wrong with them is said on the field they come from.
        exclude = {*(exclude or ()), "start_at", "end_at"}
        try:
            self._read_clock()
        except ValidationError as error:
            mistakes = error.update_error_dict(mistakes)
            kwargs["validate_constraints"] = False
        try:
            super().full_clean(exclude, *args, **kwargs)
        except ValidationError as error:
            mistakes = error.update_error_dict(mistakes)
        if mistakes:
            raise ValidationError(mistakes)

    def derive_instants(self, latest: datetime.date = wall_clock.LATEST_DAY) -> None:
        """Set ``start_at`` and ``end_at`` from the wall clock; ``latest`` is accepted.

        Raises:
            events.domain.errors.CalendarError: the wall-clock time is none.
        """
        self.start_at, self.end_at = wall_clock.instants(
            self.start_date,
            self.start_time,
            self.end_date,
            self.end_time,
            self.all_day,
            self.zone,
            latest=latest,
        )

    @property
    def tzinfo(self) -> zoneinfo.ZoneInfo:
        return timezones.load(self.zone)

    def is_past(self, now: datetime.datetime) -> bool:
        return self.end_at <= now

    def _read_clock(self) -> None:
        if self.all_day:
            # Who ticks “all day” over hours typed before means all day.
            self.start_time = self.end_time = None
        days = self.start_date, self.end_date
        if not all(isinstance(day, datetime.date) for day in days):
            return  # Missing, or not yet read from text: the field itself says so.
        today = timezone.localdate()
        latest = datetime.date(today.year + YEARS_AHEAD, 12, 31)
        try:
            self.derive_instants(latest)
        except errors.UnknownZone:
            return  # The field's own validator says so.
        except errors.CalendarError as error:
            raise self._as_validation_error(error) from None

    def _as_validation_error(self, error: errors.CalendarError) -> ValidationError:
        match error:
            case errors.NonexistentTime():
                message = _(
                    "On this day the clocks go forward and skip %(wrong)s. "
                    "Did you mean %(right)s?"
                )
                values = {
                    "wrong": say_time(error.wall),
                    "right": say_time(error.proposed),
                }
                return ValidationError({self._field_of(error.wall): message % values})
            case errors.AmbiguousTime():
                message = _(
                    "On this day the clocks go back and %(hour)s comes twice. "
                    "Choose an hour before or after."
                )
                hour = {"hour": say_time(error.wall)}
                return ValidationError({self._field_of(error.wall): message % hour})
            case errors.IncompleteTimes():
                message = _("Give an hour, or tick “all day”.")
                names = [name for name in _TIMES if getattr(self, name) is None]
                return ValidationError(dict.fromkeys(names, message))
            case errors.EndBeforeStart() if self.end_date < self.start_date:
                return ValidationError(
                    {"end_date": _("The last day comes before the first.")}
                )
            case errors.EndBeforeStart():
                return ValidationError(
                    {"end_time": _("The end comes before the beginning.")}
                )
            case errors.TooLong():
                return ValidationError(
                    {"end_date": _("One date lasts 31 days at most.")}
                )
            case errors.OutOfRange():
                name = "start_date" if error.day == self.start_date else "end_date"
                message = _("Choose a day between %(earliest)s and %(latest)s.")
                days = {
                    "earliest": date_format(error.earliest),
                    "latest": date_format(error.latest),
                }
                return ValidationError({name: message % days})
        return ValidationError({"start_date": _("This date cannot be read.")})

    def _field_of(self, wall: datetime.datetime) -> str:
        starts = (self.start_date, self.start_time) == (wall.date(), wall.time())
        return "start_time" if starts else "end_time"


_TIMES = ("start_time", "end_time")
