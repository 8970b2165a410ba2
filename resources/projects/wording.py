"""How dates, amounts and states of a project are said in the page's language."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from resources.domain.partial_dates import PartialDate, Span
from resources.domain.projects import ProjectState
from resources.enums import FundingNature

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATE_LABELS: Final[dict[ProjectState, StrOrPromise]] = {
    ProjectState.UNDER_WAY: pgettext_lazy("project", "Under way"),
    ProjectState.PLANNED: pgettext_lazy("project", "Planned"),
    ProjectState.FINISHED: pgettext_lazy("project", "Finished"),
    ProjectState.SUSPENDED: pgettext_lazy("project", "Suspended"),
    ProjectState.ABANDONED: pgettext_lazy("project", "Given up"),
    ProjectState.UNDATED: pgettext_lazy("project", "Without dates yet"),
}
# Above several projects.
STATE_HEADINGS: Final[dict[ProjectState, StrOrPromise]] = {
    ProjectState.UNDER_WAY: pgettext_lazy("projects", "Under way"),
    ProjectState.PLANNED: pgettext_lazy("projects", "Planned"),
    ProjectState.FINISHED: pgettext_lazy("projects", "Finished"),
    ProjectState.SUSPENDED: pgettext_lazy("projects", "Suspended"),
    ProjectState.ABANDONED: pgettext_lazy("projects", "Given up"),
    ProjectState.UNDATED: pgettext_lazy("projects", "Without dates yet"),
}
FACT_LABELS: Final[dict[str, StrOrPromise]] = {
    "amount": _("Amount"),
    "nature": _("Nature"),
    "funder": _("Who funds"),
    "beneficiary": _("Who receives it"),
    "deciding_body": _("Who decided"),
    "decided_on": _("Decided on"),
    "reference": _("Reference of the decision"),
}


def say_date(date: PartialDate) -> str:
    """“2011”, “octobre 2011” or “26 octobre 2011”: what it tells, no more."""
    if date.month is None:
        return str(date.year)
    style = "YEAR_MONTH_FORMAT" if date.day is None else "DATE_FORMAT"
    return date_format(date.first_day, style)


def say_span(span: Span) -> str:
    """“2011–2012”, “2011”, “mars 2026 – juin 2027”, “dès 2026” without an end."""
    start = say_date(span.starts)
    if span.ends is None:
        return gettext("from %(start)s on") % {"start": start}
    if span.starts == span.ends:
        return start
    if span.starts.month is None and span.ends.month is None:
        return f"{span.starts.year}–{span.ends.year}"
    words = {"start": start, "end": say_date(span.ends)}
    return gettext("%(start)s to %(end)s") % words


def say_years(span: Span) -> str:
    """“2011–2014”, “2026”, or “2026–” while nobody knows the end."""
    first = span.starts.year
    if span.ends is None:
        return gettext("from %(start)s on") % {"start": first}
    last = span.ends.year
    return str(first) if first == last else f"{first}–{last}"


def say_exact_euros(cents: int) -> str:
    """“38 040 €”, “1 200,50 €”: cents where there are some, nothing rounded."""
    decimals = 2 if cents % 100 else 0
    number = number_format(Decimal(cents) / 100, decimals, force_grouping=True)
    return gettext("%(amount)s €") % {"amount": number}


def say_fact(name: str, value: object) -> str:
    """Say what ``FundingFacts.get_fact`` returns."""
    if isinstance(value, PartialDate):
        return say_date(value)
    if name == "amount" and isinstance(value, int):
        return say_exact_euros(value)
    if name == "nature":
        return str(FundingNature(str(value)).label)
    return str(value)
