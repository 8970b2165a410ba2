"""The public register of what meetings decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_safe

from events.decision_rows import is_network_member, make_decision_rows, read_stories
from events.decision_selection import DecisionSelection
from events.models import Decision

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE: Final = 20


@require_safe
def show_register(request: HttpRequest) -> HttpResponse:
    """Show the decisions that this reader may have and that the filters keep."""
    today = timezone.localdate()
    readable = Decision.objects.readable_by(request.user, today)
    selection = DecisionSelection.read(request.GET, readable)
    stories = read_stories(selection.found, request.user, today)
    paginator = Paginator(stories, PAGE_SIZE)
    asked_page = request.GET.get("page", "")
    page = paginator.get_page(asked_page)
    if asked_page and asked_page != str(page.number):
        selection.notices.append(
            _("This page does not exist: here is page %(number)d.")
            % {"number": page.number}
        )
    is_member = is_network_member(request.user, today)
    total = paginator.count
    context = {
        "selection": selection,
        "rows": make_decision_rows(page, today=today, for_member=is_member),
        "page": page,
        "count_label": ngettext("%(n)d decision", "%(n)d decisions", total)
        % {"n": total},
        "clear_url": reverse("decisions:register"),
        "trail": [
            (_("Home"), reverse("wagtail_serve", args=[""])),
            (_("Decisions"), ""),
        ],
    }
    response = render(request, "events/decisions/register.html", context)
    if is_member:
        patch_cache_control(response, private=True)
    return response


@require_safe
def show_decision(request: HttpRequest, number: int) -> HttpResponse:
    """Show one decision for ever; to who may not read it, it does not exist."""
    today = timezone.localdate()
    readable = Decision.objects.readable_by(request.user, today)
    decision = get_object_or_404(
        read_stories(readable, request.user, today), number=number
    )
    is_member = is_network_member(request.user, today)
    (row,) = make_decision_rows([decision], today=today, for_member=is_member)
    context = {
        "row": row,
        "is_public": decision.minutes.is_public,
        "trail": [
            (_("Home"), reverse("wagtail_serve", args=[""])),
            (_("Decisions"), reverse("decisions:register")),
            (str(decision), ""),
        ],
    }
    response = render(request, "events/decisions/decision.html", context)
    if is_member or not decision.minutes.is_public:
        patch_cache_control(response, private=True)
    return response
