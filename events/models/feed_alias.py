"""A short address for a set of the agenda's filters, kept for ever."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedAlias(models.Model):
    """``/agenda/flux/<code>.ics``: some programs refuse the long address.

    ``query`` is the canonical form of the filters, without its question mark; one set
    of filters has one code.
    """

    code = models.SlugField(max_length=16, unique=True)
    query = models.CharField(max_length=1000, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("short address of a calendar")
        verbose_name_plural = _("short addresses of calendars")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
