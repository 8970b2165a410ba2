"""Why a criterion was changed, removed or added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.charter import CharterVersion, FrozenTextMixin
from resources.querysets import ChangeReasonQuerySet


class ChangeReason(FrozenTextMixin):
    """The reason, given with ``version``, for what became of one criterion.

    ``criterion_key`` names the criterion on both sides of the change, so that one that
    is gone has its reason too. It freezes with the version.
    """

    version = models.ForeignKey(
        CharterVersion, on_delete=models.CASCADE, related_name="change_reasons"
    )
    criterion_key = models.UUIDField()
    reason = models.CharField(_("reason"), max_length=500)

    objects = ChangeReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason for a change")
        verbose_name_plural = _("reasons for changes")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "criterion_key"], name="change_reason_once"
            )
        ]

    def __str__(self) -> str:
        return self.reason

    def find_versions(self) -> models.QuerySet[CharterVersion]:
        stands_in = models.Q(pk=self.version_id)
        if self.pk:
            stands_in |= models.Q(change_reasons=self.pk)
        return CharterVersion.objects.filter(stands_in)
