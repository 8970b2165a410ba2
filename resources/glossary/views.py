"""The glossary, from A to Z."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resources.models import GlossaryTerm


@require_safe
def show_glossary(request: HttpRequest) -> HttpResponse:
    """Every word under its letter; one query besides the frame's."""
    terms = GlossaryTerm.objects.all()
    by_letter = groupby(terms, key=lambda term: term.initial)
    context = {
        "trail": [
            (_("Home"), reverse("wagtail_serve", args=[""])),
            (_("Resources"), reverse("resources:resource_list")),
            (_("Glossary"), ""),
        ],
        "letters": [(letter, list(words)) for letter, words in by_letter],
    }
    return render(request, "resources/glossary/glossary.html", context)
