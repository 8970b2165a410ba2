"""What the events room shows on the pages that gather several rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone

from events.models import Event
from events.publication import Publication, Stage
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

SHOWN = 6


class MemberDates:
    """The next dates of my spaces, those that wait for me first."""

    order = 10

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel, empty for who speaks for no space. Costs four queries."""
        now = timezone.now()
        spaces = Space.objects.managed_by(request.user, timezone.localdate(now))
        if not spaces:
            return ""
        events = (
            Event.objects.filter(host__in=spaces)
            .upcoming(now)
            .with_publication()
            .with_row_relations()
        )
        dates = [(event, Publication.of(event)) for event in events]
        sent_back = [pair for pair in dates if pair[1].stage == Stage.TO_REVISE]
        context = {"dates": dates[:SHOWN], "sent_back": sent_back}
        return render_to_string("events/member/panel.html", context, request=request)
