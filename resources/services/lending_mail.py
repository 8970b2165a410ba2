"""What is mailed about loans; all is stored in the transaction of what it tells."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override

from cms.models import User
from cms.tasks.mail import send_mail_later
from network.models import SpaceMember
from resources.lending_wording import say_days, say_spans, say_state, say_title
from resources.services.loan_file import name_loan_file, write_loan_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

    from cms.tasks.mail import Attachment
    from network.models import Space
    from resources.models import Loan, SharedResource


def tell_asked(loan: Loan, *, now: datetime.datetime) -> None:
    """Tell who speaks for the owner that days are asked for."""
    _tell("loan_asked", _("%(space)s would borrow: %(title)s"), loan, loan.lender, now)


def tell_accepted(loan: Loan, *, now: datetime.datetime) -> None:
    """Tell who speaks for the borrower, with the days as a calendar file."""
    subject = _("It is lent to you: %(title)s")
    _tell("loan_accepted", subject, loan, loan.space, now, files=_attach(loan))


def tell_refused(loan: Loan, *, now: datetime.datetime) -> None:
    """Tell who speaks for the borrower, with the reason."""
    _tell("loan_refused", _("Not lent: %(title)s"), loan, loan.space, now)


def tell_cancelled(loan: Loan, *, now: datetime.datetime) -> None:
    """Tell both spaces; who was sent the calendar file gets one that cancels it."""
    subject = _("Loan cancelled: %(title)s")
    files = _attach(loan) if loan.was_accepted else ()
    _tell("loan_cancelled", subject, loan, loan.space, now, files=files)
    _tell("loan_cancelled", subject, loan, loan.lender, now)


def remind(loan: Loan, *, now: datetime.datetime) -> None:
    """Tell both spaces that it begins tomorrow, or today."""
    subject = _("Soon: %(title)s, lent to %(space)s")
    for space in (loan.space, loan.lender):
        _tell("loan_reminder", subject, loan, space, now)


def chase(loan: Loan, *, now: datetime.datetime) -> None:
    """Tell both spaces that it should be back."""
    subject = _("To be brought back: %(title)s")
    for space in (loan.space, loan.lender):
        _tell("loan_late", subject, loan, space, now)


def tell_taken_out(loan: Loan, *, now: datetime.datetime) -> None:
    """Tell the borrower that what they count on is no longer offered to anybody."""
    subject = _("No longer in the calendar: %(title)s")
    _tell("loan_taken_out", subject, loan, loan.space, now)


def tell_overbooked(
    resource: SharedResource, days: Iterable[datetime.date], *, now: datetime.datetime
) -> None:
    """Tell the owner that more is promised than there is now."""
    language = settings.LANGUAGE_CODE
    with override(language):
        title = " ".join(resource.title.split())
        send_mail_later(
            to=list_speakers(resource.space, now),
            subject=_("More is lent than there is: %(title)s") % {"title": title},
            template="resources/mail/loan_overbooked.txt",
            context={
                "resource": resource,
                "title": title,
                "days": say_spans(days),
                "url": f"{settings.SITE_URL}{resource.get_absolute_url()}",
            },
            language=language,
        )


def list_speakers(space: Space | None, now: datetime.datetime) -> list[str]:
    """Return the addresses of who speaks for ``space`` on the day of ``now``."""
    if space is None:
        return []
    links = SpaceMember.objects.current(timezone.localdate(now)).filter(space=space)
    speakers = User.objects.filter(pk__in=links.values("user"), is_active=True)
    return list(speakers.order_by("pk").values_list("email", flat=True))


def _attach(loan: Loan) -> list[Attachment]:
    return [(name_loan_file(loan), write_loan_file(loan), "text/calendar")]


def _tell(
    name: str,
    subject: StrOrPromise,
    loan: Loan,
    space: Space | None,
    now: datetime.datetime,
    *,
    files: Iterable[Attachment] = (),
    **values: Any,
) -> None:
    language = settings.LANGUAGE_CODE
    with override(language):
        words = {
            "title": say_title(loan),
            "space": " ".join(loan.space.name.split()),
        }
        send_mail_later(
            to=list_speakers(space, now),
            subject=subject % words,
            template=f"resources/mail/{name}.txt",
            context={
                "loan": loan,
                "lender": loan.lender,
                "days": say_days(loan),
                "state": say_state(loan, timezone.localdate(now)),
                "url": f"{settings.SITE_URL}{loan.get_absolute_url()}",
                **words,
                **values,
            },
            language=language,
            attachments=files,
        )
