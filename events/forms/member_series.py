"""The one page on which a member writes a series."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.domain.recurrence import list_days
from events.forms.hours import HOURS_FIELDS, HoursForm, read_hours_initial
from events.forms.registration_terms import RegistrationTermsForm, read_terms
from events.forms.rhythm import RHYTHM_FIELDS, RhythmForm, read_rhythm_initial
from events.forms.what import WhatForm
from events.forms.when import USUAL_MINUTES
from events.forms.where import PlaceKind, WhereForm
from events.models import Series
from events.services.refusals import Refusal
from events.services.registration import refuse_small_capacity_of_series

if TYPE_CHECKING:
    import datetime

    from network.querysets import SpaceQuerySet

# A column of the record, and the question that asks for it.
_QUESTIONS: Final = {"weekdays": ("weekdays", "weekday"), "lasts_days": ("days_long",)}


class Purpose(StrEnum):
    """What the answers were sent for."""

    SAVE = "save"
    PUBLISH = "publish"
    COMPUTE = "compute"


class MemberSeriesForm(
    WhatForm, RhythmForm, HoursForm, WhereForm, RegistrationTermsForm
):
    """Reads a series; ``values`` is what ``events.services.series_draft`` stores.

    ``rule_record`` is the series in memory once its rhythm and hours are right, so
    that its dates are shown whatever else is to correct.
    """

    # The order in which mistakes and differences are listed.
    field_order = (
        "version", "service_edit", "form_key", "host", "type", "title", "summary",
        "description", *RHYTHM_FIELDS, *HOURS_FIELDS, *WhereForm.base_fields,
        "online_visibility", "price", "visibility",
    )  # fmt: skip

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("That of every date. Day and place are added by themselves."),
        error_messages={"required": _("Give the series a title.")},
    )

    def __init__(
        self,
        *args: Any,
        spaces: SpaceQuerySet,
        now: datetime.datetime,
        draft: Series | None = None,
        purpose: Purpose = Purpose.SAVE,
        **kwargs: Any,
    ) -> None:
        """Make the form for who speaks for ``spaces``.

        ``draft`` is the text that is changed, if it exists already; ``purpose`` says
        what is checked: a draft may lack its place, computed dates need a rule only.
        """
        super().__init__(*args, **kwargs)
        self.now = now
        self.draft = draft
        self.purpose = purpose
        self.for_publication = purpose == Purpose.PUBLISH
        self.rule_record: Series | None = None
        self.offer_spaces(spaces)
        self.fields["host"].help_text = _(
            "It keeps the series, and hosts it when nobody else does."
        )
        place = self.fields["place"]
        place.label = _("The dates take place")
        place.choices = [  # type: ignore[attr-defined]
            (PlaceKind.HOST, _("In the space that hosts this time")),
            *((kind, kind.label) for kind in PlaceKind if kind != PlaceKind.HOST),
        ]

    def full_clean(self) -> None:
        super().full_clean()
        if self.purpose == Purpose.COMPUTE:
            # Nothing else is asked of who only wants to see the dates.
            for name in [*self.errors]:
                if name not in (*RHYTHM_FIELDS, *HOURS_FIELDS):
                    del self.errors[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not set(self.errors).intersection((*RHYTHM_FIELDS, *HOURS_FIELDS)):
            self._clean_rule()
        if self.draft is not None:
            self._clean_capacity(self.draft, cleaned.get("capacity"))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The checked answers by the names of ``MEMBER_SERIES_FIELDS``."""
        cleaned = self.cleaned_data
        kept = (
            "host", "type", "title", "summary", "description", "online_url",
            "online_visibility", "price", "visibility",
        )  # fmt: skip
        values = {name: cleaned[name] for name in kept}
        return values | self._read_what_dates_need() | self.terms

    @property
    def needs_hours(self) -> bool:  # type: ignore[override]
        return self.recurs

    @property
    def usual_minutes(self) -> int:
        kind = self.cleaned_data.get("type")
        return kind.duration_minutes if kind else USUAL_MINUTES

    def _read_what_dates_need(self) -> dict[str, Any]:
        """Return rule, hours and place, as far as they are answered."""
        host = self.cleaned_data.get("host")
        place: dict[str, Any] = {}
        if {"place", "venue", *self.ADDRESS_FIELDS} <= set(self.cleaned_data):
            # Whoever hosts this time gives the place: none is written here.
            place = self.read_place(None)
        is_held_at_host = self.cleaned_data.get("place") == PlaceKind.HOST
        space = place.get("venue") or host
        return {
            **self.read_rule(),
            **self.read_hours(),
            **place,
            "is_held_at_host": is_held_at_host,
            "zone": space.zone if space else Series._meta.get_field("zone").default,
        }

    def _clean_rule(self) -> None:
        """Let the record check the rule and the hours, and keep the days it gives."""
        values = self._read_what_dates_need()
        host = self.cleaned_data.get("host")
        record = Series(host=host, title="-", slug="-", **values)
        names = {*Series.RULE_FIELDS, "start_time", "end_time", "lasts_days", "zone"}
        others = {field.name for field in Series._meta.fields} - names
        try:
            record.full_clean(
                exclude=others, validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(self._find_question(name), messages)
            return
        record.left_out = list_left_out(record)
        self.cleaned_data["left_out"] = record.left_out
        self.rule_record = record

    def _clean_capacity(self, series: Series, capacity: int | None) -> None:
        try:
            refuse_small_capacity_of_series(series, capacity, now=self.now)
        except Refusal as refusal:
            self.add_error("capacity", refusal.sentence)

    def _find_question(self, column: str) -> str | None:
        for name in _QUESTIONS.get(column, (column,)):
            if name == "weekdays" and self.cleaned_data.get("rhythm") != "weekly":
                continue
            if name in self.fields:
                return name
        return None


def list_left_out(record: Series) -> list[str]:
    """Return the days left out that the rule gives, ascending: others mean nothing."""
    days = sorted(record.left_out_days)
    if record.rule is None or not days:
        return []
    given = set(list_days(record.rule, days[0], days[-1]))
    return [day.isoformat() for day in days if day in given]


def read_series_initial(series: Series) -> dict[str, Any]:
    """Return the form's answers for a text of ``series``."""
    names = (
        "title", "summary", "description", *WhereForm.ADDRESS_FIELDS, "online_url",
        "online_visibility", "price", "visibility",
    )  # fmt: skip
    initial: dict[str, Any] = {name: getattr(series, name) for name in names}
    initial |= read_rhythm_initial(series) | read_hours_initial(series)
    initial |= read_terms(series)
    initial |= {
        "version": series.latest_revision_id,
        "service_edit": series.last_service_edit,
        "host": series.host_id,
        "type": series.type_id,
        "venue": None,
    }
    if series.is_held_at_host:
        initial["place"] = PlaceKind.HOST
    elif series.venue_name:
        initial["place"] = PlaceKind.ELSEWHERE
    elif series.venue_id is None:
        initial["place"] = PlaceKind.ONLINE
    else:
        initial["place"] = PlaceKind.SPACE
        initial["venue"] = series.venue_id
    return initial
