"""Saying what became of a decision: its state, who has it, its tasks, its date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events import wording
from events.enums import DecisionState
from events.forms.when import DayInput
from events.models import Event
from network.models import Space

if TYPE_CHECKING:
    from events.models import Decision
    from events.querysets import EventQuerySet

_BAD_DAY = _("This day does not exist. Example: 17/12/2026")
_BAD_SPACE = _("Choose a space from the list.")


class StateForm(forms.Form):
    """What happened; everybody who reads the decision reads it."""

    seen_state = forms.CharField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(label=_("It is now"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What happened"),
        max_length=400,
        required=False,
        help_text=_("One sentence, which everybody reads. No names of people."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["state"]).choices = [
            (state.value, capfirst(str(state.label))) for state in DecisionState
        ]


class TaskForm(forms.Form):
    """Something that a space has to do."""

    title = forms.CharField(
        label=_("To do"),
        max_length=200,
        error_messages={"required": _("Say what there is to do.")},
    )
    space = forms.ModelChoiceField(
        label=_("For"),
        queryset=Space.objects.none(),
        empty_label=_("Choose"),
        error_messages={"invalid_choice": _BAD_SPACE, "required": _BAD_SPACE},
    )
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=DayInput,
        error_messages={"invalid": _BAD_DAY},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField", self.fields["space"])
        field.queryset = Space.objects.listed().order_by("name")


class EntrustForm(forms.Form):
    """Who answers for the decision, and until when."""

    space = forms.ModelChoiceField(
        label=_("In charge"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("(none)"),
        error_messages={"invalid_choice": _BAD_SPACE},
    )
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=DayInput,
        error_messages={"invalid": _BAD_DAY},
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spaces = Space.objects.listed()
        # One that closed since may stay.
        current = Space.objects.filter(decisions=decision)
        field = cast("forms.ModelChoiceField", self.fields["space"])
        field.queryset = Space.objects.filter(
            Q(pk__in=spaces.values("pk")) | Q(pk__in=current.values("pk"))
        ).order_by("name")


class _DateChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{wording.say_day(obj.start_date)} – {obj.title}"


class NextEventForm(forms.Form):
    """The date that the decision led to."""

    event = _DateChoice(
        label=_("Date it led to"),
        queryset=Event.objects.none(),
        required=False,
        empty_label=_("(none)"),
        error_messages={"invalid_choice": _("Choose a date from the list.")},
    )

    def __init__(self, *args: Any, dates: EventQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["event"]).queryset = dates
