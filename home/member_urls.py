"""The member area's first page, under /espace/."""

from __future__ import annotations

urlpatterns: list = []
