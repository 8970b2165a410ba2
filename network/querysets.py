"""How the network is read."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from network.enums import SpaceStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.models import User


class SpaceQuerySet(models.QuerySet[Any]):
    """Spaces, by what the public sees and by who speaks for them."""

    def listed(self) -> SpaceQuerySet:
        """Published spaces that are not closed: what directory and map show."""
        return self.filter(live=True).exclude(status=SpaceStatus.CLOSED)

    def in_department(self, code: str) -> SpaceQuerySet:
        return self.filter(department=code)

    def managed_by(
        self, user: User | AnonymousUser, today: datetime.date
    ) -> SpaceQuerySet:
        """Spaces that ``user`` speaks for on ``today``."""
        if not user.is_authenticated:
            return self.none()
        current = Q(space_members__until__isnull=True) | Q(
            space_members__until__gte=today
        )
        return self.filter(
            current,
            space_members__user=user,
            space_members__since__lte=today,
        ).distinct()


class SpaceMemberQuerySet(models.QuerySet[Any]):
    """Links of people to spaces."""

    def current(self, today: datetime.date) -> SpaceMemberQuerySet:
        """Links that hold on ``today``, both ends included."""
        return self.filter(since__lte=today).filter(
            Q(until__isnull=True) | Q(until__gte=today)
        )
