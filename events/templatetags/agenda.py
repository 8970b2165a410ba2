"""Template tags of the agenda."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from events.event_page import EventPage
from events.minutes_page import MinutesPage
from events.models import Event, Series
from events.series_page import SeriesPage

register = template.Library()


@register.simple_tag(takes_context=True)
def event_page(context: dict[str, Any], event: Event) -> EventPage:
    """What the page of ``event`` shows this reader.

    A tag rather than a view's context, so that the editors' preview, which knows the
    record alone, shows the same page.
    """
    request = context.get("request")
    viewer = getattr(request, "user", None) or AnonymousUser()
    network = context.get("network")
    return EventPage(
        event, viewer, timezone.now(), network.network_name if network else ""
    )


@register.simple_tag(takes_context=True)
def series_page(context: dict[str, Any], series: Series) -> SeriesPage:
    """What the page of ``series`` shows this reader, in the preview too."""
    request = context.get("request")
    viewer = getattr(request, "user", None) or AnonymousUser()
    return SeriesPage(series, viewer, timezone.now())


@register.simple_tag(takes_context=True)
def minutes_page(context: dict[str, Any], page: EventPage) -> MinutesPage:
    """What was said and decided at the date of ``page``; a preview's draft instead."""
    return MinutesPage(page, context.get("minutes"))
