"""Template filters for projects: partial dates, states, exact amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from resources.domain.partial_dates import PartialDate, Span, read_partial_date
from resources.domain.projects import ProjectState, Reading
from resources.enums import FundingNature
from resources.models.project_funding import ProjectSource
from resources.projects import wording

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()


@register.filter
def say_date(date: PartialDate | str) -> str:
    """“octobre 2011” for what is kept as “2011-10”."""
    return wording.say_date(read_partial_date(date) if isinstance(date, str) else date)


@register.filter
def say_span(span: Span) -> str:
    return wording.say_span(span)


@register.filter
def say_years(span: Span) -> str:
    return wording.say_years(span)


@register.filter
def exact_euros(cents: int) -> str:
    """“38 040 €”, “1 200,50 €”."""
    return wording.say_exact_euros(cents)


@register.filter
def state_label(state: ProjectState) -> StrOrPromise:
    return wording.STATE_LABELS[state]


@register.filter
def state_heading(state: ProjectState) -> StrOrPromise:
    """Above the projects that are there."""
    return wording.STATE_HEADINGS[state]


@register.filter
def state_tone(state: ProjectState) -> str:
    """The tone of a badge: an alert where a project was stopped."""
    if state == ProjectState.UNDER_WAY:
        return "good"
    stopped = (ProjectState.SUSPENDED, ProjectState.ABANDONED)
    return "" if state in stopped else "soft"


@register.filter
def nature_label(nature: str) -> StrOrPromise:
    return FundingNature(nature).label if nature else ""


@register.filter
def fact_label(fact: Reading[ProjectSource]) -> StrOrPromise:
    return wording.FACT_LABELS[fact.name]


@register.simple_tag
def say_fact(name: str, value: object) -> str:
    """A fact of a funding, or what a source says of it."""
    return wording.say_fact(name, value)
