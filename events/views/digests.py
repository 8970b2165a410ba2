"""The mail of the month: asking for it, confirming, ending it. No account, no cookie."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from events.forms.digest import DigestForm
from events.selection import read_selection
from events.services.digests import (
    NotDigested,
    ask_digest,
    confirm_digest,
    end_digest,
    find_subscription,
    read_followed,
)
from events.views.secret_address import SecretAddressView
from events.views.subscribe import refuse_too_many, render_subscribe, send_back

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from events.models import DigestSubscription


# No token: it would take a cookie, and all that a forged form does is ask its owner.
@method_decorator(csrf_exempt, name="dispatch")
class AskView(View):
    """Ask for the mail of what the address selects."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Whoever reloads the answer comes back to the page."""
        return send_back(read_selection(request.GET), "#courriel")

    def post(self, request: HttpRequest) -> HttpResponse:
        selection = read_selection(request.GET)
        form = DigestForm(request.POST)
        if form.is_trapped:
            # A program learns nothing: it sees what people see.
            return redirect("events:digest_sent")
        if not form.is_valid():
            return render_subscribe(request, selection, status=422, digest_form=form)
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="event_digest", key=email.lower()):
            return refuse_too_many(request, selection, digest_form=form)
        try:
            ask_digest(
                email=email,
                selection=selection,
                language=get_language() or "",
                now=timezone.now(),
            )
        except NotDigested as refusal:
            problem = str(refusal.sentence)
            return render_subscribe(
                request, selection, status=422, digest_form=form, problem=problem
            )
        return redirect("events:digest_sent")


@require_safe
def show_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail was sent: the same words whatever is known of the address."""
    return render(request, "events/digest_sent.html")


class ManageView(SecretAddressView):
    """One subscription, at the address that its owner got by mail."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(self.get_subscription(token))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscription = self.get_subscription(token)
        asked = request.POST
        if asked.get("List-Unsubscribe") == "One-Click" or asked.get("action") == "end":
            end_digest(subscription, now=self.now)
            was_confirmed = subscription.confirmed_at is not None
            return self.show(subscription, has_ended=True, was_confirmed=was_confirmed)
        if asked.get("action") == "confirm":
            confirm_digest(subscription, now=self.now)
            return redirect(request.path)
        return self.show(subscription, status=422)

    def get_subscription(self, token: str) -> DigestSubscription:
        subscription = find_subscription(token, now=self.now)
        if subscription is None:
            raise Http404
        return subscription

    def show(
        self,
        subscription: DigestSubscription,
        *,
        status: int = 200,
        **context: Any,
    ) -> HttpResponse:
        selection = read_followed(subscription)
        values = {
            "subscription": subscription,
            "what": selection.label if selection else "",
            "is_gone": selection is None,
            "query": selection.query_string if selection else "",
            "has_ended": subscription.ended_at is not None,
            "was_confirmed": subscription.confirmed_at is not None,
            **context,
        }
        return render(
            self.request, "events/digest_subscription.html", values, status=status
        )

    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()
