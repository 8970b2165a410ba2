"""The form in which an editor keeps a space: lists and hours as plain text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from network.domain.opening_hours import (
    DAY_NAMES,
    UnreadableHours,
    format_day,
    parse_day,
)
from network.enums import SpaceKind
from network.models import Space, SpaceService
from network.services.trust import set_trust

HOURS_FIELDS = {f"hours_{day}": day for day in DAY_NAMES}
_LONGEST_SERVICE = SpaceService._meta.get_field("name").max_length


class DayField(forms.CharField):
    """One day's hours: “09:00-12:30, 14:00-18:00”; empty for a closed day."""

    def __init__(self, day: int) -> None:
        super().__init__(
            label=capfirst(str(WEEKDAYS[day])),
            required=False,
            max_length=80,
            strip=True,
        )
        self.day = day

    def clean(self, value: Any) -> str:
        """Return the text in one form, whatever way it was typed.

        Raises:
            forms.ValidationError: it cannot be read.
        """
        text = super().clean(value)
        try:
            return format_day(parse_day(text))
        except UnreadableHours:
            raise forms.ValidationError(
                gettext("“%(text)s” cannot be read. Example: 09:00-12:30, 14:00-18:00")
                % {"text": text}
            ) from None


class SpaceForm(WagtailAdminModelForm):
    """Writes kinds, services and hours into the draft; trust takes effect at once."""

    kind_choices = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=SpaceKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    service_lines = forms.CharField(
        label=_("Services"),
        help_text=_("Short words, one a line. Example: fibre, kitchen, phone booths"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )
    hours_mon = DayField(0)
    hours_tue = DayField(1)
    hours_wed = DayField(2)
    hours_thu = DayField(3)
    hours_fri = DayField(4)
    hours_sat = DayField(5)
    hours_sun = DayField(6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        space: Space = self.instance
        self.initial["kind_choices"] = space.kind_values
        self.initial["service_lines"] = "\n".join(space.service_names)
        hours = space.opening_hours or {}
        for name, day in HOURS_FIELDS.items():
            self.initial[name] = hours.get(day, "")
        if space.was_published and "slug" in self.fields:
            self.fields["slug"].disabled = True

    def clean_service_lines(self) -> list[str]:
        """Return the words, once each.

        Raises:
            forms.ValidationError: a word is too long for a list.
        """
        lines = self.cleaned_data["service_lines"].splitlines()
        names = list(dict.fromkeys(" ".join(line.split()) for line in lines))
        for name in names:
            if len(name) > _LONGEST_SERVICE:
                raise forms.ValidationError(
                    gettext("“%(name)s…” is too long: %(limit)d letters at most.")
                    % {"name": name[:30], "limit": _LONGEST_SERVICE}
                )
        return [name for name in names if name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(name in self.errors for name in HOURS_FIELDS):
            self.instance.opening_hours = {
                day: cleaned[name]
                for name, day in HOURS_FIELDS.items()
                if cleaned.get(name)
            }
        return cleaned

    def save(self, commit: bool = True) -> Space:
        space: Space = self.instance
        if "kind_choices" in self.cleaned_data:
            space.set_kinds(self.cleaned_data["kind_choices"])
        if "service_lines" in self.cleaned_data:
            space.set_services(self.cleaned_data["service_lines"])
        if space.pk and "is_trusted" in self.changed_data:
            set_trust(space, is_trusted=self.cleaned_data["is_trusted"])
        return super().save(commit=commit)
