"""What charters show in the member area and on the page of a space."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from network.models import Space
from resources.charters.signatories import say_version
from resources.charters.standing import list_standings
from resources.models import AmendmentRound, CharterPage, CharterVersion, Signature
from resources.panels import find_first_page


class MemberChartersPanel:
    """Charters that wait for the signature of one of my spaces, and the way to all."""

    order = 40

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel; four queries, "" where nothing can be signed or amended."""
        today = timezone.localdate()
        spaces = list(Space.objects.managed_by(request.user, today))
        if not spaces:
            return ""
        charters = list_standings(spaces)
        rounds = list(
            AmendmentRound.objects.open_on(today).select_related("version__charter")
        )
        if not charters and not rounds:
            return ""
        waiting = [standing for charter in charters for standing in charter.waiting]
        return render_to_string(
            "resources/panels/member_charters.html",
            {"waiting": waiting, "rounds": rounds},
            request=request,
        )


class SpaceCharterPanel:
    """Which charter a space signed, in which version and since when."""

    order = 40

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel of ``subject[0]``, a space; "" without a page of the charter.

        Five queries and a few for the page.
        """
        space: Space = subject[0]
        page = find_first_page(CharterPage)
        if page is None:
            return ""
        signature = (
            Signature.objects.public()
            .filter(space=space)
            .latest_of_each_space(page.charter_id)
            .with_relations()
            .first()
        )
        if signature is None:
            return ""
        current: CharterVersion | None = page.charter.current_version
        return render_to_string(
            "resources/panels/space_charter.html",
            {
                "charter_page": page,
                "signature": signature,
                "words": say_version(signature, current),
            },
            request=request,
        )
