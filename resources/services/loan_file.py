"""One loan as a calendar file, for a mail or a download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext, override

from cms.record_text import SOURCE_LANGUAGE
from events.domain.calendar_values import CalendarEvent, CalendarStatus
from events.domain.ical import assemble_single, serialise_event
from events.domain.timezones import NETWORK_ZONE
from resources.enums import LoanState
from resources.lending_wording import say_title

if TYPE_CHECKING:
    from resources.models import Loan


def write_loan_file(loan: Loan) -> bytes:
    """Return a calendar of whole days, in French, that says of a cancelled loan so.

    The same loan gives the same bytes until it changes; no query once its relations
    are read.
    """
    language = SOURCE_LANGUAGE
    with override(language):
        value = _describe(loan)
    return assemble_single(serialise_event(value, language=language), {NETWORK_ZONE})


def name_loan_file(loan: Loan) -> str:
    """Return “pret-12.ics”."""
    return f"pret-{loan.pk}.ics"


def _describe(loan: Loan) -> CalendarEvent:
    lender, borrower = loan.lender, loan.space
    is_cancelled = loan.state == LoanState.CANCELLED
    stamps = (loan.asked_at, loan.answered_at, loan.cancelled_at)
    lines = [
        gettext("Lent by %(space)s") % {"space": lender.name} if lender else "",
        gettext("Borrowed by %(space)s") % {"space": borrower.name},
        loan.purpose,
        loan.resource.lending_terms,
        loan.answer,
    ]
    return CalendarEvent(
        uid=loan.uid,
        sequence=loan.sequence,
        created_at=loan.asked_at,
        modified_at=max(stamp for stamp in stamps if stamp is not None),
        start_date=loan.first_day,
        end_date=loan.last_day,
        zone=NETWORK_ZONE,
        summary=gettext("Loan: %(title)s") % {"title": say_title(loan)},
        description="\n".join(line for line in lines if line),
        url=f"{settings.SITE_URL}{loan.get_absolute_url()}",
        status=CalendarStatus.CANCELLED if is_cancelled else CalendarStatus.CONFIRMED,
        is_private=True,
    )
