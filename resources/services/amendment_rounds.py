"""Telling the members that a draft is open to them, and that it soon closes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, override

from cms.models import User
from cms.tasks.mail import send_mail_later
from network.models import SpaceMember
from resources.models import AmendmentRound

if TYPE_CHECKING:
    from collections.abc import Sequence

# A week-end and a day to write in.
LAST_CALL: Final = datetime.timedelta(days=3)


def tell_rounds(now: datetime.datetime) -> None:
    """Write to every member once when a draft opens, and once before it closes.

    A draft that opens when its last days have come gets the first mail alone. Mail and
    trace are stored together, so that no run writes twice.
    """
    today = timezone.localdate(now)
    with transaction.atomic():
        open_rounds = AmendmentRound.objects.select_for_update(of=("self",))
        for drafted in open_rounds.open_on(today).select_related("version__charter"):
            closes_soon = drafted.closes_on - today <= LAST_CALL
            if drafted.opening_told_at is None:
                drafted.opening_told_at = now
                if closes_soon:
                    drafted.closing_told_at = now
                _write_mails(drafted, "amendment_round_opens", today)
            elif closes_soon and drafted.closing_told_at is None:
                drafted.closing_told_at = now
                _write_mails(drafted, "amendment_round_closes", today)
            else:
                continue
            drafted.save(update_fields=["opening_told_at", "closing_told_at"])


def _write_mails(drafted: AmendmentRound, name: str, today: datetime.date) -> None:
    language = settings.LANGUAGE_CODE
    with override(language):
        subjects = {
            "amendment_round_opens": _("%(version)s: the draft is open to you"),
            "amendment_round_closes": _("%(version)s: the last days to amend it"),
        }
        send_mail_later(
            to=_list_members(today),
            subject=subjects[name] % {"version": drafted.version},
            template=f"resources/mail/{name}.txt",
            context={
                "drafted": drafted,
                "url": f"{settings.SITE_URL}{drafted.get_absolute_url()}",
            },
            language=language,
        )


def _list_members(today: datetime.date) -> Sequence[str]:
    """Return the addresses of all who speak for a space on ``today``."""
    links = SpaceMember.objects.current(today)
    people = User.objects.filter(pk__in=links.values("user"), is_active=True)
    return list(people.order_by("pk").values_list("email", flat=True))
