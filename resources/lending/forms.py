"""What is asked of who borrows, answers, cancels or blocks days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.when import DayInput
from resources.amendments.forms import SpokenForForm
from resources.enums import ResourceKind
from resources.services.lending import Wish
from resources.services.lending_refusals import NotSpeaker

if TYPE_CHECKING:
    import datetime

    from cms.refusals import Refusal
    from resources.models import SharedResource

_UNREADABLE = _("This day does not exist. Example: 17/12/2026")


class DaysForm(forms.Form):
    """Whole days, and how many units where there are several.

    What is wrong with them is the service's to say.
    """

    first_day = forms.DateField(
        label=_("First day"),
        widget=DayInput,
        error_messages={"required": _("Give the day."), "invalid": _UNREADABLE},
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DayInput,
        help_text=_("Included. Empty: one day only."),
        error_messages={"invalid": _UNREADABLE},
    )
    units = forms.IntegerField(
        label=_("How many"),
        initial=1,
        error_messages={
            "required": _("Say how many."),
            "invalid": _("Write a number. Example: 2"),
        },
    )

    def __init__(self, *args: Any, resource: SharedResource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if resource.quantity == 1:
            del self.fields["units"]
        else:
            self.fields["units"].help_text = _("There are %(number)d in all.") % {
                "number": resource.quantity
            }

    @property
    def first(self) -> datetime.date:
        """The first day, once the form is valid."""
        day: datetime.date = self.cleaned_data["first_day"]
        return day

    @property
    def last(self) -> datetime.date:
        """The last day, the first where none is given, once the form is valid."""
        day: datetime.date = self.cleaned_data["last_day"] or self.first
        return day

    @property
    def wanted_units(self) -> int:
        """How many, once the form is valid."""
        return int(self.cleaned_data.get("units", 1))


class AskForm(SpokenForForm, DaysForm):
    """The days that a space would borrow, and what for."""

    purpose = forms.CharField(
        label=_("What for"),
        max_length=300,
        help_text=_("Its space reads it before it answers. Example: our open day"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ["space", "first_day", "last_day", "units", "purpose"]

    def __init__(
        self, *args: Any, spaces: Any, resource: SharedResource, **kwargs: Any
    ) -> None:
        super().__init__(*args, spaces=spaces, resource=resource, **kwargs)
        if resource.kind == ResourceKind.SPEAKER:
            self.fields["purpose"].help_text = _(
                "Who comes, and what you expect. Its space reads it before it answers."
            )
        field: Any = self.fields.get("space")
        if field is not None:
            field.error_messages["invalid_choice"] = NotSpeaker.sentence
            others = [one.pk for one in spaces if one.pk != resource.space_id]
            field.initial = next(iter(others), None)

    @property
    def wish(self) -> Wish:
        """What is asked, once the form is valid."""
        return Wish(
            first_day=self.first,
            last_day=self.last,
            units=self.wanted_units,
            purpose=" ".join(self.cleaned_data["purpose"].split()),
        )


class BlockForm(DaysForm):
    """Days that the owner keeps."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=120,
        help_text=_("The members read it. Example: used for our own open day"),
    )

    field_order = ["first_day", "last_day", "units", "reason"]


class AnswerForm(forms.Form):
    """Yes or no, by the button that is pressed; no takes a reason."""

    reason = forms.CharField(
        label=_("A word with your answer"),
        required=False,
        max_length=500,
        help_text=_("When to fetch it, or why not. A refusal needs a reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CancelForm(forms.Form):
    """Why a loan does not take place."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("The other space reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NetworkCancelForm(CancelForm):
    """Why the network cancels a loan between two spaces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].help_text = _("Both spaces read it.")


def show_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Write a refusal beside the question it is about, else above all of them."""
    name = getattr(refusal, "field", "")
    form.add_error(name if name in form.fields else None, str(refusal))
