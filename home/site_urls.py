"""Addresses of the site as a whole: robots, site map."""

from __future__ import annotations

urlpatterns: list = []
