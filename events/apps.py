"""The events room: what happens, when, and the calendars that tell it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from events import series_handlers, signal_handlers  # noqa: F401 (they register themselves)
        from events.moderation_handlers import connect_receivers

        connect_receivers()
