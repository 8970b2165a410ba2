"""The dates that I registered for, in the member area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.models import Registration
from events.services.registration import sign_key

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@cache_control(private=True, no_cache=True)
@login_required
def show_my_registrations(request: HttpRequest) -> HttpResponse:
    """List the dates to come that this person is confirmed for or waits for."""
    mine = Registration.objects.current().filter(user=request.user.pk)
    upcoming = mine.upcoming(timezone.now()).select_related("event__venue")
    context = {
        "registrations": [
            (one, reverse("events:registration", args=[sign_key(one)]))
            for one in upcoming
        ],
        "trail": [
            (_("Member area"), reverse("member_dashboard")),
            (_("Your registrations"), ""),
        ],
    }
    return render(request, "events/member/my_registrations.html", context)
