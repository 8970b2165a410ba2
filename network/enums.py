"""The closed lists of the network."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpaceStatus(models.TextChoices):
    """Where a space stands between the idea and its end."""

    PROJECT = "project", _("planned")
    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class SpaceKind(models.TextChoices):
    """What a space is besides desks; the census of France Tiers-Lieux's words."""

    COWORKING = "coworking", _("shared offices")
    FABLAB = "fablab", _("fablab, workshop")
    CRAFTS = "crafts", _("craft workshops")
    CULTURE = "culture", _("culture")
    KITCHEN = "kitchen", _("shared kitchen")
    FOOD = "food", _("food growing")
    LIVING_LAB = "living-lab", _("living lab")
    MEDIA = "media", _("media")


# The French words of addresses and open data, for good: people keep these links.
STATUS_WORDS: dict[str, str] = {
    SpaceStatus.PROJECT: "projet",
    SpaceStatus.OPEN: "ouvert",
    SpaceStatus.PAUSED: "pause",
    SpaceStatus.CLOSED: "ferme",
}
KIND_WORDS: dict[str, str] = {
    SpaceKind.COWORKING: "coworking",
    SpaceKind.FABLAB: "fablab",
    SpaceKind.CRAFTS: "artisanat",
    SpaceKind.CULTURE: "culture",
    SpaceKind.KITCHEN: "cuisine",
    SpaceKind.FOOD: "nourricier",
    SpaceKind.LIVING_LAB: "living-lab",
    SpaceKind.MEDIA: "media",
}


class LegalForm(models.TextChoices):
    """The legal structure that runs a space."""

    ASSOCIATION = "association", _("association")
    COOPERATIVE = "cooperative", _("cooperative")
    COMPANY = "company", _("company")
    PUBLIC = "public", _("public body")


class PriceUnit(models.TextChoices):
    """What one price pays for."""

    HOUR = "hour", _("an hour")
    HALF_DAY = "half_day", _("half a day")
    DAY = "day", _("a day")
    TEN_DAYS = "ten_days", _("ten days")
    MONTH = "month", _("a month")


class MemberRole(models.TextChoices):
    """What a member may do for a space."""

    MANAGER = "manager", _("manager")
    CONTRIBUTOR = "contributor", _("contributor")
