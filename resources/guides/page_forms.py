"""The forms in which editors write stages and sheets: branches that exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.forms import BaseForm
from django.utils.translation import gettext as _

from cms.forms import HubPageForm
from resources.domain.branches import UnreadableCondition, parse_condition

if TYPE_CHECKING:
    from wagtail.models import Page

    from resources.models.branching import StageQuestion

# The words of each answer that a guide offers, by question and answer.
Offered = dict[str, dict[str, str]]


class BranchPageForm(HubPageForm):
    """Refuses an answer that the guide does not offer, and says which it offers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = self.list_questions()
        self.offered = list_offered(questions)
        if "only_for" in self.fields and self.offered:
            field = self.fields["only_for"]
            field.help_text = f"{field.help_text} {self.say_offered()}"
        # A page that asks is checked against what is typed, not against what it asked.
        self.offered = list_offered(
            one for one in questions if one.stage_id != self.instance.pk
        )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        self.check_condition(self, cleaned)
        return cleaned

    def list_questions(self) -> list[StageQuestion]:
        """Return what the pages of the guide ask, drafts included; two queries."""
        from resources.models.branching import StageQuestion

        questions = StageQuestion.objects.filter(
            stage__path__startswith=self.find_guide().path
        )
        in_order = questions.order_by("stage__path", "sort_order")
        return list(in_order.prefetch_related("answers"))

    def find_guide(self) -> Page:
        return self.parent_page or self.instance.get_parent()

    def check_condition(self, form: BaseForm, cleaned: Mapping[str, Any]) -> None:
        """Put on ``form`` what is wrong with its ``only_for``, once it can be read."""
        try:
            words = parse_condition(cleaned.get("only_for") or "").words
        except UnreadableCondition:
            return
        for question, answer in words:
            if answer not in self.offered.get(question, {}):
                form.add_error(
                    "only_for",
                    _("No question of this guide offers “%(word)s”. %(offered)s")
                    % {
                        "word": f"{question}:{answer}",
                        "offered": self.say_offered(),
                    },
                )

    def say_offered(self) -> str:
        """Name every answer of the guide."""
        words = [
            f"{question}:{key} ({label})"
            for question, answers in self.offered.items()
            for key, label in answers.items()
        ]
        if not words:
            return _("It asks none yet: write one at a stage, and save it.")
        return _("It offers: %(words)s.") % {"words": ", ".join(words)}


class StagePageForm(BranchPageForm):
    """Knows also the questions that are being written on the page itself."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        self.add_own_questions()
        for form in list_kept_forms(self.formsets.get("checklist")):
            self.check_condition(form, form.cleaned_data)
        return cleaned

    def add_own_questions(self) -> None:
        """Refuse a key that comes twice, and offer what is left to the checklist."""
        elsewhere = set(self.offered)
        for form in list_kept_forms(self.formsets.get("questions")):
            key = form.cleaned_data.get("key", "")
            if key in self.offered:
                form.add_error(
                    "key",
                    _("Another stage of this guide asks “%(word)s”.") % {"word": key}
                    if key in elsewhere
                    else _("Another question of this stage is named “%(word)s”.")
                    % {"word": key},
                )
                continue
            answers = list_kept_forms(form.formsets.get("answers"))
            refuse_twins(answers)
            self.offered[key] = {
                one.cleaned_data.get("key", ""): one.cleaned_data.get("label", "")
                for one in answers
            }


class SheetPageForm(BranchPageForm):
    """A sheet stands two steps below its guide."""

    def find_guide(self) -> Page:
        return super().find_guide().get_parent()


def list_offered(questions: Iterable[StageQuestion]) -> Offered:
    return {
        question.key: {one.key: one.label for one in question.answers.all()}
        for question in questions
    }


def list_kept_forms(formset: Any) -> list[Any]:
    """Return the forms of a set that were filled in and stay, cleaned."""
    if formset is None:
        return []
    # Cleans each form, whatever it returns.
    formset.is_valid()
    return [
        form
        for form in formset.forms
        if form.has_changed() or form.instance.pk
        if not formset._should_delete_form(form)
    ]


def refuse_twins(answers: Iterable[Any]) -> None:
    """Refuse two answers of one question under one key."""
    seen: Counter[str] = Counter()
    for form in answers:
        key = form.cleaned_data.get("key", "")
        seen[key] += 1
        if seen[key] == 2:
            form.add_error("key", _("Another answer has this word."))
