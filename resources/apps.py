"""The resources room: guides, sheets, charters, shared resources."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Resources")

    def ready(self) -> None:
        from cms.moderation import tell_moderation_by
        from resources import signal_handlers  # noqa: F401 (they register themselves)
        from resources.models import SharedResource
        from resources.services.resource_mail import resource_mail

        tell_moderation_by(resource_mail, SharedResource)
