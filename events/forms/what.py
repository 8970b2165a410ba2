"""What a date and a series are both asked, but for when and where."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from events.enums import Visibility
from events.forms.answers import AnswersForm
from events.models import EventType
from network.models import Space

if TYPE_CHECKING:
    from events.models import Event, Series
    from network.querysets import SpaceQuerySet


class WhatForm(AnswersForm):
    """The version that is changed, whose it is, its texts, and who is told what."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # What services write makes no version: their last change is told apart.
    service_edit = forms.IntegerField(
        required=False, initial=0, widget=forms.HiddenInput
    )
    # Sent twice, a form makes one record: this is how it is known again.
    form_key = forms.UUIDField(
        required=False, initial=uuid.uuid4, widget=forms.HiddenInput
    )
    host = forms.ModelChoiceField(
        label=_("Space"),
        queryset=Space.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "invalid_choice": _("Choose one of the spaces that you speak for.")
        },
    )
    type = forms.ModelChoiceField(
        label=_("Type of event"),
        queryset=EventType.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a type: it gives the date its colour."),
            "invalid_choice": _("Choose a type from the list."),
        },
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("Shown in the agenda and in calendars."),
    )
    description = forms.CharField(
        label=_("What will happen"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    price = forms.CharField(
        label=_("Price"),
        max_length=80,
        required=False,
        help_text=_("In words. Example: free, or everybody pays their share"),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=Visibility,
        initial=Visibility.PUBLIC,
        widget=forms.RadioSelect,
    )
    online_visibility = forms.ChoiceField(
        label=_("Who is given the video link"),
        choices=[(one, one.label) for one in (Visibility.PUBLIC, Visibility.MEMBERS)],
        initial=Visibility.PUBLIC,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("The others read that members find it once logged in."),
    )

    # The text that is changed, if it exists already.
    draft: Event | Series | None = None

    def offer_spaces(self, spaces: SpaceQuerySet) -> None:
        """Ask which of ``spaces`` it is for; of one alone nothing is asked."""
        self.offer("host", spaces)
        self.offer("type", EventType.objects.all())
        hosts = list(spaces[:2])
        if len(hosts) == 1:
            self.fields["host"].widget = forms.HiddenInput()
            self.fields["host"].initial = hosts[0].pk

    def clean_online_visibility(self) -> str:
        """Return the answer; without one, what stands: a link is never opened so."""
        kept = self.draft.online_visibility if self.draft else Visibility.PUBLIC
        return self.cleaned_data["online_visibility"] or kept
