"""The resources room: guides, sheets, charters, shared resources."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Resources")

    def ready(self) -> None:
        from resources import signal_handlers  # noqa: F401 (they register themselves)
