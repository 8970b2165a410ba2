"""The mail of the month: the dates to come of what somebody follows.

One transaction a mail: the row says for which month it was sent, and the mail is stored
with it. A run that is killed half way goes on where it stopped; nobody gets two.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _, override

from cms.tasks.mail import send_mail_later
from events import wording
from events.domain.timezones import NETWORK_ZONE
from events.domain.wall_clock import midnight
from events.models import Event
from events.rows import make_rows
from events.services.digests import (
    find_due,
    first_of_month,
    manage_url,
    read_followed,
)

if TYPE_CHECKING:
    from events.models import DigestSubscription
    from events.rows import EventRow

FIRST_HOUR: Final = 7
"""Nobody's telephone rings at night: the first day begins at this hour."""
LAST_DAY: Final = 7
"""A site that slept longer leaves the month out: it would be news of last week."""
LARGEST: Final = 60
"""Dates in one mail; the agenda has the others."""


@dataclass(frozen=True, slots=True)
class MonthOfDates:
    """What one mail holds, the same for all who follow the same."""

    label: str
    rows: list[EventRow]
    others: int
    agenda_url: str


def send_digests(*, now: datetime.datetime) -> int:
    """Store the mail of this month for who lacks it; return how many mails."""
    local = timezone.localtime(now)
    if local.day > LAST_DAY or (local.day == 1 and local.hour < FIRST_HOUR):
        return 0
    month = first_of_month(now)
    followed: tuple[str, str] | None = None
    dates: MonthOfDates | None = None
    sent = 0
    # Read whole: a row leaves what is due while we go through it.
    for subscription in list(find_due(month)):
        if followed != (subscription.query, subscription.language):
            followed = subscription.query, subscription.language
            dates = _gather(subscription, month, now)
        sent += _send(subscription, dates, month)
    return sent


@transaction.atomic
def _send(
    subscription: DigestSubscription, dates: MonthOfDates | None, month: datetime.date
) -> bool:
    """Note the month and store the mail; False when another run did, or has no date."""
    row = find_due(month).order_by().filter(pk=subscription.pk)
    if not row.update(sent_for=month) or dates is None or not dates.rows:
        return False
    url = manage_url(subscription)
    with override(subscription.language):
        name = wording.say_month(month)
        subject = _("Dates of %(month)s") % {"month": name}
        send_mail_later(
            to=subscription.email,
            subject=f"{subject} – {dates.label}" if dates.label else subject,
            template="events/mail/digest.txt",
            context={"dates": dates, "month": name, "url": url},
            language=subscription.language,
            # RFC 8058: mail programs show a button that ends it in one press.
            headers={
                "List-Unsubscribe": f"<{url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
    return True


def _gather(
    subscription: DigestSubscription, month: datetime.date, now: datetime.datetime
) -> MonthOfDates | None:
    """Return the dates of the month that are not over; None when what it follows is gone."""
    with override(subscription.language):
        selection = read_followed(subscription)
        if selection is None:
            return None
        following = (month + datetime.timedelta(days=31)).replace(day=1)
        events = selection.filter(Event.objects.published().upcoming(now)).filter(
            start_at__lt=midnight(following, NETWORK_ZONE)
        )
        taking_place = list(events.taking_place().with_row_relations())
        path = reverse("events:agenda") + selection.query_string
        return MonthOfDates(
            label=capfirst(selection.label),
            rows=make_rows(taking_place[:LARGEST], now=now),
            others=max(len(taking_place) - LARGEST, 0),
            agenda_url=f"{settings.SITE_URL}{path}",
        )
