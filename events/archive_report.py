"""What is said of an agenda that was brought over, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from events.domain.foreign.values import Reason
from events.importing.wording import say_flag, say_reason
from events.services.archive.plan import CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.services.archive.plan import OneByOne, Plan

MOST_LISTED: Final = 50


def say_plan(plan: Plan, *, is_written: bool) -> Iterator[str]:
    """Give the report line by line, in the language of the moment."""
    if not is_written:
        yield _("A trial: nothing was written.")
    yield _say_dates(plan)
    if plan.known or plan.known_series:
        yield _("Here already: %(dates)d dates and %(series)d series.") % {
            "dates": plan.known,
            "series": plan.known_series,
        }
    if plan.own:
        yield ngettext(
            "Left out: %(n)d event that comes from this site.",
            "Left out: %(n)d events that come from this site.",
            plan.own,
        ) % {"n": plan.own}
    if plan.outside:
        yield ngettext(
            "Left out: %(n)d event before 2000 or years ahead.",
            "Left out: %(n)d events before 2000 or years ahead.",
            plan.outside,
        ) % {"n": plan.outside}
    yield from _list_one_by_one(plan.one_by_one)
    yield from _list_refused(plan.refused)
    yield from map(say_flag, sorted(plan.flags))


def _say_dates(plan: Plan) -> str:
    series = len(plan.series)
    dates = ngettext("%(n)d date", "%(n)d dates", plan.size) % {"n": plan.size}
    words = ngettext(
        "Imported: %(dates)s, %(series)d series among them.",
        "Imported: %(dates)s, %(series)d series among them.",
        series,
    )
    if not series:
        words = _("Imported: %(dates)s.")
    return words % {"dates": dates, "series": series}


def _list_one_by_one(repeating: list[OneByOne]) -> Iterator[str]:
    if repeating:
        yield _(
            "These repeat in a way that series here do not know: "
            "their dates stand each for itself."
        )
    for one in repeating[:MOST_LISTED]:
        dates = ngettext("%(n)d date", "%(n)d dates", one.dates) % {"n": one.dates}
        if one.last_day:
            until = _("%(dates)s, until %(day)s: nothing follows by itself")
            dates = until % {"dates": dates, "day": date_format(one.last_day)}
        yield f"  - {one.title}{_(': ')}{dates}"
    yield from _say_rest(len(repeating))


def _list_refused(refused: list[tuple[str, str]]) -> Iterator[str]:
    if refused:
        words = ngettext(
            "Refused: %(n)d event.", "Refused: %(n)d events.", len(refused)
        )
        yield words % {"n": len(refused)}
    for title, reason in refused[:MOST_LISTED]:
        title = title or _("An event without a title")
        yield f"  - {title}{_(': ')}{_say_reason(reason)}"
    yield from _say_rest(len(refused))


def _say_rest(count: int) -> Iterator[str]:
    rest = count - MOST_LISTED
    if rest > 0:
        yield "  " + ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}


def _say_reason(reason: str) -> str:
    if reason == CLOCK:
        return _("Its hours do not exist, or exist twice, on that day.")
    return say_reason(Reason(reason))
