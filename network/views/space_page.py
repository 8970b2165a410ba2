"""The page of one space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.renamed import send_to_present_address
from network.enums import SpaceStatus
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def show_space(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published space; one that has closed for good answers 410 and says so."""
    published = Space.objects.filter(live=True).select_related("image").with_parts()
    space = published.filter(slug=slug).first()
    if space is None:
        return send_to_present_address(Space, slug)
    if space.status == SpaceStatus.CLOSED:
        return render(
            request, "network/closed_space.html", {"space": space}, status=410
        )
    return render(request, "network/space.html", {"space": space})
