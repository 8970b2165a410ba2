"""The minutes of a meeting as one form: its questions, under each what was decided.

Rows are added by a button that sends the page, so that it works without JavaScript.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _

from events.enums import DecisionState
from events.forms.minutes_rows import (
    Choices,
    DecisionForm,
    DecisionFormSet,
    MinutesForm,
    ThemeForm,
    ThemeFormSet,
)
from events.services.minutes import MinutesText, ThemeText

if TYPE_CHECKING:
    from events.models import Decision, Event, Minutes

BLANK_QUESTIONS: Final = 3


class MinutesAnswers:
    """The whole form: ``data`` is what was sent, None to show what is stored.

    ``draft`` is the latest text, if there is one; ``minutes`` the row it belongs to.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        event: Event,
        minutes: Minutes | None = None,
        draft: Minutes | None = None,
        for_publication: bool = False,
    ) -> None:
        self.event = event
        self.minutes = minutes
        self.for_publication = for_publication
        self.offered = Choices.read()
        stored = list(
            minutes.decisions.select_related("responsible_space") if minutes else ()
        )
        # Once people read them, decisions change elsewhere.
        self.is_live = minutes is not None and minutes.live
        self.known = {} if self.is_live else {one.number: one for one in stored}
        self.published = stored if self.is_live else []
        initial = read_initial(draft, minutes, event)
        self.form = MinutesForm(
            data,
            initial=initial,
            event=event,
            spaces=list(self.offered.spaces.values()),
        )
        if minutes is not None and minutes.first_published_at is not None:
            self.form.fields.pop("edition", None)
        self.themes = ThemeFormSet(data, prefix="q", initial=initial["themes"])
        self.themes.extra = 1 if initial["themes"] else BLANK_QUESTIONS
        keys = [theme["key"] for theme in initial["themes"]]
        self.decisions = [
            self._make_decisions(data, f"q-{index}-d", initial["themes"], index)
            for index in range(self.themes.total_form_count())
        ]
        others = [one for one in self.known.values() if one.theme_key not in keys]
        self.others = self._make_set(data, "d", others)

    @property
    def rows(self) -> list[tuple[ThemeForm, Any, list[Decision]]]:
        """(question, its decisions, those published) in the order of the page."""
        rows = []
        for form, decisions in zip(self.themes.forms, self.decisions, strict=True):
            key = str(form["key"].value() or "")
            published = [one for one in self.published if str(one.theme_key) == key]
            rows.append((form, decisions, published))
        return rows

    @property
    def published_elsewhere(self) -> list[Decision]:
        """Those published under none of the questions of this page."""
        shown = {str(form["key"].value() or "") for form in self.themes.forms}
        return [one for one in self.published if str(one.theme_key) not in shown]

    @property
    def all_forms(self) -> list[forms.Form]:
        """Every form of the page, for the list of mistakes."""
        nested = [form for one in (*self.decisions, self.others) for form in one.forms]
        return [self.form, *self.themes.forms, *nested]

    @property
    def set_errors(self) -> list[str]:
        """Mistakes of no one row: too many of them."""
        sets = (self.themes, *self.decisions, self.others)
        return [str(error) for one in sets for error in one.non_form_errors()]

    @property
    def error_count(self) -> int:
        if not self.form.is_bound:
            return 0
        found = sum(len(form.errors) for form in self.all_forms)
        return found + len(self.set_errors)

    def is_valid(self) -> bool:
        """Check every row; a blank one is left out."""
        sets = (self.themes, *self.decisions, self.others)
        valid = all([self.form.is_valid(), *(one.is_valid() for one in sets)])
        for theme, decisions in zip(self.themes.forms, self.decisions, strict=True):
            if (
                not theme.has_changed()
                and theme.empty_permitted
                and any(form.has_changed() for form in decisions.forms)
            ):
                theme.add_error("question", _("Write the question they answer."))
                valid = False
        if self.is_live and not self.for_publication and any(self.list_new()):
            self.form.add_error(
                None,
                _(
                    "These minutes are published: a new decision is read at once. "
                    "Publish the corrections with it, or leave it for later."
                ),
            )
            valid = False
        return valid

    @property
    def text(self) -> MinutesText:
        cleaned = self.form.cleaned_data
        return MinutesText(
            introduction=cleaned["introduction"],
            visibility=cleaned["visibility"],
            edition=cleaned.get("edition"),
            themes=[
                ThemeText(
                    question=form.cleaned_data["question"],
                    text=form.cleaned_data["text"],
                    links=form.cleaned_data["links"],
                    key=form.theme_key,
                )
                for form in self.themes.ordered_forms
            ],
            attendees=cleaned["attendees"],
        )

    def list_new(self) -> Iterator[tuple[uuid.UUID | None, DecisionForm]]:
        """Yield (question, form) of each decision to record."""
        for key, form in self._walk():
            if form.decision is None and not form.cleaned_data.get("DELETE"):
                yield key, form

    def list_corrected(self) -> Iterator[DecisionForm]:
        """Yield the form of each decision to correct."""
        for _key, form in self._walk():
            if form.decision and form.has_changed() and not _is_removed(form):
                yield form

    def list_erased(self) -> Iterator[Decision]:
        """Yield the decisions to erase."""
        for _key, form in self._walk():
            if form.decision and _is_removed(form):
                yield form.decision

    def _walk(self) -> Iterator[tuple[uuid.UUID | None, DecisionForm]]:
        for theme, decisions in zip(self.themes.forms, self.decisions, strict=True):
            is_gone = not hasattr(theme, "cleaned_data") or _is_removed(theme)
            for form in decisions.forms:
                if form.has_changed() or form.decision:
                    yield None if is_gone else theme.theme_key, form
        for form in self.others.forms:
            if form.has_changed() or form.decision:
                yield None, form

    def _make_decisions(
        self, data: Any, prefix: str, themes: list[dict[str, Any]], index: int
    ) -> Any:
        key = themes[index]["key"] if index < len(themes) else None
        held = [one for one in self.known.values() if key and one.theme_key == key]
        return self._make_set(data, prefix, held)

    def _make_set(self, data: Any, prefix: str, held: list[Decision]) -> Any:
        initial = [
            {
                "number": one.number,
                "text": one.text,
                "state": one.state,
                "topic": one.topic_id or "",
                "responsible_space": one.responsible_space_id or "",
                "due_on": one.due_on,
            }
            for one in held
        ]
        given = {"offered": self.offered, "known": self.known}
        return DecisionFormSet(data, prefix=prefix, initial=initial, form_kwargs=given)


def read_initial(
    draft: Minutes | None, minutes: Minutes | None, event: Event
) -> dict[str, Any]:
    """Return the form's answers for a text of the minutes; ``themes`` is a list."""
    if draft is None or minutes is None:
        return {"visibility": event.visibility, "themes": [], "attendees": ""}
    attendees = minutes.attendees.select_related("space")
    return {
        "version": minutes.latest_revision_id,
        "edition": minutes.edition,
        "introduction": draft.introduction,
        "visibility": draft.visibility,
        "attendees": "\n".join(
            f"{one.name}, {one.space.name}" if one.space else one.name
            for one in attendees
        ),
        "themes": [
            {
                "key": theme.key,
                "question": theme.question,
                "text": theme.text,
                "links": theme.links,
            }
            for theme in draft.themes.all()
        ],
    }


def add_row(data: Any, prefix: str) -> Any:
    """Return what was sent with one blank row more under ``prefix``."""
    changed = data.copy()
    total = changed.get(f"{prefix}-TOTAL_FORMS", "")
    number = int(total) if total.isdecimal() and len(total) < 4 else 0
    changed[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    if prefix == "q":
        for name, value in (("TOTAL", "1"), ("INITIAL", "0")):
            changed[f"q-{number}-d-{name}_FORMS"] = value
        changed[f"q-{number}-d-0-state"] = DecisionState.ACTED.value
    else:
        changed[f"{prefix}-{number}-state"] = DecisionState.ACTED.value
    return changed


def _is_removed(form: forms.Form) -> bool:
    return bool(form.cleaned_data.get("DELETE"))
