"""The resources of my spaces, in the member area."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from cms.publication import Publication, Stage
from network.models import Space
from resources.contributing.views import say_title
from resources.models import SharedResource


class MemberResourcesPanel:
    """What came back to me, how much waits, and the way to all."""

    order = 35

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel; three queries, "" for who speaks for no space."""
        spaces = list(Space.objects.managed_by(request.user, timezone.localdate()))
        if not spaces:
            return ""
        resources = (
            SharedResource.objects.filter(space__in=spaces)
            .with_publication()
            .select_related("latest_revision")
        )
        rows = [(one, Publication.of(one), say_title(one)) for one in resources]
        stages = [publication.stage for _one, publication, _title in rows]
        return render_to_string(
            "resources/contributing/panel.html",
            {
                "sent_back": [row for row in rows if row[1].stage == Stage.TO_REVISE],
                "shared": sum(publication.is_live for _one, publication, _ in rows),
                "drafts": stages.count(Stage.DRAFT),
                "in_review": stages.count(Stage.IN_MODERATION),
            },
            request=request,
        )
