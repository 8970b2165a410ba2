"""A kind of date the network knows: Drink & co, pilots' meeting, lunch, workshop."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.record_text import RecordTextMixin
from events.enums import EventMark


class EventType(RecordTextMixin, models.Model):
    """A name, and the mark that stands for it in lists and on the month's grid."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    mark = models.CharField(
        _("mark"), max_length=10, choices=EventMark, default=EventMark.WORKSHOP
    )
    description = models.CharField(_("description"), max_length=250, blank=True)
    duration_minutes = models.PositiveIntegerField(
        _("usual duration in minutes"), default=120
    )

    translated_fields: ClassVar = ("name", "description")
    remembers_slugs = True

    class Meta:
        verbose_name = _("type of event")
        verbose_name_plural = _("types of event")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
