"""Addresses of the register of decisions, under /decisions/."""

from __future__ import annotations

from django.urls import path

from events.views import decisions

app_name = "decisions"
urlpatterns = [
    path("", decisions.show_register, name="register"),
    path("<int:number>/", decisions.show_decision, name="decision"),
]
