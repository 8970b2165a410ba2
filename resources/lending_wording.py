"""Days, numbers and states of loans as a person reads them, in the page's language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext, ngettext, pgettext

from events.wording import say_day, say_day_of_month
from resources.domain.lending import gather_spans
from resources.enums import LoanSide, LoanState, ResourceKind

if TYPE_CHECKING:
    from resources.models import Loan
    from resources.models.loan import DaySpan

# A sentence that names more days than this is no longer read.
MOST_SPANS: Final = 4


def say_span(first_day: datetime.date, last_day: datetime.date) -> str:
    """“jeudi 3 décembre 2026”, “du 3 au 5 décembre 2026”, years and months once."""
    if first_day == last_day:
        return say_day(first_day)
    first = say_day_of_month(first_day)
    if (first_day.year, first_day.month) == (last_day.year, last_day.month):
        first = first.split("\u00a0", 1)[0]
    elif first_day.year != last_day.year:
        first = f"{first} {first_day.year}"
    return pgettext("days", "%(first)s to %(last)s") % {
        "first": first,
        "last": f"{say_day_of_month(last_day)} {last_day.year}",
    }


def say_days(span: DaySpan) -> str:
    """The days of a loan, as ``say_span``."""
    return say_span(span.first_day, span.last_day)


def say_spans(days: Iterable[datetime.date]) -> str:
    """Days in a sentence, runs gathered; the first four runs, then “…”."""
    spans = gather_spans(days)
    said = "; ".join(say_span(*span) for span in spans[:MOST_SPANS])
    return f"{said}…" if len(spans) > MOST_SPANS else said


def say_length(days: int) -> str:
    """“3 jours”."""
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def say_title(loan: Loan) -> str:
    """The resource, with how many where there are several: “Grille (3)”."""
    title = " ".join(loan.resource.title.split())
    return f"{title} ({loan.units})" if loan.resource.quantity > 1 else title


def say_free(free: int, quantity: int, kind: str) -> str:
    """“2 libres sur 6”; “libre” or “emprunté” where there is one."""
    if quantity == 1:
        return gettext("free") if free else say_taken(kind)
    if not free:
        return gettext("none free of %(total)d") % {"total": quantity}
    return ngettext(
        "%(free)d free of %(total)d", "%(free)d free of %(total)d", free
    ) % {
        "free": free,
        "total": quantity,
    }


def say_taken(kind: str) -> str:
    """What a day says of what is not there: things are lent, people are engaged."""
    if kind == ResourceKind.SPEAKER:
        return pgettext("speaker", "engaged")
    return pgettext("equipment", "lent")


def say_state(loan: Loan, today: datetime.date) -> str:
    """What became of a loan: “acceptée”, “en cours”, “à rendre”, “sans réponse”…"""
    if loan.state == LoanState.ASKED and not loan.is_waiting(today):
        return gettext("never answered")
    if loan.state == LoanState.CANCELLED:
        return _say_cancelled(loan)
    if loan.is_accepted and loan.returned_on is not None:
        return pgettext("loan", "returned")
    if loan.is_late(today):
        return gettext("not returned yet")
    if loan.is_accepted and loan.last_day < today:
        return pgettext("loan", "over")
    if loan.is_accepted and loan.first_day <= today:
        return pgettext("loan", "going on")
    return str(loan.get_state_display())


def _say_cancelled(loan: Loan) -> str:
    match loan.cancelled_for:
        case LoanSide.BORROWER:
            return gettext("cancelled by the space that borrows")
        case LoanSide.LENDER:
            return gettext("cancelled by the space that lends")
    return gettext("cancelled by the network")
