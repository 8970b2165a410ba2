"""What is asked of who signs a charter, withdraws, reviews or replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from resources.enums import AnswerState, CriterionKind, ReviewVerdict, SigningRight
from resources.services.signature_review import Finding
from resources.services.signatures import Answer, Signer

if TYPE_CHECKING:
    from resources.models import (
        Article,
        CharterVersion,
        Criterion,
        Signature,
        SignatureAnswer,
    )

EVIDENCE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class AskedCriterion:
    """A criterion with its two questions; grounds for leaving have one."""

    criterion: Criterion
    answer: BoundField
    evidence: BoundField | None

    @property
    def answer_label(self) -> str:
        """The chosen answer in words, "" before there is one."""
        labels = dict(AnswerState.choices)
        return str(labels.get(self.answer.value() or "", ""))


@dataclass(frozen=True, slots=True)
class AskedArticle:
    """An article of the charter with the questions on its criteria."""

    article: Article
    criteria: Sequence[AskedCriterion]


class SignForm(forms.Form):
    """An answer to each criterion of a version, then who signs and by what right.

    ``digest`` says which text was read; ``is_confirmed`` is asked last, once
    everything was read again.
    """

    signer_name = forms.CharField(label=_("Your first and last name"), max_length=120)
    right = forms.ChoiceField(
        label=_("By what right do you sign for this space?"),
        choices=SigningRight,
        widget=forms.RadioSelect,
    )
    right_details = forms.CharField(
        label=_("Which one?"),
        max_length=200,
        required=False,
        help_text=_(
            "Your office, or the decision that gives you the mandate. Example: "
            "board meeting of 3 November."
        ),
    )
    is_shown = forms.BooleanField(
        label=_("My name may appear beside that of the space in the public list"),
        required=False,
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, version: CharterVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.fields["digest"].initial = version.digest
        for key, criterion in version.criteria_by_key.items():
            self._ask(key, criterion)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in self.version.criteria_by_key:
            if cleaned.get(f"answer-{key}") == "":
                self.add_error(f"answer-{key}", _("Answer this criterion."))
        if cleaned.get("right") == SigningRight.MANDATE and not cleaned.get(
            "right_details"
        ):
            self.add_error(
                "right_details", _("Say which decision gives you the mandate.")
            )
        return cleaned

    @property
    def articles(self) -> list[AskedArticle]:
        """The questions under their article, in order; articles without are left out."""
        asked = [
            AskedArticle(article, [self._find(one) for one in article.ordered_criteria])
            for article in self.version.ordered_articles
        ]
        return [one for one in asked if one.criteria]

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers by the key of their criterion, once the form is valid."""
        return {
            key: Answer(
                self.cleaned_data[f"answer-{key}"],
                self.cleaned_data.get(f"evidence-{key}", ""),
            )
            for key in self.version.criteria_by_key
        }

    @property
    def signer(self) -> Signer:
        """Who signs, once the form is valid."""
        return Signer(
            name=self.cleaned_data["signer_name"],
            right=self.cleaned_data["right"],
            right_details=self.cleaned_data["right_details"],
            is_shown=self.cleaned_data["is_shown"],
        )

    @property
    def right_label(self) -> str:
        """The chosen right in words, as it was answered."""
        return str(dict(SigningRight.choices).get(self["right"].value() or "", ""))

    def _ask(self, key: str, criterion: Criterion) -> None:
        label = f"{criterion.number} {criterion.text}"
        is_ground = criterion.kind == CriterionKind.EXCLUSION
        states = (
            [AnswerState.ACCEPTED]
            if is_ground
            else [AnswerState.MET, AnswerState.NOT_YET]
        )
        self.fields[f"answer-{key}"] = forms.ChoiceField(
            label=label,
            choices=[(state.value, state.label) for state in states],
            widget=forms.RadioSelect,
            # The page says once that each is asked, instead of each time.
            required=False,
        )
        if not is_ground:
            self.fields[f"evidence-{key}"] = forms.CharField(
                label=_("What shows it, or when it will be (%(number)s)")
                % {"number": criterion.number},
                required=False,
                max_length=EVIDENCE_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _find(self, criterion: Criterion) -> AskedCriterion:
        name = f"evidence-{criterion.key}"
        return AskedCriterion(
            criterion,
            self[f"answer-{criterion.key}"],
            self[name] if name in self.fields else None,
        )


class WithdrawForm(forms.Form):
    """Why a space withdraws; it need not say."""

    reason = forms.CharField(
        label=_("Why, if you wish to say"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplyForm(forms.Form):
    """What a space replies to what the network found."""

    reply = forms.CharField(
        label=_("Your reply"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


@dataclass(frozen=True, slots=True)
class ReviewedAnswer:
    """One answer of a space with the questions on it."""

    answer: SignatureAnswer
    verdict: BoundField
    reason: BoundField


class ReviewForm(forms.Form):
    """What the network found on each criterion; one left blank stays unreviewed."""

    def __init__(self, *args: Any, signature: Signature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviewed = list(
            signature.answers.select_related("criterion").prefetch_related("reviews")
        )
        for answer in self.reviewed:
            last = answer.latest_review
            self.fields[f"verdict-{answer.pk}"] = forms.ChoiceField(
                label=_("What did you find?"),
                choices=[("", _("not looked at")), *ReviewVerdict.choices],
                required=False,
                initial=last.verdict if last else "",
            )
            self.fields[f"reason-{answer.pk}"] = forms.CharField(
                label=_("Why"),
                required=False,
                max_length=1000,
                initial=last.reason if last else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for answer in self.reviewed:
            name = f"reason-{answer.pk}"
            if cleaned.get(f"verdict-{answer.pk}") and not cleaned.get(name):
                self.add_error(name, _("Say why: the space reads it and may reply."))
        return cleaned

    @property
    def rows(self) -> list[ReviewedAnswer]:
        return [
            ReviewedAnswer(
                answer, self[f"verdict-{answer.pk}"], self[f"reason-{answer.pk}"]
            )
            for answer in self.reviewed
        ]

    @property
    def findings(self) -> dict[int, Finding]:
        """What was found, by the row of its answer, once the form is valid."""
        return {
            answer.pk: Finding(verdict, self.cleaned_data[f"reason-{answer.pk}"])
            for answer in self.reviewed
            if (verdict := self.cleaned_data[f"verdict-{answer.pk}"])
        }
