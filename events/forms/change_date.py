"""Moving one date, holding it elsewhere, calling it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.when import WhenForm, read_when_initial
from events.forms.where import PlaceKind, WhereForm, read_place_initial

if TYPE_CHECKING:
    from django.http import QueryDict

    from events.models import Event


class MoveForm(WhenForm):
    """The new time of ``event``; ``when`` is what ``move_event`` takes."""

    def __init__(self, answers: QueryDict | None = None, *, event: Event) -> None:
        super().__init__(answers, initial=read_when_initial(event))
        self.event = event
        self.fields["end_time"].help_text = _("After midnight is fine.")

    @property
    def usual_minutes(self) -> int:
        return self.event.type.duration_minutes

    @property
    def when(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.WHEN_FIELDS}


class PlaceForm(WhereForm):
    """The new place of ``event``; ``where`` is what ``replace_place`` takes."""

    room = forms.CharField(label=_("Room"), max_length=80, required=False)

    field_order = ("place", "venue", "room", *WhereForm.ADDRESS_FIELDS, "online_url")

    def __init__(self, answers: QueryDict | None = None, *, event: Event) -> None:
        initial = read_place_initial(event) | {"room": event.room}
        super().__init__(answers, initial=initial)
        self.event = event
        if event.host is None:
            place = cast("forms.ChoiceField", self.fields["place"])
            place.choices = [
                choice for choice in PlaceKind.choices if choice[0] != PlaceKind.HOST
            ]

    @property
    def where(self) -> dict[str, Any]:
        given = self.read_place(self.event.host)
        if self.cleaned_data["place"] != PlaceKind.ONLINE:
            given["room"] = self.cleaned_data["room"]
        return given | {"online_url": self.cleaned_data["online_url"]}


class CancellationForm(forms.Form):
    """What everybody will read beside the cancelled date."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Everybody reads it. Example: the host is ill, see you in January"),
    )


class PostponementForm(CancellationForm):
    """What everybody will read while the new day is not known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Everybody reads it. Example: storm warning, we look for another day"
        )
