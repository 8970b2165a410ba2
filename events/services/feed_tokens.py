"""Personal calendar addresses: given out once, known by their hash, revoked at once."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import User
from events.enums import PersonalFeed
from events.models import FeedToken
from events.services.refusals import NotSpeaker, Refusal
from network.models import Space, SpaceMember

if TYPE_CHECKING:
    import datetime

TOKEN_BYTES: Final = 32
MOST_TOKENS: Final = 20
"""Addresses in use that one person may hold."""


class TooManyTokens(Refusal):
    """The person holds ``MOST_TOKENS`` addresses already."""

    sentence = _("You hold many addresses already: revoke one that you no longer use.")


class NotMember(Refusal):
    """Only members of the network have meetings of members."""

    sentence = _("Only people who speak for a space follow the meetings of members.")


@transaction.atomic
def give_token(
    *,
    to: User,
    kind: PersonalFeed,
    space: Space | None,
    label: str,
    now: datetime.datetime,
) -> tuple[FeedToken, str]:
    """Store a new address and return it with its token, which nothing keeps.

    ``space`` is the one whose dates are followed, for that kind alone.

    Raises:
        NotSpeaker: ``to`` does not speak for ``space`` today.
        NotMember: ``to`` speaks for no space, and asks for the meetings of members.
        TooManyTokens: they hold too many.
    """
    today = timezone.localdate(now)
    if kind == PersonalFeed.SPACE:
        managed = Space.objects.managed_by(to, today)
        if space is None or not managed.filter(pk=space.pk).exists():
            raise NotSpeaker
    is_member = SpaceMember.objects.current(today).filter(user=to).exists()
    if kind == PersonalFeed.MEMBERS and not is_member:
        raise NotMember
    # One person's addresses are counted and added one after the other.
    User.objects.select_for_update().get(pk=to.pk)
    if FeedToken.objects.filter(user=to, revoked_at=None).count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    token = FeedToken.objects.create(
        user=to,
        kind=kind,
        space=space if kind == PersonalFeed.SPACE else None,
        token_hash=hash_token(secret),
        prefix=secret[:6],
        label=label,
        created_at=now,
    )
    return token, secret


def revoke_token(token: FeedToken, *, now: datetime.datetime) -> None:
    """End an address: the next time it is asked for, it does not exist."""
    FeedToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def find_token(secret: str) -> FeedToken | None:
    """Return the address in use of ``secret``, of an account that may log in.

    One query by hash: how long it takes says nothing of how near a guess was.
    """
    return (
        FeedToken.objects.filter(
            token_hash=hash_token(secret), revoked_at=None, user__is_active=True
        )
        .select_related("user", "space")
        .first()
    )


def note_use(token: FeedToken, today: datetime.date) -> None:
    """Keep the day of the last use; writes once a day at most."""
    if token.last_used_on != today:
        FeedToken.objects.filter(pk=token.pk).update(last_used_on=today)


def hash_token(secret: str) -> str:
    """Return the SHA-256, in hexadecimal: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
