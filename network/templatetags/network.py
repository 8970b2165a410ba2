"""Template tags of the directory and of a space's page.

They read the clock themselves, so that the page is the same in a preview.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from cms.json_ld import write_data_block
from cms.panels import render_panels
from network import wording
from network.enums import SpaceStatus
from network.schema_org import describe_place
from network.seat_plan import SeatPlan, draw_seats

if TYPE_CHECKING:
    from network.models import Space

register = template.Library()


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the table of hours."""

    name: str
    hours: str
    is_today: bool


@register.simple_tag
def opening_sentence(space: Space) -> str:
    """“Open, closes at 18 h”, or an empty text where nobody can tell."""
    return wording.say_opening(space, timezone.now())


@register.simple_tag
def is_open_now(space: Space) -> bool:
    """True while the space is open, on its own clock."""
    return space.closes_at(timezone.now()) is not None


@register.simple_tag
def hours_table(space: Space) -> list[DayRow]:
    """The seven days, Monday first; none where the hours are unknown."""
    if space.week.is_empty:
        return []
    today = space.local_time(timezone.now()).weekday()
    return [
        DayRow(
            capfirst(str(WEEKDAYS[day])),
            wording.say_spans(spans),
            is_today=day == today,
        )
        for day, spans in enumerate(space.week.days)
    ]


@register.filter
def desks(space: Space) -> str:
    """“12 desks”, or an empty text where nobody said."""
    return wording.say_desks(space)


@register.simple_tag
def seat_plan(space: Space) -> SeatPlan | None:
    """The seats as a drawing."""
    return draw_seats(space)


@register.simple_tag(takes_context=True)
def space_panels(
    context: dict[str, Any], space: Space
) -> Iterator[SafeString | str] | tuple[()]:
    """What other rooms show of a space; nothing for one that is not stored yet."""
    if space.pk is None:
        return ()
    return render_panels("register_space_panel", context["request"], space)


@register.simple_tag
def place_data(space: Space) -> SafeString:
    """The space for search engines, as a data block: browsers do not run it."""
    return write_data_block(describe_place(space, site_url=settings.SITE_URL))


@register.simple_tag
def mistake_mail(space: Space, address: str, page_url: str) -> str:
    """A ``mailto:`` address (RFC 6068) that says which page is wrong."""
    subject = gettext("A mistake on the page of %(name)s") % {"name": space.name}
    query = urlencode({"subject": subject, "body": page_url}, quote_via=quote)
    return f"mailto:{address}?{query}"


@register.filter
def is_planned(space: Space) -> bool:
    return bool(space.status == SpaceStatus.PROJECT)
