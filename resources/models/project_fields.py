"""Columns of projects: dates as precise as their sources, amounts to the cent."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from resources.domain.partial_dates import (
    PartialDate,
    UnreadableDate,
    read_partial_date,
)
from resources.simulator.euros import UnreadableAmount, read_euros, write_euros

_UNREADABLE_DATE = _("This is no date. Examples: 2011, 10/2011, 26/10/2011")
_DIGITS: Final = re.compile(
    r"(?:(?:([0-9]{1,2})[/.-])?([0-9]{1,2})[/.-])?([0-9]{4})", re.ASCII
)
_WORDS: Final = re.compile(r"(?:([0-9]{1,2})(?:er|st)? +)?([^\W\d]+) +([0-9]{4})")


def read_typed_date(text: str) -> PartialDate:
    """Read “2011”, “10/2011”, “26/10/2011”, “26 octobre 2011” or “2011-10-26”.

    Months have the names of the language in force.

    Raises:
        UnreadableDate: anything else.
    """
    typed = " ".join(text.split()).casefold()
    found = _DIGITS.fullmatch(typed)
    if found is not None:
        day, month, year = (int(one) if one else None for one in found.groups())
        return PartialDate(year or 0, month, day)
    found = _WORDS.fullmatch(typed)
    if found is not None:
        months = {str(name).casefold(): number for number, name in MONTHS.items()}
        if found[2] not in months:
            raise UnreadableDate(text[:20])
        day = int(found[1]) if found[1] else None
        return PartialDate(int(found[3]), months[found[2]], day)
    return read_partial_date(typed)


class PartialDateFormField(forms.CharField):
    """A year, a month or a day, as people write them."""

    def prepare_value(self, value: Any) -> Any:
        """Show “26/10/2011” for “2011-10-26”; what is no date stays as it was typed."""
        try:
            date = read_partial_date(str(value or ""))
        except UnreadableDate:
            return value
        parts = [f"{one:02}" for one in (date.day, date.month) if one is not None]
        return "/".join([*parts, f"{date.year:04}"])

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return str(read_typed_date(text))
        except UnreadableDate:
            raise ValidationError(_UNREADABLE_DATE, code="invalid") from None


def validate_partial_date(text: str) -> None:
    """Refuse what ``domain.partial_dates`` cannot read.

    Raises:
        ValidationError: the text is no date.
    """
    try:
        read_partial_date(text)
    except UnreadableDate:
        raise ValidationError(_UNREADABLE_DATE, code="invalid") from None


class PartialDateField(models.CharField):
    """Keeps “2011”, “2011-10” or “2011-10-26”; these sort as the time they mean."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        # “26 septembre 2011” is longer than what is kept.
        values = {**kwargs, "form_class": PartialDateFormField, "max_length": 40}
        return super().formfield(**values)


class AmountFormField(forms.Field):
    """An amount in euros, in cents; None, never 0, where nothing is written."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("This is not an amount in euros. Example: 38040 or 1200,50"),
        "negative": _("An amount cannot be negative: write what was given."),
        "zero": _("Nothing was given? Leave the field empty if the amount is unknown."),
    }

    def prepare_value(self, value: Any) -> Any:
        return write_euros(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            cents = read_euros(str(value))
        except UnreadableAmount:
            raise self._refuse("invalid") from None
        if cents < 0:
            raise self._refuse("negative")
        if not cents:
            raise self._refuse("zero")
        return cents

    def _refuse(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class AmountField(models.BigIntegerField):
    """An amount in cents, more than 0; NULL where nobody knows it."""

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value is not None and value <= 0:
            messages = AmountFormField.default_error_messages
            raise ValidationError(messages["negative" if value else "zero"])

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, form_class=AmountFormField, **kwargs)
