"""The figures of a sheet, and what they were."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from resources.models.sheet import SheetPage


class SheetFigure(TranslatableMixin, Orderable):
    """A number, a delay, a form: what a reader notes down."""

    sheet = ParentalKey(SheetPage, on_delete=models.CASCADE, related_name="figures")
    label = models.CharField(
        _("what it is"),
        max_length=80,
        help_text=_(
            "Keep these words when the figure changes: the page then says what it was."
        ),
    )
    value = models.CharField(
        _("figure"), max_length=80, help_text=_("With its unit. Example: 4 months")
    )

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("value")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


class FigureReading(models.Model):
    """A value that a figure was published with; written at publication, never edited.

    It is no part of the page's revisions: an older draft cannot undo what was public.
    """

    sheet = models.ForeignKey(
        SheetPage, on_delete=models.CASCADE, related_name="figure_readings"
    )
    label = models.CharField(max_length=80)
    value = models.CharField(max_length=80)
    published_on = models.DateField()

    class Meta:
        verbose_name = _("reading of a figure")
        verbose_name_plural = _("readings of figures")
        ordering = ["published_on", "pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.value} ({self.published_on.isoformat()})"


class SheetReminder(models.Model):
    """Somebody was told that a sheet is due since a day; once for each such day."""

    sheet = models.ForeignKey(
        SheetPage, on_delete=models.CASCADE, related_name="reminders"
    )
    due_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder of a sheet")
        verbose_name_plural = _("reminders of sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "due_on"], name="sheet_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.due_on.isoformat()}"
