"""What the forms of the member area have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

if TYPE_CHECKING:
    from django.db import models
    from django_stubs_ext import StrOrPromise


class AnswersForm(forms.Form):
    """A form that asks again for what is missing, and offers chosen records."""

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data

    def offer(self, name: str, records: models.QuerySet[Any]) -> None:
        """Let the question ``name`` be answered by one of ``records``."""
        cast("forms.ModelChoiceField", self.fields[name]).queryset = records

    def require(self, name: str, message: StrOrPromise) -> None:
        """Ask for ``name``, unless it was answered or refused already."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)
