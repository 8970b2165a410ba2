"""What is asked of a charter's editors."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from resources.domain.charter_changes import ChangeState
from resources.enums import VersionState
from resources.models import Charter, CharterVersion

if TYPE_CHECKING:
    from resources.charters.comparison import CriterionChange


class CharterVersionForm(WagtailAdminModelForm):
    """A draft of a charter: numbers and anchors come by themselves.

    ``seen`` is the mark of the text that was opened: an amendment written into the
    draft meanwhile is not silently undone.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self._find_mark()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._refuse_outdated(cleaned.get("seen", ""))
        stored = CharterVersion.objects.filter(pk=self.instance.pk)
        if stored.filter(state=VersionState.PUBLISHED).exists():
            raise ValidationError(
                _(
                    "This version is published: spaces sign it as it is. "
                    "Start the next version to change the text."
                )
            )
        return cleaned

    def _find_mark(self) -> str:
        stored = CharterVersion.objects.with_text().filter(pk=self.instance.pk).first()
        return stored.text_mark if stored is not None else ""

    def _refuse_outdated(self, seen: str) -> None:
        mark = self._find_mark()
        if not seen or seen == mark:
            return
        # Sent again, it is meant.
        self.data: Any = self.data.copy()
        self.data[self.add_prefix("seen")] = mark
        raise ValidationError(
            _(
                "The draft changed since you opened it, perhaps by an amendment: "
                "nothing was saved, and your text is below. Compare it with the draft, "
                "then save again to keep yours."
            )
        )

    def save(self, commit: bool = True) -> CharterVersion:
        version = super().save(commit=False)
        if version.pk is None or "charter" in self.changed_data:
            version.number = version.charter.next_number
        version.arrange_text()
        if commit:
            version.save()
            self._save_m2m()
        return version


class PublishVersionForm(forms.Form):
    """The day on which the network adopted the text."""

    adopted_on = forms.DateField(
        label=_("Adopted on"),
        initial=timezone.localdate,
        widget=AdminDateInput,
        help_text=_("The day the network said yes to this text."),
    )


class AdaptVersionForm(forms.ModelForm):
    """The name of a charter that is written from another's text."""

    class Meta:
        model = Charter
        fields = ("title", "slug")


class ReasonsForm(forms.Form):
    """Why each criterion that is not as it was changed, went or came."""

    def __init__(
        self,
        *args: Any,
        changes: Sequence[CriterionChange],
        reasons: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = []
        for change in changes:
            if change.state == ChangeState.KEPT:
                continue
            key = str(change.shown.key)
            self.keys.append(key)
            self.fields[f"reason-{key}"] = forms.CharField(
                label=f"{change.shown.number} {change.shown.text} ({change.label})",
                required=False,
                max_length=500,
                initial=reasons.get(key, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def reasons(self) -> dict[uuid.UUID, str]:
        """The answers by the key of their criterion, once the form is valid."""
        return {uuid.UUID(key): self.cleaned_data[f"reason-{key}"] for key in self.keys}
