"""The one page on which a member writes a date."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.forms.registration_terms import RegistrationTermsForm, read_terms
from events.forms.what import WhatForm
from events.forms.when import WhenForm, read_when_initial
from events.forms.where import WhereForm, read_place_initial
from events.models import Event
from events.services.refusals import Refusal
from events.services.registration import refuse_small_capacity

if TYPE_CHECKING:
    from network.querysets import SpaceQuerySet

MAX_KEYWORDS = 10
MAX_KEYWORD_LENGTH = 40


class MemberEventForm(WhatForm, WhenForm, WhereForm, RegistrationTermsForm):
    """Reads a date; ``values`` is what ``events.services.draft`` stores.

    A draft may lack its place; what is published may not.
    """

    # The order in which mistakes and differences are listed.
    field_order = (
        "version", "service_edit", "form_key", "host", "type", "title", "summary", "description",
        "tags", *WhenForm.base_fields, "past_confirmed", *WhereForm.base_fields,
        "online_visibility", "price", "visibility", *RegistrationTermsForm.base_fields,
    )  # fmt: skip

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_(
            "What makes one want to come, in fewer than 60 characters. "
            "Date and place are added by themselves."
        ),
        error_messages={"required": _("Give the date a title.")},
    )
    tags = forms.CharField(
        label=_("Keywords"),
        max_length=400,
        required=False,
        help_text=_("With commas between them. Example: soup, board games"),
    )

    past_confirmed = forms.BooleanField(
        label=_("Yes, this date is in the past"), required=False
    )

    def __init__(
        self,
        *args: Any,
        spaces: SpaceQuerySet,
        now: datetime.datetime,
        draft: Event | None = None,
        for_publication: bool = False,
        **kwargs: Any,
    ) -> None:
        """Make the form for who speaks for ``spaces``.

        ``draft`` is the text that is changed, if it exists already; ``for_publication``
        checks also what a draft may lack.
        """
        super().__init__(*args, **kwargs)
        self.now = now
        self.draft = draft
        self.for_publication = for_publication
        self.offer_spaces(spaces)

    def clean_tags(self) -> list[str]:
        words = (
            " ".join(word.split()) for word in self.cleaned_data["tags"].split(",")
        )
        names = list({word.casefold(): word for word in words if word}.values())
        if len(names) > MAX_KEYWORDS:
            raise ValidationError(
                _("Keep the %(count)d best keywords."), params={"count": MAX_KEYWORDS}
            )
        if any(len(name) > MAX_KEYWORD_LENGTH for name in names):
            raise ValidationError(_("Put commas between the keywords."))
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_capacity(cleaned)
        if not self.errors:
            self._clean_date()
        if self.for_publication and not self.errors:
            self._warn_of_past()
        return cleaned

    @property
    def usual_minutes(self) -> int:
        kind = self.cleaned_data.get("type")
        return kind.duration_minutes if kind else super().usual_minutes

    @property
    def values(self) -> dict[str, Any]:
        """The checked answers by the names of ``MEMBER_FIELDS``, and ``tags``."""
        cleaned = self.cleaned_data
        kept = (
            "host", "type", "title", "summary", "description", "tags", "online_url",
            "online_visibility", "price", "visibility", *self.WHEN_FIELDS,
        )  # fmt: skip
        values = {name: cleaned[name] for name in kept} | self.terms
        values |= self.read_place(cleaned["host"])
        values["zone"] = (values["venue"] or cleaned["host"]).zone
        return values

    def _clean_capacity(self, cleaned: dict[str, Any]) -> None:
        if self.draft is None:
            return
        try:
            refuse_small_capacity(self.draft, cleaned.get("capacity"))
        except Refusal as refusal:
            self.add_error("capacity", refusal.sentence)

    def _clean_date(self) -> None:
        """Let the record check hours that clocks skip, order and length."""
        values = self.values
        record = Event(**{name: values[name] for name in values if name != "tags"})
        try:
            record.full_clean(exclude={"uid", "slug"}, validate_unique=False)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)
        else:
            self._start_at = record.start_at

    def _warn_of_past(self) -> None:
        is_same = self.draft is not None and self.draft.start_at == self._start_at
        if self._start_at > self.now or is_same or self.cleaned_data["past_confirmed"]:
            return
        self.add_error(
            "past_confirmed",
            _("This date is in the past: correct the day, or tick here to keep it."),
        )


def read_initial(event: Event) -> dict[str, Any]:
    """Return the form's answers for a text of ``event``."""
    names = (
        "title", "summary", "description", "online_visibility", "price", "visibility",
    )  # fmt: skip
    initial = {name: getattr(event, name) for name in names}
    initial |= read_when_initial(event) | read_place_initial(event)
    initial |= read_terms(event)
    initial["version"] = event.latest_revision_id
    initial["service_edit"] = event.last_service_edit
    initial["host"] = event.host_id
    initial["type"] = event.type_id
    initial["tags"] = ", ".join(tag.name for tag in event.tags.all())
    return initial
