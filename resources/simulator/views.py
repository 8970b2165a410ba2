"""The simulator of a space's first year: everything is in the address, nothing is kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.querystrings import encode_parameters
from resources.domain.first_year import FirstYear, simulate_first_year
from resources.simulator.chart import draw_cash
from resources.simulator.csv_file import write_csv
from resources.simulator.defaults import ENOUGH_ANSWERS, find_defaults
from resources.simulator.forms import FirstYearForm, read_address


@require_safe
def simulate(request: HttpRequest) -> HttpResponse:
    """Show the year that follows from the hypotheses of the address.

    What the address leaves out starts from the defaults. A hypothesis that cannot be
    read is answered by 422 with its sentence, and everything typed is still there.
    """
    defaults = find_defaults()
    given = {name: request.GET[name] for name in request.GET}
    form = FirstYearForm(read_address(given, defaults))
    form.say_answers(defaults)
    context: dict[str, Any] = {
        "trail": [
            (_("Home"), reverse("wagtail_serve", args=[""])),
            (_("Resources"), reverse("resources:resource_list")),
            (_("Simulator"), ""),
        ],
        "form": form,
        "has_own_hypotheses": bool(given.keys() & form.fields.keys()),
        "starts": [(form.fields[name].label, one) for name, one in defaults.items()],
        "enough_answers": ENOUGH_ANSWERS,
        "simulator_url": reverse("simulator"),
    }
    if not form.is_valid() or form.hypotheses is None:
        return render(
            request, "resources/simulator/simulator.html", context, status=422
        )
    year = simulate_first_year(form.hypotheses)
    if given.get("format") == "csv":
        return _serve_csv(form, year)
    return render(
        request, "resources/simulator/simulator.html", context | _describe(form, year)
    )


def _describe(form: FirstYearForm, year: FirstYear) -> dict[str, Any]:
    parameters = form.list_parameters()
    labels = form.month_labels
    return {
        "year": year,
        "months": list(zip(labels, year.months, strict=True)),
        "lowest_label": labels[year.lowest.number - 1],
        "chart": draw_cash(year),
        "share_url": _find_address(form),
        "csv_query": encode_parameters({**parameters, "format": ["csv"]}),
        "hypotheses": _list_hypotheses(form),
    }


def _serve_csv(form: FirstYearForm, year: FirstYear) -> HttpResponse:
    content = write_csv(
        year,
        month_labels=form.month_labels,
        hypotheses=_list_hypotheses(form),
        url=_find_address(form),
    )
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": 'attachment; filename="premiere-annee.csv"'},
    )


def _find_address(form: FirstYearForm) -> str:
    """Return the whole address of these hypotheses, the same for the same ones."""
    query = encode_parameters(form.list_parameters())
    return f"{settings.SITE_URL}{reverse('simulator')}{query}"


def _list_hypotheses(form: FirstYearForm) -> list[tuple[str, str]]:
    """Return label and answer of each question that has one, as a person reads them."""
    answers = []
    for name, (text,) in form.list_parameters().items():
        # A subsidy that there is not says nothing, nor does its month.
        line = name.removesuffix("_mois")
        is_idle = line.startswith("aide_") and not form.cleaned_data[line]
        if text and not is_idle:
            choices = dict(getattr(form.fields[name], "choices", ()))
            answers.append((str(form.fields[name].label), str(choices.get(text, text))))
    return answers
