"""Amounts of money as people type and read them; in code they are whole cents."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy as _

MAX_EUROS: Final = 10_000_000
# No exponent, no NaN, no other digits than ours; a comma or a point before the cents.
_AMOUNT: Final = re.compile(r"(-?)([0-9]{1,12})(?:[.,]([0-9]{0,2}))?")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f€]+")


class UnreadableAmount(ValueError):
    """A text that is not an amount in euros and cents."""


def read_euros(text: str) -> int:
    """Return the cents of “1 200,50”, “1200.5” or “900 €”.

    Raises:
        UnreadableAmount: anything else, more than two decimals too.
    """
    found = _AMOUNT.fullmatch(_SPACES.sub("", text.replace("−", "-")))
    if found is None:
        raise UnreadableAmount(text[:40])
    sign, euros, cents = found.groups()
    amount = int(euros) * 100 + int((cents or "").ljust(2, "0"))
    return -amount if sign else amount


def write_euros(cents: int) -> str:
    """Write “1200,5” as ``read_euros`` reads it; no cents where there are none."""
    euros, rest = divmod(abs(cents), 100)
    decimals = f",{rest:02}".rstrip("0") if rest else ""
    return f"{'-' if cents < 0 else ''}{euros}{decimals}"


def say_euros(cents: int) -> str:
    """“−1 600 €”: whole euros in the language of the page, half a euro away from zero."""
    euros = (abs(cents) + 50) // 100
    number = number_format(Decimal(euros), 0, use_l10n=True, force_grouping=True)
    sign = "−" if cents < 0 and euros else ""
    return gettext("%(amount)s €") % {"amount": f"{sign}{number}"}


class EurosField(forms.Field):
    """An amount from 0 to ten million euros, in cents; 0 where nothing is written."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("This is not an amount in euros. Example: 1200 or 1200,50"),
        "negative": _("An amount cannot be negative: write 0 or more."),
        "huge": _("This is more than ten million euros: check the amount."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> int:
        if value in self.empty_values or not str(value).strip():
            return 0
        try:
            cents = read_euros(str(value))
        except UnreadableAmount:
            raise self._refuse("invalid") from None
        if cents < 0:
            raise self._refuse("negative")
        if cents > MAX_EUROS * 100:
            raise self._refuse("huge")
        return cents

    def _refuse(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)
