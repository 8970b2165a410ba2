"""Subscribing to the mail of the month, with an e-mail alone.

Nobody is subscribed before the owner of the address pressed the button behind the
mail, and whatever is known of an address, who asks learns nothing of it.
"""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override

from cms import signed_key
from cms.tasks.mail import send_mail_later
from events.models import DigestSubscription
from events.renamed_selection import follow_renames
from events.selection import Selection, read_selection
from events.services.refusals import Refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

PURPOSE: Final = "events.digest"
UNCONFIRMED_FOR: Final = datetime.timedelta(hours=48)
LONGEST_QUERY: Final = 1000
FOLLOWED: Final = ("type", "lieu")
"""Filters that make a mail of the month; others would make one of a few lines."""


class NotDigested(Refusal):
    """The selection is no type, no space and not the whole agenda."""

    sentence = _("The mail of the month follows types and spaces: take the rest away.")


def may_be_digested(selection: Selection) -> bool:
    """True for the whole agenda, and for types and spaces."""
    return (
        not selection.query
        and not selection.unknown
        and all(one.name in FOLLOWED for one in selection.choices)
        and len(selection.query_string) <= LONGEST_QUERY
    )


@transaction.atomic
def ask_digest(
    *, email: str, selection: Selection, language: str, now: datetime.datetime
) -> None:
    """Send ``email`` a link that confirms; who is subscribed gets one that ends it.

    Raises:
        NotDigested: the selection makes no mail of the month.
    """
    if not may_be_digested(selection):
        raise NotDigested
    query = selection.query_string.removeprefix("?")
    subscription, is_new = DigestSubscription.objects.get_or_create(
        email=email.lower(),
        query=query,
        defaults={"language": language, "created_at": now},
    )
    if not is_new:
        subscription = DigestSubscription.objects.select_for_update().get(
            pk=subscription.pk
        )
    if subscription.confirmed_at and not subscription.ended_at:
        _mail(subscription, "digest_known", _("You get the mail of the month already"))
        return
    if not is_new:
        _begin_again(subscription, language, now)
    _mail(subscription, "digest_to_confirm", _("To confirm: the mail of the month"))


def find_subscription(
    token: str, *, now: datetime.datetime
) -> DigestSubscription | None:
    """Return the subscription; None for a forged ``token`` or one that came too late."""
    key = signed_key.read_key(token, purpose=PURPOSE)
    if key is None:
        return None
    alive = Q(confirmed_at__isnull=False) | Q(created_at__gt=now - UNCONFIRMED_FOR)
    return DigestSubscription.objects.filter(alive, key=key).first()


@transaction.atomic
def confirm_digest(subscription: DigestSubscription, *, now: datetime.datetime) -> None:
    """Begin to send: the next month comes first. Once confirmed, changes nothing."""
    DigestSubscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(
        confirmed_at=now, sent_for=first_of_month(now)
    )


@transaction.atomic
def end_digest(subscription: DigestSubscription, *, now: datetime.datetime) -> None:
    """Send no more. What nobody confirmed is erased at once."""
    row = DigestSubscription.objects.filter(pk=subscription.pk)
    row.filter(confirmed_at=None).delete()
    row.filter(ended_at=None).update(ended_at=now)


def erase_digests(*, now: datetime.datetime) -> int:
    """Delete what nobody confirmed in time and ended rows; return how many.

    The row of who ended it is the proof that they had asked for it: it is kept
    ``DIGEST_PROOF_MONTHS``, and nothing is sent to it.
    """
    proof = relativedelta(months=settings.DIGEST_PROOF_MONTHS)
    late = Q(confirmed_at=None, created_at__lte=now - UNCONFIRMED_FOR)
    old = Q(ended_at__lte=now - proof)
    deleted, _by_model = DigestSubscription.objects.filter(late | old).delete()
    return deleted


def read_followed(subscription: DigestSubscription) -> Selection | None:
    """Return what it follows under its present names; None when that is gone."""
    return follow_renames(read_selection(QueryDict(subscription.query)))


def find_due(month: datetime.date) -> QuerySet[DigestSubscription]:
    """Return those who have not had the mail of ``month``, who follow the same together."""
    not_sent = Q(sent_for=None) | Q(sent_for__lt=month)
    confirmed = DigestSubscription.objects.filter(
        not_sent, confirmed_at__isnull=False, ended_at=None
    )
    return confirmed.order_by("query", "language", "pk")


def first_of_month(now: datetime.datetime) -> datetime.date:
    """Return the first day of the month that it is in the network's zone."""
    return timezone.localdate(now).replace(day=1)


def manage_url(subscription: DigestSubscription) -> str:
    """Return the whole address that confirms and ends it, in its language."""
    token = signed_key.sign_key(subscription.key, purpose=PURPOSE)
    with override(subscription.language):
        path = reverse("events:digest_subscription", args=[token])
    return f"{settings.SITE_URL}{path}"


def _begin_again(
    subscription: DigestSubscription, language: str, now: datetime.datetime
) -> None:
    """Ask once more; links of before a subscription ended are dead."""
    if subscription.ended_at:
        subscription.key = uuid.uuid4()
    subscription.language = language
    subscription.created_at = now
    subscription.confirmed_at = subscription.ended_at = subscription.sent_for = None
    subscription.save()


def _mail(subscription: DigestSubscription, name: str, subject: StrOrPromise) -> None:
    selection = read_followed(subscription)
    with override(subscription.language):
        send_mail_later(
            to=subscription.email,
            subject=subject,
            template=f"events/mail/{name}.txt",
            context={
                "what": selection.label if selection else "",
                "url": manage_url(subscription),
            },
            language=subscription.language,
        )
