"""The page of one date."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from events.models import Event


@require_safe
def show_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a date to whoever may see it; to the others it does not exist."""
    visible = Event.objects.visible_to(request.user, timezone.localdate())
    rows = visible.with_row_relations().select_related("calendar_state")
    event = get_object_or_404(rows, slug=slug)
    response = render(request, "events/event.html", {"event": event})
    if not event.is_public:
        patch_cache_control(response, private=True)
    return response
