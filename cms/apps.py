"""The cms room: what a page is."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site")

    def ready(self) -> None:
        # They register themselves.
        from cms import checks, renamed, signal_handlers  # noqa: F401
