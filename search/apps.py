"""The search room: the index, its engines, the results page."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import checks, signal_handlers

        checks.register_checks()
        signal_handlers.connect()
