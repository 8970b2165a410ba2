"""What another person's saved text says where mine says something else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Difference:
    """One question, and the answer that is saved now."""

    label: StrOrPromise
    theirs: str


def list_differences(form: forms.Form, saved: Mapping[str, Any]) -> list[Difference]:
    """Return the questions that the bound ``form`` answers differently.

    ``saved`` are the answers that are stored now, as the form's ``initial``.
    """
    found = []
    for name, field in form.fields.items():
        if name not in saved or field.widget.is_hidden:
            continue
        if field.has_changed(saved[name], form[name].data):
            found.append(Difference(field.label or name, _in_words(field, saved[name])))
    return found


def _in_words(field: forms.Field, value: Any) -> str:
    if value in (None, "", []):
        return gettext("(empty)")
    if isinstance(field, forms.ModelChoiceField):
        records = field.queryset
        return str(
            (records.filter(pk=value).first() if records is not None else None) or value
        )
    if isinstance(field, forms.ChoiceField):
        labels: dict[object, object] = dict(flatten_choices(field.choices))  # type: ignore[arg-type]
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(one, one)) for one in values)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime.date):
        return date_format(value)
    if isinstance(value, datetime.time):
        return time_format(value)
    return str(value)
