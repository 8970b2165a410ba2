"""Asking for a calendar address of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from events.enums import PersonalFeed
from network.models import Space

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

SPACE_PREFIX = "space-"


class CalendarForm(forms.Form):
    """What the calendar holds: one question, each of ``spaces`` being an answer."""

    content = forms.ChoiceField(
        label=_("What it holds"),
        widget=forms.RadioSelect,
        initial=PersonalFeed.REGISTRATIONS,
    )
    label = forms.CharField(
        label=_("Where you use it"),
        max_length=60,
        required=False,
        help_text=_(
            "To know it again when you revoke it. Example: telephone, office computer"
        ),
    )

    def __init__(self, *args: Any, spaces: Iterable[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spaces = {f"{SPACE_PREFIX}{space.pk}": space for space in spaces}
        content = cast("forms.ChoiceField", self.fields["content"])
        content.choices = self._list_choices()

    def clean_label(self) -> str:
        return " ".join(self.cleaned_data["label"].split())

    @property
    def kind(self) -> PersonalFeed:
        if self.space is not None:
            return PersonalFeed.SPACE
        return PersonalFeed(self.cleaned_data["content"])

    @property
    def space(self) -> Space | None:
        return self.spaces.get(self.cleaned_data["content"])

    def _list_choices(self) -> list[tuple[str, StrOrPromise]]:
        mine = gettext("The dates I registered for, and those where I wait for a place")
        choices: list[tuple[str, StrOrPromise]] = [(PersonalFeed.REGISTRATIONS, mine)]
        for value, space in self.spaces.items():
            of_space = gettext("The dates of %(space)s, private ones too")
            choices.append((value, of_space % {"space": space.name}))
        if self.spaces:
            of_members = gettext("The meetings of members")
            choices.append((PersonalFeed.MEMBERS, of_members))
        return choices
