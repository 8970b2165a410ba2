"""“It is your turn”, on the first page of the member area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone

from events.models import Event, RotaHost, Turn
from events.rota_wording import say_slot, say_slot_distance, say_slot_short
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

MOST_TURNS: Final = 3


class MemberTurns:
    """My next turns, months to fix, and spaces that ask to join a series I keep."""

    order = 5

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel, "" when there is nothing to say. Costs four queries."""
        now = timezone.now()
        today = timezone.localdate(now)
        spaces = list(Space.objects.managed_by(request.user, today))
        if not spaces:
            return ""
        events = (
            Event.objects.filter(host__in=spaces, live=True, series__isnull=False)
            .filter(Q(rota_host__isnull=False) | Q(host_is_chosen=True))
            .taking_place()
            .upcoming(now)
            .select_related("series", "host")
        )
        months = Turn.objects.filter(
            host__in=spaces,
            event=None,
            series__live=True,
            month__gte=today.replace(day=1),
        ).select_related("series", "host")
        turns = [
            *((one.start_date, one) for one in events[:MOST_TURNS]),
            *((one.month, one) for one in months[:MOST_TURNS]),
        ]
        turns.sort(key=lambda pair: pair[0])
        waiting = (
            RotaHost.objects.filter(
                joined_on=None, left_on=None, series__host__in=spaces
            )
            .exclude(space=F("series__host"))
            .select_related("series", "space")
        )
        context = {
            "turns": [
                {
                    "slot": slot,
                    "short": say_slot_short(slot),
                    "words": say_slot(slot),
                    "key": f"{slot.month:%Y%m}" if isinstance(slot, Turn) else "",
                    "distance": say_slot_distance(slot, now),
                }
                for _day, slot in turns[:MOST_TURNS]
            ],
            "waiting": list(waiting),
            "has_several_spaces": len(spaces) > 1,
        }
        if not context["turns"] and not context["waiting"]:
            return ""
        return render_to_string("events/member/rota_panel.html", context, request)
