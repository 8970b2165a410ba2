"""What the tools of spaces show in the member area and on the page of a space."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from network.models import Space
from resources.models import SharedResource, ToolUse


class MemberToolsPanel:
    """How many tools my spaces said they use, and the way to say more."""

    order = 60

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel; three queries, "" without a space or without a tool."""
        spaces = list(Space.objects.managed_by(request.user, timezone.localdate()))
        if not spaces or not SharedResource.objects.tools().exists():
            return ""
        uses = ToolUse.objects.filter(space__in=spaces).of_public_tools()
        titles = dict.fromkeys(use.resource.title for use in uses)
        return render_to_string(
            "resources/panels/member_tools.html",
            {"titles": list(titles)},
            request=request,
        )


class SpaceToolsPanel:
    """Which tools a space uses, and for what."""

    order = 35

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel of ``subject[0]``, a space; one query."""
        space: Space = subject[0]
        uses = ToolUse.objects.filter(space=space).of_public_tools()
        if not uses:
            return ""
        return render_to_string(
            "resources/panels/space_tools.html", {"uses": uses}, request=request
        )
