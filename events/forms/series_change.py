"""What a change of a live series applies to, when it ends, and its dates beyond the rule."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.domain.errors import CalendarError
from events.forms.answers import AnswersForm
from events.forms.when import DayInput, WhenForm
from events.models import Event
from events.wording import say_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.models import Series

# A list that a person can still choose from: two years of a weekly series.
MOST_CHOICES: Final = 104


class Scope(models.TextChoices):
    """Which dates a change of a series is for."""

    WHOLE = "whole", _("The whole series, every date to come")
    FOLLOWING = "following", _("One date and all that follow")


class ScopeForm(AnswersForm):
    """Which dates to come a change is for."""

    scope = forms.ChoiceField(
        label=_("This change is for"),
        choices=Scope,
        initial=Scope.WHOLE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which dates change.")},
    )
    change_day = forms.TypedChoiceField(
        label=_("From which date on"),
        coerce=datetime.date.fromisoformat,
        empty_value=None,
        required=False,
        help_text=_("Dates before do not change."),
        error_messages={"invalid_choice": _("Choose a date from the list.")},
    )

    def __init__(self, *args: Any, days: Sequence[datetime.date], **kwargs: Any):
        """Offer ``days``, those of dates to come that the rule gives."""
        super().__init__(*args, **kwargs)
        field = self.fields["change_day"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((day.isoformat(), capfirst(say_day(day))) for day in days[:MOST_CHOICES]),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("scope") == Scope.FOLLOWING:
            self.require("change_day", _("Choose the first date that changes."))
        return cleaned

    @property
    def first_day(self) -> datetime.date | None:
        """The first day that changes; None for the whole series."""
        is_following = self.cleaned_data["scope"] == Scope.FOLLOWING
        return self.cleaned_data["change_day"] if is_following else None


class SeriesEndForm(AnswersForm):
    """The last day of a series, and what people who meant to come read."""

    last_day = forms.DateField(
        label=_("Last day with a date"),
        widget=DayInput,
        help_text=_("Later dates are cancelled."),
        error_messages={
            "required": _("Give the last day."),
            "invalid": _("This day does not exist. Example: 17/12/2026"),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Everybody reads it. Example: the café closes, thank you all"),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["last_day"]
        if day < self.today:
            raise ValidationError(
                _("Choose today or a day to come: what is over does not change.")
            )
        return day


class ExtraDateForm(WhenForm):
    """A day that the rule does not give; its hours are those of the series."""

    def __init__(self, *args: Any, series: Series, now: datetime.datetime, **kw: Any):
        super().__init__(*args, **kw)
        self.series = series
        self.now = now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self._clean_clock()
        return cleaned

    @property
    def usual_minutes(self) -> int:
        return self.series.type.duration_minutes

    @property
    def when(self) -> dict[str, Any]:
        """The checked answers by the names of ``Event.WHEN``."""
        names = (name for name in Event.WHEN if name != "zone")
        when = {name: self.cleaned_data.get(name) for name in names}
        return when | {"zone": self.series.zone}

    def _clean_clock(self) -> None:
        """Let a record check hours that clocks skip, order and length."""
        record = Event(**self.when)
        others = {field.name for field in Event._meta.fields} - set(Event.WHEN)
        try:
            record.full_clean(
                exclude=others, validate_unique=False, validate_constraints=False
            )
            record.derive_instants()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)
        except CalendarError:
            self.add_error("start_date", _("This date cannot be read."))
        else:
            if record.end_at <= self.now:
                self.add_error("start_date", _("Choose a day to come."))
