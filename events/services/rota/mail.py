"""What spaces are told by mail about their turns. No person is named.

All are stored in the transaction of what they tell, in the site's own language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from cms.models import User
from cms.roles import MODERATORS
from cms.tasks.mail import send_mail_later
from events.models import Turn
from events.rota_wording import say_slot, say_slot_day
from network.models import SpaceMember

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.models import RotaHost, Series
    from events.services.rota.plan import HandOver, Slot
    from network.models import Space

# A weekly series has dozens of dates to come: a mail names the first ones.
MOST_NAMED: Final = 12


def tell_hosts(
    series: Series,
    moved: Iterable[HandOver],
    *,
    reason: str,
    but: Space | None = None,
) -> None:
    """Tell each space which dates it has from now on, and which no longer; one mail.

    ``but`` hears of it in another mail.
    """
    gained: dict[Space, list[Slot]] = {}
    lost: dict[Space, list[HandOver]] = {}
    for change in moved:
        if change.after is not None:
            gained.setdefault(change.after, []).append(change.slot)
        if change.before is not None:
            lost.setdefault(change.before, []).append(change)
    with override(settings.LANGUAGE_CODE):
        for space in {**gained, **lost}:
            if space == but:
                continue
            mine, theirs = gained.get(space, []), lost.get(space, [])
            _send(
                "rota_changed",
                _name_change(series, mine, theirs),
                series,
                to=_list_speakers(space),
                space=space,
                reason=reason,
                gained=[say_slot(slot) for slot in mine[:MOST_NAMED]],
                more_gained=max(0, len(mine) - MOST_NAMED),
                lost=[
                    (say_slot(one.slot), one.after.name if one.after else "")
                    for one in theirs[:MOST_NAMED]
                ],
                more_lost=max(0, len(theirs) - MOST_NAMED),
            )


def remind_host(slot: Slot, series: Series) -> None:
    """Tell the members of the slot's host that their turn comes."""
    with override(settings.LANGUAGE_CODE):
        is_open = isinstance(slot, Turn)
        words = (
            gettext("Your turn %(day)s: its day is not fixed yet")
            if is_open
            else gettext("Your turn on %(day)s")
        )
        _send(
            "rota_reminder",
            words % {"day": say_slot_day(slot)},
            series,
            to=_list_speakers(slot.host),
            slot=slot,
            is_open=is_open,
            when=say_slot(slot),
        )


def tell_volunteer(host: RotaHost) -> None:
    """Tell the keepers that a space asks to join: its members, else the moderators."""
    series = host.series
    keepers = _list_speakers(series.host) or list(
        User.objects.filter(groups__name=MODERATORS, is_active=True).distinct()
    )
    with override(settings.LANGUAGE_CODE):
        subject = gettext("%(space)s wants to host: %(title)s")
        values = {"space": host.space.name, "title": _title_of(series)}
        _send("rota_volunteer", subject % values, series, to=keepers, space=host.space)


def answer_volunteer(
    host: RotaHost, *, is_accepted: bool, moved: Iterable[HandOver] = ()
) -> None:
    """Tell the members of the space what the keepers say, and its first dates."""
    mine = [change.slot for change in moved if change.after == host.space]
    with override(settings.LANGUAGE_CODE):
        subject = (
            gettext("You are in the rota: %(title)s")
            if is_accepted
            else gettext("About the rota: %(title)s")
        )
        _send(
            "rota_answer",
            subject % {"title": _title_of(host.series)},
            host.series,
            to=_list_speakers(host.space),
            space=host.space,
            is_accepted=is_accepted,
            gained=[say_slot(slot) for slot in mine[:MOST_NAMED]],
        )


def _name_change(series: Series, mine: list[Slot], theirs: list[HandOver]) -> str:
    if len(mine) == 1 and not theirs:
        return gettext("You host on %(day)s") % {"day": say_slot_day(mine[0])}
    if len(theirs) == 1 and not mine:
        change = theirs[0]
        values = {
            "day": say_slot_day(change.slot),
            "space": change.after.name if change.after else gettext("nobody"),
        }
        return gettext("%(day)s goes to %(space)s") % values
    return gettext("The rota changed: %(title)s") % {"title": _title_of(series)}


def _list_speakers(space: Space | None) -> list[User]:
    links = SpaceMember.objects.current(timezone.localdate()).filter(space=space)
    return list(
        User.objects.filter(pk__in=links.values("user"), is_active=True).order_by("pk")
    )


def _title_of(series: Series) -> str:
    return " ".join(series.title.split())


def _send(
    name: str, subject: str, series: Series, *, to: Iterable[User], **values: Any
) -> None:
    url = reverse("member_rota:rota", args=[series.pk])
    send_mail_later(
        to=[person.email for person in to],
        subject=" ".join(subject.splitlines()),
        template=f"events/mail/{name}.txt",
        context={"series": series, "url": f"{settings.SITE_URL}{url}", **values},
        language=settings.LANGUAGE_CODE,
    )
