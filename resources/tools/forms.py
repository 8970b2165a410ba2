"""What a space uses a tool for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.enums import ToolPurpose
from resources.models import ToolUse
from resources.services.tool_use_refusals import (
    NoPurpose,
    Refusal,
    UnknownPurpose,
    WrongYear,
)


class ToolUseForm(forms.Form):
    """Purposes to tick, and a year that may stay empty."""

    purposes = forms.MultipleChoiceField(
        label=_("What you use it for"),
        choices=ToolPurpose.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": NoPurpose.sentence,
            "invalid_choice": UnknownPurpose.sentence,
        },
    )
    since = forms.IntegerField(
        label=_("Since the year"),
        help_text=_("Example: 2023. Leave it empty if you do not know."),
        required=False,
        error_messages={"invalid": _("Give a year in four digits. Example: 2023")},
    )

    def __init__(self, *args: Any, use: ToolUse | None = None, **kwargs: Any) -> None:
        if use is not None:
            kwargs["initial"] = {"purposes": use.purposes, "since": use.since}
        super().__init__(*args, **kwargs)

    def show_refusal(self, refusal: Refusal) -> None:
        """Write it beside the answer that it is about, or above all."""
        fields = {NoPurpose: "purposes", UnknownPurpose: "purposes", WrongYear: "since"}
        self.add_error(fields.get(type(refusal)), str(refusal))
