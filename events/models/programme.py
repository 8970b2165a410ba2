"""A programme: the same evening in several places, one series for each of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.record_text import RecordTextMixin


class Programme(RecordTextMixin, models.Model):
    """What the agenda gathers on one line for each day (design decision D4)."""

    title = models.CharField(
        _("title"), max_length=120, help_text=_("Example: neighbourhood lunches")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=5000)

    translated_fields: ClassVar = ("title", "summary", "description")
    remembers_slugs = True

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:programme", kwargs={"slug": self.slug})
