"""Where anybody writes to whoever shares a resource."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from resources.models import SharedResource
from resources.services.enquiries import NobodyToAsk, find_addressee, send_enquiry
from resources.shared.enquiry_form import EnquiryForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from cms.models import User

TOO_MANY_SECONDS = 600


class EnquiryView(View):
    """The form of one resource; a draft is as unknown as none."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        resource = find_resource(slug)
        return self.show(resource, self.make_form(resource))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        resource = find_resource(slug)
        form = self.make_form(resource, request.POST)
        if form.is_trapped:
            # A program learns nothing: it sees what people see.
            return redirect("resources:enquiry_sent", slug=slug)
        if not form.is_valid():
            return self.show(resource, form, status=422)
        if not self.may_ask(resource, form):
            form.add_error(None, _("Too many tries: wait ten minutes, then try again."))
            response = self.show(resource, form, status=429)
            response.headers["Retry-After"] = str(TOO_MANY_SECONDS)
            return response
        try:
            send_enquiry(
                resource,
                form.enquiry,
                language=get_language() or settings.LANGUAGE_CODE,
                now=self.now,
            )
        except NobodyToAsk as refusal:
            form.add_error(None, refusal.sentence)
            return self.show(resource, form, status=409)
        return redirect("resources:enquiry_sent", slug=slug)

    def show(
        self, resource: SharedResource, form: EnquiryForm, *, status: int = 200
    ) -> HttpResponse:
        context = {
            "resource": resource,
            "form": form,
            "addressee": find_addressee(resource, now=self.now),
        }
        return render(
            self.request, "resources/enquiry_form.html", context, status=status
        )

    def make_form(
        self, resource: SharedResource, *args: Any, **kwargs: Any
    ) -> EnquiryForm:
        return EnquiryForm(*args, resource=resource, user=self.person, **kwargs)

    def may_ask(self, resource: SharedResource, form: EnquiryForm) -> bool:
        """Count this try against the limits of ``ACCOUNT_RATE_LIMITS``.

        By who asks, then by what is asked for: many addresses must not bury one space.
        """
        return ratelimit.consume(
            self.request, action="resource_enquiry", key=form.address.lower()
        ) and ratelimit.consume(
            self.request, action="resource_enquiries_of_one", key=resource.slug
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
    """Say that it was sent, and where the answer comes."""
    resource = find_resource(slug)
    return render(request, "resources/enquiry_sent.html", {"resource": resource})


def find_resource(slug: str) -> SharedResource:
    """Return the published resource with its space.

    Raises:
        Http404: there is none.
    """
    published = SharedResource.objects.published().select_related("space")
    return get_object_or_404(published, slug=slug)
