"""What is asked of a reader who looks for a resource."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cms.folding import fold_words
from resources.enums import ResourceKind, ResourceLicence, ResourceTheme
from resources.querysets import SharedResourceQuerySet


class ResourceFilterForm(forms.Form):
    """The filters of the list of resources, as they stand in its address."""

    q = forms.CharField(
        label=_("A word"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    type = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *ResourceKind.choices],
    )
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=[("", _("All themes")), *ResourceTheme.choices],
    )
    licence = forms.ChoiceField(
        label=_("Licence"),
        required=False,
        choices=[("", _("All licences")), *ResourceLicence.choices],
    )

    # The model's field that each facet of the address filters.
    facets: ClassVar[dict[str, str]] = {
        "type": "kind",
        "theme": "theme",
        "licence": "licence",
    }

    def filter(
        self, resources: SharedResourceQuerySet, *, leave_out: str = ""
    ) -> SharedResourceQuerySet:
        """Return the resources that match every filter but ``leave_out``."""
        asked = {
            field: value
            for name, field in self.facets.items()
            if name != leave_out and (value := self.cleaned_data[name])
        }
        words = fold_words(self.cleaned_data["q"])
        return resources.filter(**asked).matching(words)

    def show_counts(self, resources: SharedResourceQuerySet) -> None:
        """Write beside each choice how many resources it leads to; a query a facet.

        Choices that lead nowhere go, the chosen one excepted.
        """
        for name, column in self.facets.items():
            counts = Counter(
                dict(
                    self.filter(resources, leave_out=name)
                    .order_by()
                    .values_list(column)
                    .annotate(Count("pk"))
                )
            )
            field: Any = self.fields[name]
            field.choices = [
                (value, f"{label} ({counts[value]})" if value else label)
                for value, label in field.choices
                if not value or counts[value] or value == self.cleaned_data[name]
            ]

    def list_active(self) -> list[tuple[str, str]]:
        """Return the name and the words of each filter in force, unknown ones too."""
        active = []
        for name, field in self.fields.items():
            value = self.data.get(name, "").strip()
            if value:
                labels = dict(getattr(field, "choices", ()))
                active.append((name, str(labels.get(value, value))[:60]))
        return active
