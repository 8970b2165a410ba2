"""The directory as open data, outside the language prefix."""

from __future__ import annotations

urlpatterns: list = []
