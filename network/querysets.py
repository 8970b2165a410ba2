"""How the network is read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

from cms.folding import fold_words
from network.enums import SpaceStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.models import User


class SpaceQuerySet(models.QuerySet[Any]):
    """Spaces, by what the public sees and by who speaks for them."""

    def listed(self) -> SpaceQuerySet:
        """Published spaces that are not closed: what directory and map show."""
        return self.filter(live=True).exclude(status=SpaceStatus.CLOSED)

    def of_kinds(self, kinds: Iterable[str]) -> SpaceQuerySet:
        """Spaces that are at least one of ``kinds``; no row comes twice."""
        chosen = self.model.objects.filter(kinds__kind__in=list(kinds))
        return self.filter(pk__in=chosen.values("pk"))

    def containing(self, text: str) -> SpaceQuerySet:
        """Spaces whose name, town, summary or services hold every word of ``text``.

        A text without any word, such as “%”, is in none.
        """
        words = fold_words(text)
        found = self if words else self.none()
        for word in words:
            found = found.filter(folded_text__contains=word)
        return found

    def with_parts(self) -> SpaceQuerySet:
        """Read kinds, services and prices along: three queries for the whole list."""
        return self.prefetch_related("kinds", "services", "prices")

    def count_by_department_and_status(self) -> list[tuple[str, str, int]]:
        """Return (department, status, number of spaces), in one query."""
        rows = self.order_by().values_list("department", "status")
        return list(rows.annotate(total=Count("pk")))

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
