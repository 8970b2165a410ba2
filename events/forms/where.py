"""Where a date takes place, as a person says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.forms.answers import AnswersForm
from network.models import Space

if TYPE_CHECKING:
    from events.models import Event


class PlaceKind(models.TextChoices):
    """Where the date takes place, as a member says it."""

    HOST = "host", _("In the space that organises it")
    SPACE = "space", _("In another space of the network")
    ELSEWHERE = "elsewhere", _("Somewhere else")
    ONLINE = "online", _("Online only")


class WhereForm(AnswersForm):
    """A space of the network, another place with its address, or a video link."""

    place = forms.ChoiceField(
        label=_("It takes place"),
        choices=PlaceKind,
        initial=PlaceKind.HOST,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say where it takes place.")},
    )
    venue = forms.ModelChoiceField(
        label=_("Space of the network"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("Choose"),
        error_messages={"invalid_choice": _("Choose a space from the list.")},
    )
    venue_name = forms.CharField(
        label=_("Name of the place"),
        max_length=120,
        required=False,
        help_text=_("A crêperie, a square, a market hall."),
    )
    venue_street = forms.CharField(label=_("Street"), max_length=150, required=False)
    venue_postcode = forms.CharField(
        label=_("Post code"),
        max_length=5,
        required=False,
        validators=[RegexValidator(r"^\d{5}$", _("Five digits. Example: 22110"))],
        error_messages={"max_length": _("Five digits. Example: 22110")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    venue_city = forms.CharField(label=_("Town"), max_length=80, required=False)
    online_url = forms.URLField(
        label=_("Video link"),
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": _("Give a whole address. Example: https://…")},
    )

    ADDRESS_FIELDS = ("venue_name", "venue_street", "venue_postcode", "venue_city")

    # Checks also what a draft may lack.
    for_publication = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("venue", Space.objects.listed())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_place(cleaned)
        return cleaned

    def read_place(self, host: Space | None) -> dict[str, Any]:
        """Return the checked venue and address of a date that ``host`` organises."""
        kind = self.cleaned_data["place"]
        venue = {PlaceKind.HOST: host, PlaceKind.SPACE: self.cleaned_data["venue"]}
        elsewhere = kind == PlaceKind.ELSEWHERE
        return {
            "venue": venue.get(kind),
            **{
                name: self.cleaned_data[name] if elsewhere else ""
                for name in self.ADDRESS_FIELDS
            },
        }

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        kind = cleaned.get("place")
        if kind == PlaceKind.SPACE:
            self.require("venue", _("Choose a space from the list."))
        elif kind == PlaceKind.ELSEWHERE:
            self.require(
                "venue_name", _("Give the name of the place, or choose a space.")
            )
            if self.for_publication:
                self.require("venue_city", _("Give the town, so that people come."))
        elif kind == PlaceKind.ONLINE and self.for_publication:
            self.require(
                "online_url", _("Give the video link: it is the only way to come.")
            )


def read_place_initial(event: Event) -> dict[str, Any]:
    """Return the answers of ``WhereForm`` for the place of ``event``."""
    names = (*WhereForm.ADDRESS_FIELDS, "online_url")
    initial: dict[str, Any] = {name: getattr(event, name) for name in names}
    initial["venue"] = None
    if event.venue_name:
        initial["place"] = PlaceKind.ELSEWHERE
    elif event.venue_id is None:
        initial["place"] = PlaceKind.ONLINE
    elif event.venue_id == event.host_id:
        initial["place"] = PlaceKind.HOST
    else:
        initial["place"] = PlaceKind.SPACE
        initial["venue"] = event.venue_id
    return initial
