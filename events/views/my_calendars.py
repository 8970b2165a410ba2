"""Calendar addresses of one's own: given out once, listed, revoked."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from events.calendar_links import make_subscribe_links
from events.forms.personal_calendar import CalendarForm
from events.models import FeedToken
from events.services.feed_tokens import give_token, revoke_token
from events.services.refusals import Refusal
from network.models import Space

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from cms.models import User


class OwnCalendarView(LoginRequiredMixin, View):
    """A page about the addresses of who is logged in; no cache keeps it."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()

    @property
    def person(self) -> User:
        """Who is logged in; ``dispatch`` has sent visitors away."""
        return cast("User", self.request.user)

    @property
    def tokens(self) -> QuerySet[FeedToken]:
        """Their addresses in use, the latest first."""
        mine = FeedToken.objects.filter(user=self.person, revoked_at=None)
        return mine.select_related("space")


class CalendarsView(OwnCalendarView):
    """The list, and the form that gives a new address, which its answer alone shows."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.make_form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            token, secret = give_token(
                to=self.person,
                kind=form.kind,
                space=form.space,
                label=form.cleaned_data["label"],
                now=self.now,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.show(form, status=409)
        path = reverse("event_feeds:personal", args=[secret])
        name = str(token.space or token.get_kind_display())
        context = {
            "token": token,
            "links": make_subscribe_links(f"{settings.SITE_URL}{path}", name),
            "trail": make_trail((_("New address"), "")),
        }
        response = render(request, "events/member/calendar_given.html", context)
        # Neither a robot nor another site hears of the address in it.
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def show(self, form: CalendarForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "tokens": self.tokens, "trail": make_trail()}
        template = "events/member/calendars.html"
        return render(self.request, template, context, status=status)

    def make_form(self, *args: Any) -> CalendarForm:
        spaces = Space.objects.managed_by(self.person, timezone.localdate(self.now))
        return CalendarForm(*args, spaces=spaces)


class RevokeView(OwnCalendarView):
    """Ask, then end one address."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = {
            "token": self.get_token(pk),
            "trail": make_trail((_("Revoke"), "")),
        }
        return render(request, "events/member/calendar_revoke.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        revoke_token(self.get_token(pk), now=self.now)
        messages.success(request, _("It is revoked: nobody reads this calendar now."))
        return redirect("member_events:calendars")

    def get_token(self, pk: int) -> FeedToken:
        """Return one of their addresses in use; 404 for anything else."""
        return get_object_or_404(self.tokens, pk=pk)


def make_trail(*steps: tuple[StrOrPromise, str]) -> list[tuple[StrOrPromise, str]]:
    """Return the breadcrumb of a page about one's calendars."""
    return [
        (_("Member area"), reverse("member_dashboard")),
        (_("Your calendars"), reverse("member_events:calendars") if steps else ""),
        *steps,
    ]
