"""Addresses of the public search, under /recherche/."""

from __future__ import annotations

app_name = "search"
urlpatterns: list = []
