"""The rows of the form of minutes: the meeting, a question, a decision.

Everything in a row but its words may be left out; a blank row is never read.
"""

from __future__ import annotations

import difflib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cms.folding import fold_to_words
from events.domain.links import UnreadableLink, read_links
from events.enums import DecisionState, Visibility
from events.forms.when import DayInput
from events.models import Topic
from events.services.minutes import is_wider
from events.services.minutes_refusals import WiderThanMeeting
from network.models import Space

if TYPE_CHECKING:
    from events.models import Decision, Event

MOST_QUESTIONS: Final = 40
MOST_DECISIONS: Final = 15
MOST_ATTENDEES: Final = 200
NAME_LENGTH: Final = 120


class MinutesForm(forms.Form):
    """What is said of the meeting as a whole."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    edition = forms.IntegerField(
        label=gettext_lazy("Edition number"),
        required=False,
        min_value=1,
        max_value=9999,
        help_text=gettext_lazy("Empty: the next one of the series."),
        error_messages={"invalid": gettext_lazy("A number. Example: 27")},
    )
    introduction = forms.CharField(
        label=gettext_lazy("Introduction"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "How many spaces, where, the thanks. No names of people: everybody reads it."
        ),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        choices=Visibility,
        widget=forms.RadioSelect,
    )
    attendees = forms.CharField(
        label=gettext_lazy("Who was there"),
        required=False,
        max_length=MOST_ATTENDEES * (NAME_LENGTH + 80),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "One person a line: the name, a comma, their space. Only members of the "
            "network read this list; it is saved at once, without waiting for the rest."
        ),
    )

    def __init__(self, *args: Any, event: Event, spaces: list[Space], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.event = event
        self.spaces = spaces
        if event.series_id is None:
            del self.fields["edition"]

    def clean_visibility(self) -> str:
        visibility: str = self.cleaned_data["visibility"]
        if is_wider(visibility, self.event):
            raise ValidationError(WiderThanMeeting.sentence)
        return visibility

    def clean_attendees(self) -> list[tuple[str, Space | None]]:
        """Read one person a line; the space is what follows the last comma."""
        lines = [line.strip() for line in self.cleaned_data["attendees"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_ATTENDEES:
            raise ValidationError(
                _("Keep %(count)d people at most."), params={"count": MOST_ATTENDEES}
            )
        by_name = {fold_to_words(space.name): space for space in self.spaces}
        people, mistakes = [], []
        for line in lines:
            name, comma, place = (part.strip() for part in line.rpartition(","))
            if not comma:
                name, place = place, ""
            space = by_name.get(fold_to_words(place))
            if len(name) > NAME_LENGTH or not name:
                mistakes.append(_("“%(line)s”: give a name.") % {"line": line[:60]})
            elif place and space is None:
                mistakes.append(_explain_unknown(place, by_name))
            people.append((name, space))
        if mistakes:
            raise ValidationError(mistakes)
        return people


def _explain_unknown(place: str, by_name: Mapping[str, Space]) -> str:
    near = difflib.get_close_matches(fold_to_words(place), by_name, n=1)
    if near:
        return _("“%(place)s”: did you mean %(name)s?") % {
            "place": place[:60],
            "name": by_name[near[0]].name,
        }
    return _(
        "“%(place)s” is no space of the network: correct it, or leave the name alone."
    ) % {"place": place[:60]}


class ThemeForm(forms.Form):
    """One question."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    question = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=200,
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("What was said"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    links = forms.CharField(
        label=gettext_lazy("Links"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "One a line: the words, then the address. Example: The form https://…"
        ),
    )

    def clean_question(self) -> str:
        """Ask for the words of a row that is used; a blank one is never read."""
        question: str = self.cleaned_data["question"]
        if not question:
            raise ValidationError(_("Write the question, or tick “Delete”."))
        return question

    def clean_links(self) -> str:
        text: str = self.cleaned_data["links"]
        try:
            read_links(text)
        except UnreadableLink as error:
            raise ValidationError(
                _(
                    "“%(line)s”: write the words, then the whole address, "
                    "https:// included."
                ),
                params={"line": error.line[:60]},
            ) from None
        return text

    @property
    def theme_key(self) -> uuid.UUID:
        """The key of the question; a new one is given once."""
        if not hasattr(self, "_key"):
            self._key: uuid.UUID = self.cleaned_data.get("key") or uuid.uuid4()
        return self._key


@dataclass(frozen=True, slots=True)
class Choices:
    """The spaces and topics that all decision forms of one page offer: two queries."""

    spaces: dict[str, Space]
    topics: dict[str, Topic]

    @classmethod
    def read(cls) -> Choices:
        spaces = Space.objects.listed().order_by("name")
        return cls(
            {str(space.pk): space for space in spaces},
            {str(topic.pk): topic for topic in Topic.objects.all()},
        )


class DecisionForm(forms.Form):
    """One decision; ``number`` says which, none for a new one."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Decision"),
        max_length=400,
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=DecisionState, initial=DecisionState.ACTED
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    responsible_space = forms.ChoiceField(
        label=gettext_lazy("In charge"), required=False
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=DayInput,
        error_messages={
            "invalid": gettext_lazy("This day does not exist. Example: 17/12/2026")
        },
    )

    def __init__(
        self, *args: Any, offered: Choices, known: Mapping[int, Decision], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.known = known
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (state.value, str(state.label)[:1].upper() + str(state.label)[1:])
            for state in DecisionState
        ]
        self._offer("topic", {pk: str(one) for pk, one in offered.topics.items()})
        spaces = {pk: space.name for pk, space in offered.spaces.items()}
        current = self.decision.responsible_space if self.decision else None
        if current is not None:
            # One that closed since keeps what it had.
            spaces.setdefault(str(current.pk), current.name)
        self._offer("responsible_space", spaces)

    def clean_text(self) -> str:
        """Ask for the words of a row that is used; a blank one is never read."""
        text: str = self.cleaned_data["text"]
        if not text:
            raise ValidationError(_("Write the decision, or tick “Delete”."))
        return text

    @property
    def decision(self) -> Decision | None:
        """The decision that this row corrects."""
        number = self["number"].value()
        return self.known.get(int(number)) if str(number or "").isdecimal() else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("number") and self.decision is None:
            raise ValidationError(_("This decision is no longer in these minutes."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The checked answers, by the names that the services take."""
        cleaned = self.cleaned_data
        current = self.decision.responsible_space if self.decision else None
        space = self.offered.spaces.get(cleaned["responsible_space"])
        if (
            space is None
            and current
            and str(current.pk) == cleaned["responsible_space"]
        ):
            space = current
        return {
            "text": cleaned["text"],
            "state": cleaned["state"],
            "topic": self.offered.topics.get(cleaned["topic"]),
            "responsible_space": space,
            "due_on": cleaned["due_on"],
        }

    def _offer(self, name: str, labels: Mapping[str, str]) -> None:
        self.fields[name].choices = [("", _("(none)")), *labels.items()]  # type: ignore[attr-defined]


ThemeFormSet = forms.formset_factory(
    ThemeForm,
    can_order=True,
    can_delete=True,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS + 5,
    validate_max=True,
)
DecisionFormSet = forms.formset_factory(
    DecisionForm,
    can_delete=True,
    max_num=MOST_DECISIONS,
    absolute_max=MOST_DECISIONS + 5,
    validate_max=True,
)
