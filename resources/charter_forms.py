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
    from resources.charter_comparison import CriterionChange


class CharterVersionForm(WagtailAdminModelForm):
    """A draft of a charter: numbers and anchors come by themselves."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        stored = CharterVersion.objects.filter(pk=self.instance.pk)
        if stored.filter(state=VersionState.PUBLISHED).exists():
            raise ValidationError(
                _(
                    "This version is published: spaces sign it as it is. "
                    "Start the next version to change the text."
                )
            )
        return cleaned

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
