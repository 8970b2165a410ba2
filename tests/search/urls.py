"""Addresses of the rooms below, for as long as they have none of their own."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path

from hub.urls import urlpatterns as site_urls


def answer(request, slug=""):
    return HttpResponse(slug)


def make_room(app_name, prefix, list_name, record_name):
    addresses = [
        path("", answer, name=list_name),
        path("<slug:slug>/", answer, name=record_name),
    ]
    return path(prefix, include((addresses, app_name)))


urlpatterns = [
    *i18n_patterns(
        make_room("events", "agenda/", "agenda", "event"),
        make_room("network", "lieux/", "space_list", "space"),
        make_room("resources", "ressources/", "resource_list", "resource"),
        prefix_default_language=False,
    ),
    *site_urls,
]
