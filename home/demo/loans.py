"""What is lent by the day in the demonstration, who borrows it and what is kept back.

Stored as they would be after weeks: spaces without an account borrow too, and nobody is
mailed. Days are counted from the day of loading.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.utils import timezone

from cms.models import User
from home.demo.content_files import read_content
from home.demo.dates import make_uid
from home.demo.resources import create_resource
from network.models import Space
from resources.enums import LoanSide, LoanState
from resources.models import BlockedDays, Loan, SharedResource
from resources.services.free_days import list_overbooked

# Long before its first day a space asks; its answer comes two days later.
ASKED_BEFORE: Final = datetime.timedelta(days=16)
ANSWERED_AFTER: Final = datetime.timedelta(days=2)
# What still waits was asked for the day before yesterday.
WAITS_SINCE: Final = datetime.timedelta(days=2)


def load_loans(now: datetime.datetime) -> int:
    """Create the loans with the days that owners keep, unless there is a loan.

    Raises:
        LookupError: the content names a resource or a space that does not exist.
        ValueError: it lends more on a day than there is.
    """
    if Loan.objects.exists():
        return 0
    content = read_content("loans")
    spaces = Space.objects.in_bulk(field_name="slug")
    _create_missing(content["resource"], spaces, now)
    resources = _open_calendars(content["lent"])
    for row in content["blocked"]:
        _block(row, resources[row["resource"]], now)
    users = {user.email: user for user in User.objects.all()}
    for number, row in enumerate(content["loan"]):
        loan = _make_loan(row, resources[row["resource"]], spaces[row["space"]], now)
        user = users.get(row.get("account", ""))
        loan.asked_by = user
        loan.uid = make_uid("loan", row["resource"], str(number))
        loan.save()
    for resource in resources.values():
        if days := list_overbooked(resource, timezone.localdate(now)):
            raise ValueError(f"{resource} is lent too often on {days[0]}")
    return len(content["loan"])


def _create_missing(
    rows: list[dict[str, Any]], spaces: dict[str, Space], now: datetime.datetime
) -> None:
    known = set(SharedResource.objects.values_list("slug", flat=True))
    for row in rows:
        if row["slug"] not in known:
            create_resource(row, spaces, now)


def _open_calendars(rows: list[dict[str, Any]]) -> dict[str, SharedResource]:
    """Return the resources that are lent from now on, by their slug."""
    resources = {}
    for row in rows:
        resource = SharedResource.objects.filter(slug=row["resource"]).first()
        if resource is None:
            raise LookupError(f"No resource has the slug {row['resource']}")
        resources[resource.slug] = resource
        if resource.is_lent:
            # Its own content says how, or an editor did.
            continue
        resource.is_lent = True
        resource.quantity = row.get("quantity", 1)
        resource.longest_loan = row["longest_loan"]
        resource.lending_terms = row["lending_terms"]
        resource.full_clean()
        resource.save()
    return resources


def _block(
    row: dict[str, Any], resource: SharedResource, now: datetime.datetime
) -> None:
    first_day, last_day = _find_days(row, now)
    BlockedDays.objects.create(
        resource=resource,
        first_day=first_day,
        last_day=last_day,
        units=row.get("units", 1),
        reason=row["reason"],
        blocked_at=now,
    )


def _make_loan(
    row: dict[str, Any], resource: SharedResource, space: Space, now: datetime.datetime
) -> Loan:
    first_day, last_day = _find_days(row, now)
    state = LoanState(row.get("state", LoanState.ACCEPTED))
    today = timezone.localdate(now)
    asked_at = now - WAITS_SINCE
    if state != LoanState.ASKED:
        asked_at = now - max(datetime.timedelta(0), today - first_day) - ASKED_BEFORE
    loan = Loan(
        resource=resource,
        space=space,
        first_day=first_day,
        last_day=last_day,
        units=row.get("units", 1),
        purpose=row["purpose"],
        state=state,
        asked_at=asked_at,
    )
    if "answer" in row:
        loan.answer, loan.answered_at = row["answer"], asked_at + ANSWERED_AFTER
    if state == LoanState.CANCELLED:
        loan.cancelled_at, loan.cancelled_for = now - WAITS_SINCE, LoanSide.BORROWER
        loan.cancellation_reason, loan.sequence = row["reason"], 1
    if "returned" in row:
        loan.returned_on = first_day + datetime.timedelta(days=row["returned"])
    return loan


def _find_days(
    row: dict[str, Any], now: datetime.datetime
) -> tuple[datetime.date, datetime.date]:
    first_day = timezone.localdate(now) + datetime.timedelta(days=row["begins"])
    return first_day, first_day + datetime.timedelta(days=row["days"] - 1)
