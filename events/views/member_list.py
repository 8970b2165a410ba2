"""A member's dates: the list, one of them, and how the public will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from events.date_actions import list_offered
from events.models import Event
from events.publication import Publication
from events.views.speaker import SpeakerView, make_trail

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

PAST_PER_PAGE = 20


class EventListView(SpeakerView):
    """Every date of my spaces: those to come, then those that are over."""

    def get(self, request: HttpRequest) -> HttpResponse:
        events = (
            Event.objects.filter(host__in=self.spaces)
            .with_publication()
            .with_row_relations()
        )
        past = Paginator(events.past(self.now), PAST_PER_PAGE)
        page = past.get_page(request.GET.get("page"))
        return render(
            request,
            "events/member/event_list.html",
            {
                "upcoming": pair_with_publication(events.upcoming(self.now)),
                "past": pair_with_publication(page.object_list),
                "page_of_past": page,
                "has_several_spaces": len(self.spaces) > 1,
                "trail": make_trail(),
            },
        )


class EventView(SpeakerView):
    """One date: its text, where it stands, what can be done."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        draft = event.get_latest_revision_as_object()
        return render(
            request,
            "events/member/event.html",
            {
                "event": event,
                "draft": draft,
                "publication": Publication.of(event),
                "date_actions": list_actions(event, self.now),
                "moderation_days": settings.MODERATION_DAYS,
                "trail": make_trail((draft.title, "")),
                **self.describe_series(event),
            },
        )


class EventPreviewView(SpeakerView):
    """The latest text as the public will see it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.get_event(pk).get_latest_revision_as_object()
        response = draft.serve_preview(request, draft.default_preview_mode)
        response["X-Robots-Tag"] = "noindex"
        return response


def list_actions(
    event: Event, now: datetime.datetime
) -> list[tuple[StrOrPromise, str]]:
    """Return the words and the address of each change that ``event`` allows."""
    return [
        (action.label, reverse(f"member_events:{action.name}", args=[event.pk]))
        for action in list_offered(event, now)
    ]


def pair_with_publication(events: Iterable[Event]) -> list[tuple[Event, Publication]]:
    return [(event, Publication.of(event)) for event in events]
