"""Which space uses which tool, and for what."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Space
from resources.enums import ToolPurpose
from resources.models.shared_resource import SharedResource
from resources.querysets import ToolUseQuerySet

# Before it nobody kept a space by computer; it catches “23” and “203”.
FIRST_YEAR = 1980


class ToolUse(models.Model):
    """A space uses a tool, since a year that it may leave out."""

    resource = models.ForeignKey(
        SharedResource,
        on_delete=models.CASCADE,
        related_name="tool_uses",
        verbose_name=_("tool"),
    )
    space = models.ForeignKey(
        Space,
        on_delete=models.CASCADE,
        related_name="tool_uses",
        verbose_name=_("space"),
    )
    # A sorted list of `ToolPurpose` values, which the service checks: it is read with
    # its row only, never searched in.
    purposes = models.JSONField(_("what for"), default=list)
    since = models.PositiveSmallIntegerField(
        _("since the year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR)],
    )

    objects = ToolUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a tool")
        verbose_name_plural = _("uses of tools")
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "space"], name="tool_use_once_for_each_space"
            )
        ]

    def __str__(self) -> str:
        return f"{self.space} – {self.resource}"

    @property
    def purpose_labels(self) -> list[Any]:
        """What for, in words, in the order of the list; a word of the past is left out."""
        return [purpose.label for purpose in ToolPurpose if purpose in self.purposes]
