"""Addresses of the agenda, under /agenda/."""

from __future__ import annotations

from django.urls import path

from events.views import event

app_name = "events"
urlpatterns = [
    path("<slug:slug>/", event.show_event, name="event"),
]
