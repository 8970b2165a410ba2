"""The address of a calendar kept elsewhere, and what becomes of its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.outbound.addresses import LONGEST_ADDRESS
from events.models import EventType
from network.models import Space

if TYPE_CHECKING:
    from network.querysets import SpaceQuerySet


class FeedForm(forms.Form):
    """Reads the address; whether it may be fetched is the service's to say."""

    space = forms.ModelChoiceField(
        label=_("Space"), queryset=Space.objects.none(), empty_label=_("Choose")
    )
    url = forms.CharField(
        label=_("Address of the calendar"),
        max_length=LONGEST_ADDRESS,
        help_text=_(
            "The public address in the iCal format. It often ends in .ics. "
            "Example: https://calendar.google.com/calendar/ical/…/basic.ics"
        ),
        error_messages={"required": _("Give the address of the calendar.")},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    type = forms.ModelChoiceField(
        label=_("Type of its dates"),
        queryset=EventType.objects.none(),
        empty_label=None,
        help_text=_("For all of them. A moderator can change it date by date."),
    )

    def __init__(self, *args: Any, spaces: SpaceQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["space"]).queryset = spaces
        types = cast("forms.ModelChoiceField", self.fields["type"])
        types.queryset = EventType.objects.all()
        mine = list(spaces[:2])
        if len(mine) == 1:
            self.fields["space"].widget = forms.HiddenInput()
            self.fields["space"].initial = mine[0].pk


class FeedRemovalForm(forms.Form):
    """What becomes of the dates of a calendar that is removed."""

    dates = forms.ChoiceField(
        label=_("Its dates to come"),
        choices=[
            ("keep", _("stay in the agenda, and you change them here from now on")),
            ("withdraw", _("leave the agenda; calendars that hold them learn it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what becomes of its dates.")},
    )
