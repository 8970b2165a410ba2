"""How often the files of a resource were taken away, without a word on by whom."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.shared_resource import SharedResource


class DownloadCount(models.Model):
    """The downloads of one resource in one month: a number, and nothing on people."""

    resource = models.ForeignKey(
        SharedResource,
        on_delete=models.CASCADE,
        related_name="download_counts",
        verbose_name=_("resource"),
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    number = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("downloads of a month")
        verbose_name_plural = _("downloads by month")
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "month"], name="download_count_once_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} – {self.month:%Y-%m}: {self.number}"
