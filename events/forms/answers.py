"""What the forms of the member area have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError

from events.services.refusals import WrongAnswer

if TYPE_CHECKING:
    from django.db import models
    from django_stubs_ext import StrOrPromise

    from events.services.refusals import Refusal


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


def correct_answers(form: forms.Form, error: Refusal | ValidationError) -> bool:
    """Say on ``form`` what a service refused; False if no answer of it can help."""
    if isinstance(error, WrongAnswer):
        form.add_error(None, error.sentence)
        return True
    if not isinstance(error, ValidationError):
        return False
    mistakes = error.update_error_dict({})
    for name, messages in mistakes.items():
        form.add_error(name if name in form.fields else None, messages)
    return True
