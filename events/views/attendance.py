"""Who is registered for a date: for the people of its host, and for moderators."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _, ngettext
from django.views import View
from wagtail.log_actions import log

from events import wording
from events.attendance_csv import write_attendance
from events.enums import RegistrationStatus
from events.forms.registration import AddedPersonForm
from events.models import Event, Registration
from events.services import registration as services
from events.services.refusals import Refusal
from events.views.speaker import make_trail
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from cms.models import User


class OrganiserView(LoginRequiredMixin, View):
    """A page for who speaks for the date's host today, or publishes dates.

    To everybody else the list does not exist (404). It is nobody's cache's.
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        try:
            response = super().dispatch(request, *args, **kwargs)
        except (Event.DoesNotExist, Registration.DoesNotExist):
            # Erased since this request began.
            raise Http404 from None
        patch_cache_control(response, private=True, no_store=True)
        return response

    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()

    def get_event(self, pk: int) -> Event:
        """Return the date.

        Raises:
            Http404: it does not exist, or is not theirs to organise.
        """
        person = cast("User", self.request.user)
        events = Event.objects.with_row_relations()
        if not person.has_perm("events.publish_event"):
            today = timezone.localdate(self.now)
            events = events.filter(host__in=Space.objects.managed_by(person, today))
        return get_object_or_404(events, pk=pk)

    def back(self, event: Event) -> HttpResponse:
        return redirect("member_events:registrations", pk=event.pk)

    def make_trail(self, event: Event, *steps: str) -> list[tuple[Any, str]]:
        first = [
            (event.title, reverse("member_events:event", args=[event.pk])),
            (
                _("Registrations"),
                reverse("member_events:registrations", args=[event.pk]),
            ),
        ]
        return make_trail(*first, *((step, "") for step in steps))


class RegistrationListView(OrganiserView):
    """Who is confirmed, who waits, who cancelled; prints as a list for the door."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        found = list(event.registrations.exclude(status=RegistrationStatus.PENDING))
        by_status = {
            status: [one for one in found if one.status == status]
            for status in RegistrationStatus
        }
        confirmed = sorted(
            by_status[RegistrationStatus.CONFIRMED], key=lambda one: one.name.casefold()
        )
        waiting = sorted(
            by_status[RegistrationStatus.WAITLISTED],
            key=lambda one: (one.waiting_since or self.now, one.pk),
        )
        taken = sum(one.places for one in confirmed)
        came = [one for one in confirmed if one.attended]
        context = {
            "event": event,
            "confirmed": confirmed,
            "waiting": waiting,
            "cancelled": by_status[RegistrationStatus.CANCELLED],
            "places": services.Places(event.capacity, taken),
            "waiting_people": sum(one.places for one in waiting),
            "came": len(came),
            "is_marked": any(one.attended is not None for one in confirmed),
            "is_erased": bool(found) and not any(one.name for one in found),
            "may_mark": wording.local_day(event, self.now) >= event.start_date,
            "is_past": event.is_past(self.now),
            "questions": event.questions,
            "trail": self.make_trail(event),
        }
        return render(request, "events/member/registrations.html", context)


class AttendanceView(OrganiserView):
    """The ticks of the door, all in one form."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        listed, came = (
            _read_numbers(request.POST.getlist(name)) for name in ("listed", "came")
        )
        try:
            total = services.mark_attendance(
                event, listed=listed, came=came, now=self.now
            )
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            message = ngettext(
                "Noted: %(total)d registered person came.",
                "Noted: %(total)d registered people came.",
                total,
            )
            messages.success(request, message % {"total": total})
        return self.back(event)


class AddView(OrganiserView):
    """Somebody who asked the organiser rather than the site."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        return self.show(event, AddedPersonForm(event=event))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        form = AddedPersonForm(request.POST, event=event)
        if not form.is_valid():
            return self.show(event, form, status=422)
        try:
            added = services.add_registration(
                event,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                companions=form.companion_count,
                language=get_language() or "",
                now=self.now,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.show(event, form, status=409)
        is_waiting = added.status == RegistrationStatus.WAITLISTED
        messages.success(
            request,
            _("The date is full: they are on the waiting list, and know it by mail.")
            if is_waiting
            else _("They are registered, and know it by mail."),
        )
        return self.back(event)

    def show(
        self, event: Event, form: AddedPersonForm, *, status: int = 200
    ) -> HttpResponse:
        context = {
            "event": event,
            "form": form,
            "trail": self.make_trail(event, _("Add somebody")),
        }
        template = "events/member/registration_add.html"
        return render(self.request, template, context, status=status)


class CancelRegistrationView(OrganiserView):
    """One person's registration, cancelled by the organiser."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        event, registration = self.find_both(pk, number)
        context = {
            "event": event,
            "registration": registration,
            "trail": self.make_trail(event, _("Cancel a registration")),
        }
        return render(request, "events/member/registration_cancel.html", context)

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        event, registration = self.find_both(pk, number)
        try:
            services.cancel_registration(registration, now=self.now, by_organiser=True)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Cancelled: a mail tells them."))
        return self.back(event)

    def find_both(self, pk: int, number: int) -> tuple[Event, Registration]:
        event = self.get_event(pk)
        return event, get_object_or_404(event.registrations.current(), pk=number)


class ExportView(OrganiserView):
    """The list as a spreadsheet; who exported it is noted in the date's history."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        rows = event.registrations.exclude(status=RegistrationStatus.PENDING)
        content = write_attendance(event, rows)
        with transaction.atomic():
            log(instance=event, action="events.export_registrations", user=request.user)
        name = event.slug or event.pk
        return HttpResponse(
            content,
            content_type="text/csv; charset=utf-8; header=present",
            headers={
                "Content-Disposition": f'attachment; filename="inscriptions-{name}.csv"'
            },
        )


def _read_numbers(values: list[str]) -> set[int]:
    """Return the keys among ``values``; what no key can be is left out."""
    return {
        int(one) for one in values if one.isascii() and one.isdigit() and len(one) < 19
    }
