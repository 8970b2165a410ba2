"""Addresses of the agenda, under /agenda/.

A date's slug ends with a day, so that it is none of the words here.
"""

from __future__ import annotations

from django.urls import path

from events.views import (
    agenda,
    digests,
    event,
    posters,
    programme,
    registration,
    series,
    subscribe,
)

app_name = "events"
urlpatterns = [
    path("", agenda.show_agenda, name="agenda"),
    path("abonnement/", subscribe.show_subscribe, name="subscribe"),
    path("abonnement/adresse/", subscribe.ShortenView.as_view(), name="shorten"),
    path("abonnement/courriel/", digests.AskView.as_view(), name="digest"),
    path("abonnement/courriel/envoye/", digests.show_sent, name="digest_sent"),
    path(
        "abonnement/courriel/<str:token>/",
        digests.ManageView.as_view(),
        name="digest_subscription",
    ),
    path(
        "inscription/<str:token>/",
        registration.ManageView.as_view(),
        name="registration",
    ),
    path("serie/<slug:slug>/", series.show_series, name="series"),
    path("programme.pdf", posters.send_programme, name="quarter"),
    path("<slug:slug>/affiche.pdf", posters.send_poster, name="poster"),
    path("<slug:slug>/image.png", posters.send_share_image, name="share_image"),
    path("programme/<slug:slug>/", programme.show_programme, name="programme"),
    path(
        "<slug:slug>/inscription/", registration.RegisterView.as_view(), name="register"
    ),
    path(
        "<slug:slug>/inscription/envoyee/",
        registration.show_sent,
        name="registration_sent",
    ),
    path("<slug:slug>/", event.show_event, name="event"),
]
