"""The rota of a series in the member area: the order, the dates to come, my buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.forms.rota import ChosenSpaceForm
from events.models import Series
from events.rota_page import RotaPage
from events.services.refusals import NotSpeaker, Refusal
from events.services.rota import (
    accept_volunteer,
    decline_volunteer,
    is_keeper,
    join_rota,
    leave_rota,
    reorder_hosts,
)
from events.services.rota.refusals import (
    NotChosen,
    NotInRota,
    NotKeeper,
    NotWaiting,
    OrderChanged,
)
from events.views.speaker import SpeakerView
from network.models import Space

if TYPE_CHECKING:
    import datetime

    from django.http import HttpRequest, HttpResponse, QueryDict

    from cms.models import User

# Not theirs to do; any other refusal is about what the rota has become.
FORBIDDEN = (NotSpeaker, NotKeeper)


class RotaBaseView(SpeakerView):
    """A page below one series' rota; a series that I may not see does not exist."""

    def get_page(self, pk: int) -> RotaPage:
        """Return the rota as I may see it now.

        Raises:
            Http404: there is no such series, no rota, or it is not open to me.
        """
        found = Series.objects.select_related("host", "type").filter(pk=pk).first()
        if found is None:
            raise Http404
        page = RotaPage(
            found,
            {space.pk for space in self.spaces},
            is_keeper(self.member, found, now=self.now),
            self.now,
        )
        if not page.is_open_to_me:
            raise Http404
        return page

    def show_rota(self, pk: int, *, refusal: Refusal | None = None) -> HttpResponse:
        """Show the rota as it stands now, and why nothing was done."""
        page = self.get_page(pk)
        status = 200
        if refusal is not None:
            status = 403 if isinstance(refusal, FORBIDDEN) else 409
        context = {
            "page": page,
            "series": page.series,
            "refusal": refusal,
            "add_form": make_add_form(page) if page.is_keeper else None,
            "trail": self.make_trail(page.series, is_last=True),
        }
        template = "events/member/rota.html"
        return render(self.request, template, context, status=status)

    def make_trail(self, series: Series, *, is_last: bool = False) -> list[Any]:
        """Return the breadcrumb of a page below the rota."""
        rota = "" if is_last else reverse("member_rota:rota", args=[series.pk])
        return [
            (_("Member area"), reverse("member_dashboard")),
            (_("Rota: %(title)s") % {"title": series.title}, rota),
        ]


class RotaView(RotaBaseView):
    """Whose turn it is."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show_rota(pk)


class RotaKeepView(RotaBaseView):
    """What the keepers do to the order."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self.get_page(pk)
        try:
            said = keep_rota(page, request.POST, by=self.member, now=self.now)
        except Refusal as refusal:
            return self.show_rota(pk, refusal=refusal)
        messages.success(request, said)
        return redirect("member_rota:rota", pk=pk)


def make_add_form(page: RotaPage, answers: QueryDict | None = None) -> ChosenSpaceForm:
    """Return the form by which the keepers let a space in."""
    known = [place.space_id for place in page.places]
    spaces = Space.objects.listed()
    if answers is None:
        # A space that joined meanwhile is told so by the service.
        spaces = spaces.exclude(pk__in=known)
    return ChosenSpaceForm(answers, spaces=spaces, hides_one=False, auto_id="id_add_%s")


def keep_rota(
    page: RotaPage, answers: QueryDict, *, by: User, now: datetime.datetime
) -> str:
    """Do what a keeper's button says and return the sentence that tells it.

    Raises:
        Refusal: the order changed meanwhile, or ``by`` does not keep it.
    """
    series, action = page.series, answers.get("action", "")
    if not page.is_keeper:
        raise NotKeeper
    if action == "add":
        form = make_add_form(page, answers)
        if not form.is_valid():
            raise NotChosen
        space = form.cleaned_data["space"]
        join_rota(series, space=space, by=by, now=now)
        return _("%(space)s is in the rota.") % {"space": space.name}
    place = next((p for p in page.places if str(p.pk) == answers.get("host")), None)
    if action in ("accept", "decline"):
        if place is None:
            raise NotWaiting
        if action == "accept":
            accept_volunteer(place, by=by, now=now)
            return _("%(space)s is in the rota.") % {"space": place.space.name}
        decline_volunteer(place, by=by, now=now)
        return _("%(space)s hears that it is not this time.") % {
            "space": place.space.name
        }
    if place is None:
        raise NotInRota
    if action == "remove":
        leave_rota(series, space=place.space, by=by, now=now)
        return _("%(space)s is no longer in the rota.") % {"space": place.space.name}
    order = [host.space_id for host in page.hosts]
    if page.order_seen != answers.get("seen_order") or place.space_id not in order:
        raise OrderChanged
    index = order.index(place.space_id)
    order.insert(max(0, index - 1), order.pop(index))
    reorder_hosts(series, order=order, by=by, now=now)
    return _("The order changed; the spaces concerned are told by mail.")
