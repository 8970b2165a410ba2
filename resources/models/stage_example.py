"""What real spaces did at a stage of a guide."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from network.models import Space


class StageExample(TranslatableMixin, Orderable):
    """A space that went through a stage, in one sentence."""

    stage = ParentalKey(
        "resources.StagePage", on_delete=models.CASCADE, related_name="examples"
    )
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="+", verbose_name=_("space")
    )
    text = models.CharField(
        _("what they did"),
        max_length=250,
        help_text=_(
            "One sentence. Example: began with a borrowed table, "
            "every other Thursday for six months."
        ),
    )

    override_translatable_fields = [SynchronizedField("space", overridable=False)]
    panels = [FieldPanel("space"), FieldPanel("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("example")
        verbose_name_plural = _("examples")

    def __str__(self) -> str:
        return self.text
