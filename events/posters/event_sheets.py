"""The sheets of one public date: its poster, and the picture of a shared link."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from cms.typesetting import Sheet, draw_qr, shorten
from events import wording
from events.models import Event
from events.posters import SOURCES
from events.rows import say_status, say_where

TITLE_LENGTH: Final = 140
IMAGE_SIZE: Final = (1200, 630)
"""Width and height that every network crops to."""


def make_poster(event: Event, network_name: str) -> Sheet:
    """Return the A4 poster of ``event``."""
    language = get_language() or "fr"
    text = event.text_in(language)
    address = f"{settings.SITE_URL}{event.get_absolute_url()}"
    hours = wording.say_hours(event)
    if event.end_date != event.start_date and event.end_time:
        hours = wording.say_span(event)
    values = _describe(event, network_name) | {
        "summary": text.summary,
        "days": wording.say_days(event) if _lasts(event) else "",
        "hours": capfirst(hours),
        "place": event.place_name,
        "room": event.room,
        "address": event.place_address,
        "is_online": gettext("Online") if _is_only_online(event) else "",
        "price": capfirst(text.price),
        "host": _name_host(event),
        "reason": event.cancel_reason if event.is_called_off else "",
        "link": address.split("://", 1)[-1],
        "qr": draw_qr(address),
        "words": {
            "host": gettext("Who welcomes you"),
            "more": gettext("Everything about this date, and any change:"),
            "qr": gettext("QR code of the page of this date"),
        },
    }
    return Sheet("poster.typ", values, SOURCES)


def make_share_image(event: Event, network_name: str) -> Sheet:
    """Return the picture of ``event`` that a shared link shows."""
    values = _describe(event, network_name) | {
        "when": wording.say_when(event),
        "where": shorten(say_where(event), 90),
    }
    return Sheet("share_image.typ", values, SOURCES)


def _describe(event: Event, network_name: str) -> dict[str, Any]:
    """What both sheets say."""
    language = get_language() or "fr"
    text = event.text_in(language)
    kind = event.type.text_in(language)
    first = event.start_date
    return {
        "language": language,
        "network": network_name,
        "mark": event.type.mark,
        "kind": kind.name,
        "title": shorten(text.title.strip() or kind.name, TITLE_LENGTH),
        "weekday": wording.say_weekday(first),
        "day": str(first.day),
        "month": wording.say_month(first),
        "status": say_status(event),
        "is_called_off": event.is_called_off,
    }


def _name_host(event: Event) -> str:
    """Who organises it, unless the place says so already."""
    if event.host is None or event.host == event.space:
        return ""
    return event.host.name


def _lasts(event: Event) -> bool:
    return event.end_date != event.start_date and not wording.ends_at_night(event)


def _is_only_online(event: Event) -> bool:
    return bool(event.online_url) and not (event.place_name or event.place_address)
