"""Addresses of shared resources, under /ressources/."""

from __future__ import annotations

app_name = "resources"
urlpatterns: list = []
