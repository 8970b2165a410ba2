"""What loans show on the first page of the member area."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from network.models import Space
from resources.models import Loan

MOST_TASKS = 5


class MemberLoansPanel:
    """Requests that wait for my answer, things that are not back."""

    order = 35

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel; two queries, "" for who neither lends nor borrows now."""
        today = timezone.localdate()
        spaces = list(Space.objects.managed_by(request.user, today))
        if not spaces:
            return ""
        loans = Loan.objects.concerning(spaces).current(today).with_relations()
        own = {space.pk for space in spaces}
        lent = [one for one in loans if one.resource.space_id in own]
        waiting = [one for one in lent if one.is_waiting(today)]
        late = [one for one in lent if one.is_late(today)]
        coming = sum(one.is_coming(today) for one in loans)
        if not (waiting or late or coming):
            return ""
        return render_to_string(
            "resources/panels/member_loans.html",
            {
                "waiting": waiting[:MOST_TASKS],
                "more": max(0, len(waiting) - MOST_TASKS),
                "late": late[:MOST_TASKS],
                "coming": coming,
            },
            request=request,
        )
