"""The link of a person to a space they speak for."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.enums import MemberRole
from network.models.space import Space
from network.querysets import SpaceMemberQuerySet


class SpaceMember(models.Model):
    """A member speaks for a space from ``since`` to ``until``, both days included."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="space_members",
        verbose_name=_("account"),
    )
    space = models.ForeignKey(
        Space,
        on_delete=models.CASCADE,
        related_name="space_members",
        verbose_name=_("space"),
    )
    role = models.CharField(
        _("role"), max_length=12, choices=MemberRole, default=MemberRole.MANAGER
    )
    since = models.DateField(_("since"), default=datetime.date.today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = SpaceMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "space"],
                condition=models.Q(until__isnull=True),
                name="space_member_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.space}"

    def clean(self) -> None:
        super().clean()
        if self.until and self.until < self.since:
            raise ValidationError({"until": _("The end comes before the beginning.")})
        if self.until is None and self._find_same_link().exists():
            raise ValidationError(
                {"user": _("This person already speaks for this space.")}
            )

    def _find_same_link(self) -> models.QuerySet[SpaceMember]:
        same = SpaceMember.objects.filter(
            user_id=self.user_id, space_id=self.space_id, until=None
        )
        return same.exclude(pk=self.pk)
