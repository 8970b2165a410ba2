"""What every page of a member's dates and series begins with."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from events.models import Event, Series
from events.services.departures import read_rule_day
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from cms.models import User
    from network.querysets import SpaceQuerySet


class SpeakerView(LoginRequiredMixin, View):
    """A page for who speaks for a space today.

    A visitor goes to the login; a person without a space is told what to do; another
    space's date or series does not exist here (404).
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.user.is_authenticated and not self.admits():
            response: HttpResponseBase = render(
                request, "events/member/no_space.html", status=403
            )
        else:
            try:
                response = super().dispatch(request, *args, **kwargs)
            except ObjectDoesNotExist:
                # Somebody of the space discarded it since this request began.
                raise Http404 from None
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def admits(self) -> bool:
        """Tell whether this person has anything to do here."""
        return bool(self.spaces)

    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)

    @property
    def member(self) -> User:
        """The person; ``dispatch`` has sent visitors away."""
        return cast("User", self.request.user)

    @cached_property
    def spaces(self) -> SpaceQuerySet:
        return Space.objects.managed_by(self.member, self.today)

    def get_event(self, pk: int) -> Event:
        """Return the date with its publication.

        Raises:
            Http404: it does not exist, or none of my spaces organises it.
        """
        events = (
            Event.objects.filter(host__in=self.spaces)
            .with_publication()
            .with_row_relations()
            .select_related("latest_revision__user")
        )
        return get_object_or_404(events, pk=pk)

    def get_series(self, pk: int) -> Series:
        """Return the series with its publication.

        Raises:
            Http404: it does not exist, or none of my spaces is its usual host.
        """
        series = (
            Series.objects.filter(host__in=self.spaces)
            .with_publication()
            .with_template()
            .select_related("latest_revision__user")
        )
        return get_object_or_404(series, pk=pk)

    def describe_series(self, event: Event | None) -> dict[str, object]:
        """Return what a page of ``event`` says of its series, where it has one.

        ``kept_series`` is None when another space keeps it.
        """
        series = event.series if event else None
        if event is None or series is None:
            return {}
        is_kept = any(space.pk == series.host_id for space in self.spaces)
        return {
            "kept_series": series if is_kept else None,
            "series_day": read_rule_day(event.recurrence_key),
        }


def make_trail(*steps: tuple[StrOrPromise, str]) -> list[tuple[StrOrPromise, str]]:
    """Return the breadcrumb of a page below the member's dates."""
    return [
        (_("Member area"), reverse("member_dashboard")),
        (_("Your dates"), reverse("member_events:list")),
        *steps,
    ]
