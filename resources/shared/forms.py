"""What is asked of a reader who looks for a resource."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cms.folding import fold_words
from resources.enums import ResourceKind, ResourceLicence, ResourceTheme
from resources.models import SharedResource
from resources.querysets import SharedResourceQuerySet
from resources.shared.stages import Stage


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
    etape = forms.ChoiceField(label=_("Stage of the guide"), required=False)
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

    def __init__(self, *args: Any, stages: Sequence[Stage], **kwargs: Any) -> None:
        """Offer these stages, which the public may read."""
        super().__init__(*args, **kwargs)
        self.stages = stages
        self._offer_stages(lambda stage: stage.title)

    def filter(
        self, resources: SharedResourceQuerySet, *, leave_out: str = ""
    ) -> SharedResourceQuerySet:
        """Return the resources that match every filter but ``leave_out``."""
        asked = {
            field: value
            for name, field in self.facets.items()
            if name != leave_out and (value := self.cleaned_data[name])
        }
        if leave_out != "etape" and (slug := self.cleaned_data["etape"]):
            helping = self._list_helping().filter(stagepage__slug=slug)
            asked["pk__in"] = helping.values("sharedresource")
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
        self._show_stage_counts(resources)

    def _show_stage_counts(self, resources: SharedResourceQuerySet) -> None:
        found = self.filter(resources, leave_out="etape").order_by().values("pk")
        helping = self._list_helping().filter(sharedresource__in=found)
        by_slug = helping.values_list("stagepage__slug")
        counts = Counter(
            dict(by_slug.annotate(Count("sharedresource", distinct=True)).order_by())
        )
        chosen = self.cleaned_data["etape"]
        self.stages = [
            stage for stage in self.stages if counts[stage.slug] or stage.slug == chosen
        ]
        self._offer_stages(lambda stage: f"{stage.title} ({counts[stage.slug]})")

    def _list_helping(self) -> Any:
        """The rows that say which resource helps at which of the offered stages."""
        through: Any = SharedResource.stages.through
        return through.objects.filter(stagepage__in=[stage.pk for stage in self.stages])

    def _offer_stages(self, say: Callable[[Stage], str]) -> None:
        """List the stages in order; those of several guides that share a word share it."""
        choices: dict[str, str] = {}
        for stage in self.stages:
            choices.setdefault(stage.slug, say(stage))
        field: Any = self.fields["etape"]
        field.choices = [("", _("Any stage")), *choices.items()]

    def list_active(self) -> list[tuple[str, str]]:
        """Return the name and the words of each filter in force, unknown ones too."""
        active = []
        for name in self.fields:
            value = self.data.get(name, "").strip()
            if value:
                labels = self._list_labels(name)
                active.append((name, str(labels.get(value, value))[:60]))
        return active

    def _list_labels(self, name: str) -> dict[str, Any]:
        if name == "etape":
            return {stage.slug: stage.title for stage in reversed(self.stages)}
        return dict(getattr(self.fields[name], "choices", ()))
