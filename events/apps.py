"""The events room: what happens, when, and the calendars that tell it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from cms.moderation import tell_moderation_by
        from events import series_handlers, signal_handlers  # noqa: F401 (they register themselves)
        from events.models import Event, Series
        from events.services.moderation_mail import moderation_mail

        tell_moderation_by(moderation_mail, Event, Series)
