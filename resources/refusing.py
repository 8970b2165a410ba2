"""A member's page that refuses in a sentence what is not theirs to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, gettext_lazy as _

from events.views.speaker import SpeakerView
from network.speaking import NotSpeaker

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from cms.refusals import Refusal
    from network.models import Space


class RefusingView(SpeakerView):
    """A page for who speaks for a space; another's is refused in a sentence."""

    # The heading of the page that refuses.
    refused_title: ClassVar[StrOrPromise] = _("This cannot be done")
    # Where one goes on from it: what the link says, and the name of its address.
    way_out: ClassVar[tuple[StrOrPromise, str]]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotSpeaker as refusal:
            response = self.refuse(refusal, status=403)
            patch_cache_control(response, private=True, no_cache=True)
            return response

    def refuse(
        self,
        refusal: Refusal,
        *,
        status: int,
        way_out: tuple[StrOrPromise, str] | None = None,
    ) -> HttpResponse:
        """Say why nothing was done; ``way_out`` is what a link says, and its address."""
        label, url_name = self.way_out
        home = (label, reverse(url_name))
        context = {
            "title": self.refused_title,
            "sentence": refusal.sentence,
            "way_out": way_out or home,
            "trail": [
                (gettext("Member area"), reverse("member_dashboard")),
                home,
                (gettext("Refused"), ""),
            ],
        }
        return render(
            self.request, "resources/member/refused.html", context, status=status
        )

    def get_space(self, slug: str) -> Space:
        """Return the space of the address.

        Raises:
            NotSpeaker: it is not one of mine; whether it exists is not said.
        """
        space: Space | None = self.spaces.filter(slug=slug).first()
        if space is None:
            raise NotSpeaker
        return space
