"""What a person says about the rota: which space, which other date, which place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.member_event import MemberEventForm
from events.forms.where import PlaceKind
from events.models import Event
from events.rota_wording import say_slot_day
from network.models import Space

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from events.models import Turn
    from events.services.rota import Slot
    from network.querysets import SpaceQuerySet


class ChosenSpaceForm(forms.Form):
    """One space among those that may; hidden when there is but one."""

    space = forms.ModelChoiceField(
        label=_("Space"),
        queryset=Space.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose a space."),
            "invalid_choice": _("Choose a space from the list."),
        },
    )

    def __init__(
        self, *args: Any, spaces: SpaceQuerySet, hides_one: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField", self.fields["space"])
        field.queryset = spaces
        found = list(spaces[:2])
        if hides_one and len(found) == 1:
            field.widget = forms.HiddenInput()
            field.initial = found[0].pk


class SeenHostForm(forms.Form):
    """Names the host that the person saw: of two at once, the second is told."""

    seen_host = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TakeForm(SeenHostForm, ChosenSpaceForm):
    """Which of my spaces takes the date."""


class HandOverForm(SeenHostForm, ChosenSpaceForm):
    """Which space the keepers give it to."""


class SwapForm(SeenHostForm):
    """Which date of another space one takes instead; its host seen is in the value."""

    other = forms.ChoiceField(
        label=_("Instead of it, I take"),
        error_messages={
            "required": _("Choose a date."),
            "invalid_choice": _(
                "The rota changed while you were reading: choose again."
            ),
        },
    )

    def __init__(
        self, *args: Any, slots: Iterable[tuple[str, Slot]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["other"])
        field.choices = [
            (f"{key}-{slot.host_id}", f"{say_slot_day(slot)} – {slot.host}")
            for key, slot in slots
        ]

    @property
    def chosen(self) -> tuple[str, int]:
        """The key of the other slot, and that of the host that it showed."""
        key, _dash, host = self.cleaned_data["other"].partition("-")
        return key, int(host)


class TurnForm(MemberEventForm):
    """The day, the hours and the place of a month's date; the rest is its series'."""

    KEPT = (
        "start_date", "start_time", "end_time", "end_date", "all_day", "place", "venue",
        "venue_name", "venue_street", "venue_postcode", "venue_city", "online_url",
    )  # fmt: skip

    def __init__(
        self, *args: Any, turn: Turn, now: datetime.datetime, **kwargs: Any
    ) -> None:
        self.turn = turn
        super().__init__(
            *args,
            spaces=Space.objects.filter(pk__in=[turn.host_id]),
            now=now,
            for_publication=True,
            **kwargs,
        )
        for name in set(self.fields) - set(self.KEPT):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        series = self.turn.series
        self.cleaned_data |= {
            "host": self.turn.host,
            "type": series.type,
            "title": series.title,
            "summary": series.summary,
            "description": series.description,
            "price": series.price,
            "online_visibility": series.online_visibility,
            "visibility": series.visibility,
            "tags": [],
        }
        cleaned = super().clean()
        day = cleaned.get("start_date")
        if day is not None and day.replace(day=1) != self.turn.month:
            self.add_error(
                "start_date",
                _(
                    "Choose a day of this month. For another month, swap with the "
                    "space that has it."
                ),
            )
        return cleaned

    @property
    def when(self) -> dict[str, Any]:
        """The answers by the names of ``Event.WHEN``."""
        return {name: self.values[name] for name in Event.WHEN}

    @property
    def where(self) -> dict[str, Any]:
        """The answers by the names of ``Event.WHERE``, and the video link."""
        names = {*Event.WHERE, "online_url"}
        return {name: value for name, value in self.values.items() if name in names}

    def _warn_of_past(self) -> None:
        if self._start_at <= self.now:
            self.add_error("start_date", _("This day is over: choose a later one."))


def read_turn(turn: Turn) -> dict[str, Any]:
    """Return the form's first answers: the hours and the place of the series."""
    series = turn.series
    initial: dict[str, Any] = {
        "start_time": series.start_time,
        "end_time": series.end_time,
        "all_day": series.all_day,
        "online_url": series.online_url,
        "place": PlaceKind.HOST,
    }
    if series.venue_name:
        names = ("venue_name", "venue_street", "venue_postcode", "venue_city")
        initial |= {name: getattr(series, name) for name in names}
        initial["place"] = PlaceKind.ELSEWHERE
    elif not series.is_held_at_host and series.venue_id:
        initial |= {"place": PlaceKind.SPACE, "venue": series.venue_id}
    elif not series.is_held_at_host:
        initial["place"] = PlaceKind.ONLINE if series.online_url else None
    return initial
