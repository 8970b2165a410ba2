"""The form in which an editor or a moderator writes a date in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.services.refusals import Refusal
from events.services.registration import refuse_small_capacity

if TYPE_CHECKING:
    from collections.abc import Sequence


class AdminEventForm(WagtailAdminModelForm):
    """Warns once of what a service wrote on the date since the form was opened.

    A date that is moved gets no new revision, so that Wagtail sees no conflict.
    Refuses fewer places than are taken.
    """

    service_edit = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["service_edit"] = self.instance.last_service_edit

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in self._list_changed_since(cleaned.get("service_edit") or 0):
            written = getattr(self.instance, name)
            if name in cleaned and cleaned[name] != written:
                self.add_error(
                    name,
                    _(
                        "This changed while you were writing: it is now “%(written)s”. "
                        "Save again to keep your answer."
                    )
                    % {"written": "" if written is None else written},
                )
        try:
            refuse_small_capacity(self.instance, cleaned.get("capacity"))
        except Refusal as refusal:
            self.add_error("capacity", refusal.sentence)
        if self.is_bound:
            # Warned now: what is sent next has seen it.
            self.data: Any = self.data.copy()
            self.data[self.add_prefix("service_edit")] = self.instance.last_service_edit
        return cleaned

    def _list_changed_since(self, seen: int) -> Sequence[str]:
        edits: dict[str, int] = self.instance.service_edits
        return [name for name, turn in edits.items() if turn > seen]
