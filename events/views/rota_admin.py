"""The rota of a series in the admin, for moderators: the order, and who has what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events.forms.rota import HandOverForm
from events.models import Series
from events.rota_page import RotaPage
from events.services.refusals import Refusal
from events.services.rota import find_slot, hand_over
from events.services.rota.refusals import NotChosen
from events.views.rota import keep_rota, make_add_form
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from cms.models import User


class RotaAdminView(WagtailAdminTemplateMixin, TemplateView):
    """What keepers do in the member area, for who speaks for no space."""

    template_name = "events/admin/rota.html"
    header_icon = "group"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let moderators in.

        Raises:
            PermissionDenied: to anybody else.
        """
        if not request.user.has_perm("events.publish_event"):
            raise PermissionDenied
        self.now = timezone.now()
        series = get_object_or_404(
            Series.objects.select_related("host"), pk=kwargs["pk"]
        )
        self.page = RotaPage(series, set(), True, self.now)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Rota")

    def get_page_subtitle(self) -> str:
        return str(self.page.series)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        series = self.page.series
        edit = reverse("wagtailsnippets_events_series:edit", args=[series.pk])
        listing = reverse("wagtailsnippets_events_series:list")
        return [
            *self.breadcrumbs_items,
            {"url": listing, "label": _("Series")},
            {"url": edit, "label": str(series)},
            {"url": "", "label": _("Rota: %(title)s") % {"title": series}},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        spaces = Space.objects.listed()
        return super().get_context_data(
            page=self.page,
            series=self.page.series,
            add_form=make_add_form(self.page),
            spaces=list(spaces),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            said = self.act(request)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            self.page = RotaPage(self.page.series, set(), True, self.now)
            return self.render_to_response(self.get_context_data(), status=409)
        messages.success(request, said)
        return redirect("events_series_rota", pk=self.page.series.pk)

    def act(self, request: HttpRequest) -> str:
        """Do what the button says and return the sentence that tells it.

        Raises:
            Refusal: the rota changed meanwhile.
        """
        by = cast("User", request.user)
        if request.POST.get("action") != "hand_over":
            return keep_rota(self.page, request.POST, by=by, now=self.now)
        slot = find_slot(self.page.series, request.POST.get("key", ""))
        if slot is None:
            raise Http404
        form = HandOverForm(request.POST, spaces=Space.objects.listed())
        if not form.is_valid():
            raise NotChosen
        space = form.cleaned_data["space"]
        seen = form.cleaned_data["seen_host"]
        hand_over(slot, to=space, seen_host=seen, by=by, now=self.now)
        return _("The date is given; both spaces are told by mail.")
