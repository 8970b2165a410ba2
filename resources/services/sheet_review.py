"""Sheets whose time is up: who is told, and how one is confirmed as it stands."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext, override

from cms.models import User
from cms.record_text import SOURCE_LANGUAGE
from cms.roles import EDITORS
from cms.tasks.mail import send_mail_later
from resources.models import SheetPage, SheetReminder


class SheetIsBeingEdited(Exception):
    """The sheet has a draft that nobody published: confirming would publish it too."""


def find_due_sheets(today: datetime.date) -> list[SheetPage]:
    """Return the public sheets to be checked again, the longest due first; one query.

    French ones only: a translation is as old as the sheet it comes from.
    """
    sheets = (
        SheetPage.objects.live()
        .filter(locale__language_code=SOURCE_LANGUAGE)
        .select_related("in_charge")
        .defer_streamfields()
    )
    due = [sheet for sheet in sheets if sheet.is_out_of_date(today)]
    return sorted(due, key=lambda sheet: sheet.review_due_on or datetime.date.min)


def remind_reviews(now: datetime.datetime) -> None:
    """Write once for each sheet that became due, one mail a person.

    The person in charge is told; where there is none, or who can no longer log in,
    every editor is. The mail and its trace are stored together.
    """
    today = timezone.localdate(now)
    with transaction.atomic():
        told = set(SheetReminder.objects.values_list("sheet_id", "due_on"))
        fresh = [
            (sheet, due_on)
            for sheet in find_due_sheets(today)
            if (due_on := _find_due_day(sheet)) and (sheet.pk, due_on) not in told
        ]
        SheetReminder.objects.bulk_create(
            SheetReminder(sheet=sheet, due_on=due_on, sent_at=now)
            for sheet, due_on in fresh
        )
        _write_mails(sheet for sheet, _day in fresh)


def confirm_sheet(sheet: SheetPage, *, by: User, today: datetime.date) -> None:
    """Publish the sheet as it stands, checked on ``today``.

    Raises:
        SheetIsBeingEdited: it has changes that are not published.
    """
    with transaction.atomic():
        locked = SheetPage.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.has_unpublished_changes:
            raise SheetIsBeingEdited
        locked.verified_on = today
        locked.save_revision(user=by, log_action=True).publish(user=by)


def _find_due_day(sheet: SheetPage) -> datetime.date | None:
    """Return the day it fell due: for one never checked, its first publication."""
    if sheet.review_due_on is not None:
        return sheet.review_due_on
    first = sheet.first_published_at
    return timezone.localdate(first) if first else None


def _write_mails(sheets: Iterable[SheetPage]) -> None:
    by_address: defaultdict[str, list[SheetPage]] = defaultdict(list)
    editors: list[str] | None = None
    for sheet in sheets:
        if sheet.in_charge is not None and sheet.in_charge.is_active:
            by_address[sheet.in_charge.email].append(sheet)
            continue
        if editors is None:
            people = User.objects.filter(groups__name=EDITORS, is_active=True)
            editors = list(people.values_list("email", flat=True))
        for email in editors:
            by_address[email].append(sheet)
    for email, due in by_address.items():
        _write_mail(email, due)


def _write_mail(email: str, sheets: list[SheetPage]) -> None:
    language = settings.LANGUAGE_CODE
    with override(language):
        subject = ngettext(
            "%(number)s sheet to check again",
            "%(number)s sheets to check again",
            len(sheets),
        )
        send_mail_later(
            to=email,
            subject=subject % {"number": len(sheets)},
            template="resources/mail/sheet_review.txt",
            context={"sheets": sheets},
            language=language,
        )
