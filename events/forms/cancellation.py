"""Calling a date off."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CancellationForm(forms.Form):
    """What everybody will read beside the cancelled date."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Everybody reads it. Example: the host is ill, see you in January"),
    )
