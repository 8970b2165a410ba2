"""The list of shared resources and the page of each."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.querystrings import Parameters, encode_parameters, without_parameter
from resources.enums import ResourceKind
from resources.models import SharedResource, ToolUse
from resources.services.enquiries import find_addressee
from resources.shared.forms import ResourceFilterForm
from resources.shared.stages import list_stages, show_stages

PAGE_SIZE = 12


@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    """The published resources that match the filters of the address, by title."""
    resources = SharedResource.objects.published()
    form = ResourceFilterForm(request.GET, stages=list_stages())
    active = form.list_active()
    found = resources.none()
    if form.is_valid():
        found = form.filter(resources).with_card_relations()
        form.show_counts(resources)
    parameters = {name: [request.GET[name]] for name, _label in active}
    page = _find_page(Paginator(found, PAGE_SIZE), request.GET.get("page", "1"))
    show_stages(page.object_list)
    context = {
        "trail": [
            (_("Home"), reverse("wagtail_serve", args=[""])),
            (_("Resources"), ""),
        ],
        "form": form,
        "page_of_resources": page,
        "active_labels": [label for _name, label in active],
        "chips": [
            (label, _address(request, parameters, name)) for name, label in active
        ],
        "page_query": encode_parameters(parameters).removeprefix("?"),
        "ways_out": _list_ways_out(request, parameters, active),
    }
    return render(request, "resources/resource_list.html", context)


@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """One published resource; a draft is as unknown as none."""
    published = SharedResource.objects.published().with_card_relations()
    found = get_object_or_404(published.select_related("editable_document"), slug=slug)
    show_stages([found])
    context = {
        "resource": found,
        "addressee": find_addressee(found, now=timezone.now()),
        "tool_uses": _list_tool_uses(found),
    }
    return render(request, "resources/shared_resource.html", context)


def _list_tool_uses(found: SharedResource) -> list[ToolUse]:
    if found.kind != ResourceKind.TOOL:
        return []
    return list(ToolUse.objects.filter(resource=found).of_public_spaces())


def _find_page(paginator: Paginator[Any], number: str) -> Any:
    try:
        return paginator.page(number)
    except (EmptyPage, PageNotAnInteger):
        raise Http404 from None


def _address(request: HttpRequest, parameters: Parameters, name: str) -> str:
    return request.path + without_parameter(parameters, name)


def _list_ways_out(
    request: HttpRequest, parameters: Parameters, active: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the doors of an empty list: without one filter, then without any."""
    one_less = [
        (_("Remove “%(filter)s”") % {"filter": label}, _address(request, parameters, n))
        for n, label in active
    ]
    return [*one_less[:3], (_("See all resources"), request.path)]
