"""Registering for a date, and keeping one's registration, with or without account."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from events.enums import RegistrationMode, RegistrationStatus
from events.forms.registration import RegistrationForm
from events.models import Event, Registration
from events.registration_part import RegistrationPart
from events.services import registration as services
from events.services.refusals import Refusal
from events.services.registration.refusals import DateFull, ManyAtOnce
from events.views.secret_address import SecretAddressView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from cms.models import User

TOO_MANY_SECONDS = 600

Action = Callable[..., Registration | None]


class RegisterView(View):
    """The form of one date; without an account the answer is a mail."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        event = self.find_event(slug)
        part = RegistrationPart(event, request.user, self.now)
        initial = {"accepts_waiting": part.is_open and part.places.is_full}
        return self.show(event, self.make_form(event, initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        event = self.find_event(slug)
        form = self.make_form(event, request.POST)
        if form.is_trapped:
            # A program learns nothing: it sees what people see.
            return redirect("events:registration_sent", slug=slug)
        if not form.is_valid():
            return self.show(event, form, status=422)
        if not self.may_ask(form):
            form.add_error(None, _("Too many tries: wait ten minutes, then try again."))
            response = self.show(event, form, status=429)
            response.headers["Retry-After"] = str(TOO_MANY_SECONDS)
            return response
        return self.register(event, form)

    def register(self, event: Event, form: RegistrationForm) -> HttpResponse:
        try:
            registration = services.register(
                event,
                name=form.cleaned_data["name"],
                email=form.address,
                companions=form.companion_count,
                answers=form.answers,
                user=self.person,
                language=get_language() or "",
                now=self.now,
                accepts_waiting=form.cleaned_data["accepts_waiting"],
            )
        except Event.DoesNotExist:
            raise Http404 from None
        except DateFull as refusal:
            answers = self.request.POST.copy()
            answers["accepts_waiting"] = "on"
            form = self.make_form(event, answers)
            form.add_error(None, refusal.sentence)
            return self.show(event, form, status=409)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            is_busy = isinstance(refusal, ManyAtOnce)
            return self.show(event, form, status=503 if is_busy else 409)
        if registration is None:
            return redirect("events:registration_sent", slug=event.slug)
        return redirect("events:registration", token=services.sign_key(registration))

    def show(
        self, event: Event, form: RegistrationForm, *, status: int = 200
    ) -> HttpResponse:
        context = {
            "event": event,
            "form": form,
            "part": RegistrationPart(event, self.request.user, self.now),
        }
        return render(
            self.request, "events/registration_form.html", context, status=status
        )

    def find_event(self, slug: str) -> Event:
        """Return the date if this person may see it and people register for it.

        Raises:
            Http404: otherwise.
        """
        today = timezone.localdate(self.now)
        visible = Event.objects.visible_to(self.request.user, today).exclude(
            registration_mode=RegistrationMode.NONE
        )
        return get_object_or_404(visible.with_row_relations(), slug=slug)

    def make_form(self, event: Event, *args: Any, **kwargs: Any) -> RegistrationForm:
        return RegistrationForm(*args, event=event, user=self.person, **kwargs)

    def may_ask(self, form: RegistrationForm) -> bool:
        """Count this try against the limits of ``ACCOUNT_RATE_LIMITS``."""
        return ratelimit.consume(
            self.request, action="event_registration", key=form.address.lower()
        )

    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()

    @property
    def person(self) -> User | None:
        user = self.request.user
        return user if user.is_authenticated else None


@require_safe
def show_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a mail was sent: the same words whatever is known of the address."""
    today = timezone.localdate()
    visible = Event.objects.visible_to(request.user, today).exclude(
        registration_mode=RegistrationMode.NONE
    )
    event = get_object_or_404(visible.with_row_relations(), slug=slug)
    return render(request, "events/registration_sent.html", {"event": event})


class ManageView(SecretAddressView):
    """One registration, at the address that its owner got by mail."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(self.find_registration(token))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        registration = self.find_registration(token)
        actions: dict[str, Action] = {
            "confirm": services.confirm_registration,
            "cancel": services.cancel_registration,
        }
        act = actions.get(request.POST.get("action", ""))
        if act is None:
            return self.show(registration, status=422)
        try:
            kept = act(registration, now=self.now)
        except Registration.DoesNotExist:
            raise Http404 from None
        except Refusal as refusal:
            status = 503 if isinstance(refusal, ManyAtOnce) else 409
            return self.show(registration, status=status, refusal=refusal.sentence)
        if kept is None:
            context = {"event": registration.event, "is_erased": True}
            return render(request, "events/registration.html", context)
        return redirect(request.path)

    def find_registration(self, token: str) -> Registration:
        registration = services.find_registration(token, now=self.now)
        if registration is None:
            raise Http404
        return registration

    def show(
        self, registration: Registration, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        event = registration.event
        is_waiting = registration.status == RegistrationStatus.WAITLISTED
        values = {
            "event": event,
            "registration": registration,
            "part": RegistrationPart(event, self.request.user, self.now),
            "rank": services.count_before(registration) + 1 if is_waiting else 0,
            "is_past": event.is_past(self.now),
            "fits": services.count_places(event).hold(registration.places),
            **context,
        }
        return render(self.request, "events/registration.html", values, status=status)

    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()
