"""What a page is here: accounts, media, page mixins, settings, navigation."""

from __future__ import annotations

from cms.models.job_run import JobRun
from cms.models.media import SiteDocument, SiteImage, SiteRendition
from cms.models.moved_slug import MovedSlug
from cms.models.network_settings import MenuLink, NetworkSettings
from cms.models.page_mixins import BodyMixin, HubPageMixin
from cms.models.service_owned import ServiceEditsMixin, ServiceOwnedMixin
from cms.models.user import User

__all__ = [
    "BodyMixin",
    "HubPageMixin",
    "JobRun",
    "MenuLink",
    "MovedSlug",
    "NetworkSettings",
    "ServiceEditsMixin",
    "ServiceOwnedMixin",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "User",
]
