"""The directory: the list of spaces first, its map beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_safe

from network.census import Census, take_census
from network.models import Space
from network.region_map import draw_region
from network.views.directory_facets import count_facets
from network.views.directory_filter import DirectoryFilter

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.http import HttpRequest, HttpResponse

SPACES_PER_PAGE = 24


@require_safe
def list_spaces(request: HttpRequest) -> HttpResponse:
    """Show the directory, filtered by the address.

    Whatever the address holds, the page answers: what it cannot follow, it says.
    """
    chosen = DirectoryFilter.from_parameters(request.GET)
    listed = Space.objects.listed()
    census = take_census()
    found = chosen.narrow(listed).with_parts()
    paginator = Paginator(found, SPACES_PER_PAGE)
    asked_page = request.GET.get("page", "1")
    page = paginator.get_page(asked_page)
    numbered = list(enumerate(page.object_list, start=page.start_index()))
    context = {
        "title": _write_title(census),
        "lead": _write_lead(census),
        "trail": [(_("Home"), reverse("wagtail_serve", args=[""])), (_("Spaces"), "")],
        "census": census,
        "page": page,
        "numbered_spaces": numbered,
        "facets": count_facets(listed, chosen),
        "filter": chosen,
        "chips": chosen.list_chips(),
        "notes": [*chosen.list_notes(), *_explain_page(asked_page, page)],
        "page_query": chosen.query.removeprefix("?"),
        "map": draw_region(census.by_department, numbered),
    }
    return render(request, "network/directory.html", context)


def _write_title(census: Census) -> str:
    if not census.total:
        return _("The spaces of the network")
    return ngettext(
        "%(total)d space whose door you can push",
        "%(total)d spaces whose door you can push",
        census.total,
    ) % {"total": census.total}


def _write_lead(census: Census) -> str:
    sentence = _(
        "A desk for the day, a booth for a call, a workbench, a meal on Thursday."
    )
    numbers = []
    if census.open:
        text = ngettext("%(count)d is open", "%(count)d are open", census.open)
        numbers.append(text % {"count": census.open})
    if census.planned:
        text = ngettext("%(count)d is planned", "%(count)d are planned", census.planned)
        numbers.append(text % {"count": census.planned})
    return f"{sentence} {', '.join(numbers)}." if numbers else sentence


def _explain_page(asked: str, page: Page[Space]) -> list[str]:
    if asked == str(page.number):
        return []
    return [
        _("This page of the directory does not exist: here is page %(number)d.")
        % {"number": page.number}
    ]
