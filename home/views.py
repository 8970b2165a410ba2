"""The member area's first page, and the admin's door for who may not enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.panels import render_panels
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@cache_control(private=True, no_cache=True)
@login_required
def show_dashboard(request: HttpRequest) -> HttpResponse:
    """Show what each room has for this member, or how to be linked to a space."""
    spaces = Space.objects.managed_by(request.user, timezone.localdate())
    context = {
        "spaces": list(spaces),
        "panels": list(render_panels("register_member_panel", request)),
        "may_enter_admin": request.user.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "home/dashboard.html", context)


@require_safe
def enter_admin(request: HttpRequest) -> HttpResponse:
    """Stand where Wagtail's own login would: there is one door, the member area's.

    A visitor logs in there and comes back; who may not enter the admin is told so
    there. Sending such a person to a login page, which sends who is logged in to
    ``next``, would turn in circles.
    """
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        wanted = resolve_url("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted, str(settings.LOGIN_URL))
    if request.user.has_perm("wagtailadmin.access_admin"):
        return HttpResponseRedirect(wanted)
    # Wagtail has left its own refusal there, in fewer words.
    list(messages.get_messages(request))
    messages.info(
        request,
        _("The administration is for the network’s editors. Your pages are all here."),
    )
    return redirect("member_dashboard")
