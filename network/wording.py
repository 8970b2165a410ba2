"""Hours and states as a person reads them, in the language of the page."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from cms.wording import NO_BREAK, say_time
from network.enums import SpaceStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from network.domain.opening_hours import Span
    from network.models import Space


def say_spans(spans: Sequence[Span]) -> str:
    """“9 h – 12 h 30, 14 h – 18 h”; “closed” for a day without hours."""
    if not spans:
        return _("closed")
    return ", ".join(
        f"{say_time(span.opens)}{NO_BREAK}– {say_time(span.closes)}" for span in spans
    )


def say_opening(space: Space, now: datetime.datetime) -> str:
    """“Open, closes at 18 h” at the instant ``now``, on the space's own clock.

    An empty text where nobody can tell: not an open space, or hours unknown.
    """
    if space.status != SpaceStatus.OPEN or space.week.is_empty:
        return ""
    closing = space.closes_at(now)
    if closing is not None:
        return _("Open, closes at %(time)s") % {"time": say_time(closing)}
    opening = space.opens_next(now)
    if opening is None:
        return _("Closed today")
    today = space.local_time(now).date()
    if opening.date() == today:
        return _("Closed, opens at %(time)s") % {"time": say_time(opening)}
    if opening.date() == today + datetime.timedelta(days=1):
        return _("Closed, opens tomorrow at %(time)s") % {"time": say_time(opening)}
    return _("Closed, opens on %(day)s at %(time)s") % {
        "day": date_format(opening, "l"),
        "time": say_time(opening),
    }


def say_desks(space: Space) -> str:
    """“12 desks”, “10 desks planned”; an empty text where nobody said."""
    if not space.desks:
        return ""
    if space.status == SpaceStatus.PROJECT:
        text = ngettext(
            "%(count)d desk planned", "%(count)d desks planned", space.desks
        )
    else:
        text = ngettext("%(count)d desk", "%(count)d desks", space.desks)
    return text % {"count": space.desks}
