"""What is asked of who amends a draft, comments, answers or moderates."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.enums import AMENDMENT_ANSWERS, AmendmentTarget
from resources.services.amendments import Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from network.models import Space
    from resources.models import Article

CRITERION_LENGTH = 500


class SpokenForForm(forms.Form):
    """Which of my spaces speaks; asked only of who speaks for several."""

    space: Any = forms.ModelChoiceField(queryset=None, label=_("For which space"))

    def __init__(self, *args: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["space"]
        field.queryset = spaces
        self.only_space: Space | None = None
        if len(spaces) == 1:
            self.only_space = spaces[0]
            del self.fields["space"]

    @property
    def chosen_space(self) -> Space:
        """The space that speaks, once the form is valid."""
        space: Space = self.only_space or self.cleaned_data["space"]
        return space


class ProposeForm(SpokenForForm):
    """What to change in one article, and why.

    ``target`` is “text”, “new_criterion” or the key of a criterion; ``original`` is
    what stood there when the page was read.
    """

    target = forms.CharField(widget=forms.HiddenInput, max_length=36)
    original = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=12000, strip=False
    )
    proposal = forms.CharField(
        label=_("The new words"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        help_text=_("What it mends, and for whom. The other spaces read it first."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ["space", "proposal", "reason"]

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        words = cleaned.get("proposal", "")
        is_criterion = cleaned.get("target") != AmendmentTarget.TEXT
        if is_criterion and len(words) > CRITERION_LENGTH:
            self.add_error(
                "proposal",
                _("A criterion has %(limit)d characters at most.")
                % {"limit": CRITERION_LENGTH},
            )
        return cleaned

    @property
    def proposed(self) -> Proposal:
        """What is proposed, once the form is valid."""
        target, key = read_target(self.cleaned_data["target"])
        return Proposal(
            article_slug=self.article.slug,
            target=target,
            criterion_key=key,
            original=self.cleaned_data["original"],
            text=self.cleaned_data["proposal"],
            reason=self.cleaned_data["reason"],
        )


def read_target(word: str) -> tuple[str, uuid.UUID | None]:
    """Return the target that an address or a form names, and the key of a criterion.

    A word that is none names a criterion that no article has.
    """
    if word in (AmendmentTarget.TEXT, AmendmentTarget.NEW_CRITERION):
        return word, None
    try:
        return AmendmentTarget.CRITERION, uuid.UUID(word)
    except ValueError:
        return AmendmentTarget.CRITERION, None


class CommentForm(SpokenForForm):
    """A word on an amendment."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """The editor's answer, and whether it is written into the draft at once."""

    state = forms.ChoiceField(
        label=_("Answer"),
        choices=[(one.value, one.label) for one in AMENDMENT_ANSWERS],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The space reads it, and everybody once the text is published."),
    )
    is_applied = forms.BooleanField(
        label=_("Write the proposed words into the draft now"),
        required=False,
        help_text=_("For an amendment accepted as it stands."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_applied") and cleaned.get("state") != "accepted":
            self.add_error(
                "is_applied",
                _("Only what is accepted as it stands is written as it stands."),
            )
        return cleaned


class ModerateForm(forms.Form):
    """Whether the members read a comment; why not, where they do not."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("show", _("Show it to the members")), ("refuse", _("Refuse it"))],
        widget=forms.RadioSelect,
    )
    refusal = forms.CharField(
        label=_("Why it is refused"),
        required=False,
        max_length=300,
        help_text=_("Its author reads it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "refuse" and not cleaned.get("refusal"):
            self.add_error("refusal", _("Say why: its author reads it."))
        return cleaned


def list_targets(article: Article) -> Sequence[tuple[str, str]]:
    """Return the word and the label of all that can be amended in an article."""
    return [
        (AmendmentTarget.TEXT.value, str(AmendmentTarget.TEXT.label)),
        *(
            (str(one.key), f"{one.number} {one.text}")
            for one in article.ordered_criteria
        ),
        (
            AmendmentTarget.NEW_CRITERION.value,
            str(AmendmentTarget.NEW_CRITERION.label),
        ),
    ]
