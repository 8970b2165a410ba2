"""Addresses where members keep their dates, under /espace/."""

from __future__ import annotations

app_name = "member_events"
urlpatterns: list = []
