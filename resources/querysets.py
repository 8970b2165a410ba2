"""How shared resources are read."""

from __future__ import annotations

from typing import Any

from django.db import models


class SharedResourceQuerySet(models.QuerySet[Any]):
    """Resources as the public lists them."""

    def published(self) -> SharedResourceQuerySet:
        return self.filter(live=True)

    def with_card_relations(self) -> SharedResourceQuerySet:
        """Fetch, in the same query, what a card shows."""
        return self.select_related("space", "document")
