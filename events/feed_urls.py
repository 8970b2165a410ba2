"""Calendar feeds, outside the language prefix."""

from __future__ import annotations

app_name = "event_feeds"
urlpatterns: list = []
