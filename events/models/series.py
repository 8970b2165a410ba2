"""A series: dates that come back, such as the monthly Drink & co."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.record_text import RecordTextMixin
from cms.reserved_slugs import refuse_slug
from events.enums import Visibility
from events.models.event_type import EventType
from events.models.slugs import AGENDA_WORDS
from network.models import Space


def make_uid(key: uuid.UUID | None = None) -> str:
    """Return a globally unique calendar identifier (RFC 5545 §3.8.4.7).

    The same ``key`` gives the same one.
    """
    return f"{key or uuid.uuid4()}@{settings.ICAL_UID_DOMAIN}".upper()


class Series(RecordTextMixin, models.Model):
    """What its dates have in common; each date is a row of its own."""

    uid = models.CharField(
        max_length=255, unique=True, editable=False, default=make_uid
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    type = models.ForeignKey(
        EventType,
        on_delete=models.PROTECT,
        related_name="series",
        verbose_name=_("type"),
    )
    rhythm = models.CharField(
        _("rhythm"),
        max_length=120,
        blank=True,
        help_text=_("In words. Example: every fourth Thursday, 18:30"),
    )
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=5000)
    host = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_series",
        verbose_name=_("usual host"),
    )
    visibility = models.CharField(
        _("who sees it"), max_length=8, choices=Visibility, default=Visibility.PUBLIC
    )

    translated_fields: ClassVar = ("title", "rhythm", "summary", "description")

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:series", kwargs={"slug": self.slug})

    def clean(self) -> None:
        super().clean()
        refuse_slug(self.slug, AGENDA_WORDS)
