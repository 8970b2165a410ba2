"""What the editors of a project are told: mistakes, and what may deserve a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.panels import Panel

from cms.forms import HubPageForm
from resources.domain.projects import (
    find_parent,
    grow_tree,
    list_misplaced,
    list_overlapping,
    list_repeated,
    list_unserved,
)
from resources.projects.reading import read_funding
from resources.projects.wording import FACT_LABELS

if TYPE_CHECKING:
    from resources.models.project import ProjectPage


class ProjectPageForm(HubPageForm):
    """Compares the rows of a project, which each know nothing of the others."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        self._check_coordinator()
        self._refuse_repeated("phases", "number", _("Two phases have this number."))
        self._refuse_repeated(
            "objectives", "number", _("Two objectives have this number.")
        )
        self._refuse_repeated("fundings", "number", _("Two fundings have this number."))
        self._check_references()
        return cleaned

    def _check_coordinator(self) -> None:
        partners = list(self._rows("partners"))
        coordinators = [one for one in partners if self._read(one, "is_coordinator")]
        if partners and not coordinators:
            partners[0].add_error(
                "is_coordinator",
                _("One of the partners coordinates the project: tick which one."),
            )
        for row in coordinators[1:]:
            row.add_error(
                "is_coordinator",
                _("Another partner is ticked too: one coordinates the project."),
            )

    def _refuse_repeated(self, name: str, field: str, sentence: Any) -> None:
        rows = list(self._rows(name))
        repeated = list_repeated(self._read(row, field) for row in rows) - {None, ""}
        for row in rows:
            if self._read(row, field) in repeated:
                row.add_error(field, sentence)

    def _check_references(self) -> None:
        """Refuse a number that no row has."""
        phases = self._numbers("phases")
        objectives = self._numbers("objectives")
        fundings = self._numbers("fundings")
        for row in self._rows("objectives"):
            above = find_parent(str(self._read(row, "number") or ""))
            if above and above not in objectives:
                sentence = gettext("There is no objective %(number)s above it.")
                row.add_error("number", sentence % {"number": above})
        for row in self._rows("actions"):
            phase = self._read(row, "phase_number")
            if phase is not None and phase not in phases:
                sentence = gettext("There is no phase %(number)s.")
                row.add_error("phase_number", sentence % {"number": phase})
            if "objective_numbers" in row.errors:
                continue
            for number in row.instance.serves:
                if number not in objectives:
                    sentence = gettext("There is no objective %(number)s.")
                    row.add_error("objective_numbers", sentence % {"number": number})
        for row in self._rows("sources"):
            funding = self._read(row, "funding_number")
            if funding is not None and funding not in fundings:
                sentence = gettext("There is no funding %(number)s.")
                row.add_error("funding_number", sentence % {"number": funding})

    def _numbers(self, name: str) -> set[Any]:
        return {self._read(row, "number") for row in self._rows(name)}

    def _rows(self, name: str) -> Iterator[forms.ModelForm]:
        """Yield the forms of rows that stay, each validated."""
        formset = self.formsets.get(name)
        for row in formset.forms if formset is not None else ():
            # Reading the mistakes validates the row, once. A row of a draft has no key
            # either: what does not count is one that was added and left empty.
            mistakes = row.errors
            is_blank = not mistakes and row.empty_permitted and not row.has_changed()
            if not (is_blank or formset._should_delete_form(row)):
                yield row

    def _read(self, row: forms.ModelForm, field: str) -> Any:
        return getattr(row, "cleaned_data", {}).get(field)


class RemarksPanel(Panel):
    """What an editor may want to look at in what was last saved; it refuses nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "resources/admin/project_remarks.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.remarks)

        @property
        def remarks(self) -> list[str]:
            return list_remarks(self.instance)


def list_remarks(project: ProjectPage) -> list[str]:
    """Say what is out of order, overlaps, serves nothing or is disputed."""
    rules: list[Callable[[ProjectPage], Iterator[str]]] = [
        _remark_phases,
        _remark_objectives,
        _remark_money,
    ]
    return [remark for rule in rules for remark in rule(project)]


def _remark_phases(project: ProjectPage) -> Iterator[str]:
    dated = [(phase, phase.span) for phase in project.phases.all()]
    phases = [phase for phase, span in dated if span is not None]
    spans = [span for _phase, span in dated if span is not None]
    for position in list_misplaced(spans):
        yield gettext(
            "Phase %(number)s begins before phase %(before)s, which it follows here."
        ) % {
            "number": phases[position].number,
            "before": phases[position - 1].number,
        }
    for position in list_overlapping(spans):
        yield gettext(
            "Phase %(number)s begins while phase %(before)s goes on: is that meant?"
        ) % {
            "number": phases[position].number,
            "before": phases[position - 1].number,
        }


def _remark_objectives(project: ProjectPage) -> Iterator[str]:
    objectives = [one for one in project.objectives.all() if one.number]
    actions = list(project.actions.all())
    if not objectives or not actions:
        return
    tree = grow_tree((one.number, one) for one in objectives)
    served = [number for action in actions for number in action.serves]
    for number in list_unserved(tree, served):
        yield gettext("No action serves objective %(number)s.") % {"number": number}
    for action in actions:
        if not action.serves:
            yield gettext("This action serves no objective: “%(action)s”") % {
                "action": action.text
            }


def _remark_money(project: ProjectPage) -> Iterator[str]:
    sources = list(project.sources.all())
    for funding in project.fundings.all():
        for fact in read_funding(funding, sources).facts:
            if fact.is_disputed:
                yield gettext(
                    "Funding %(number)s, %(fact)s: its sources and what you keep "
                    "disagree. The page says so."
                ) % {
                    "number": funding.number,
                    "fact": str(FACT_LABELS[fact.name]).lower(),
                }
