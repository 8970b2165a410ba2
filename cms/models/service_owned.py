"""Records whose drafts cannot undo what services wrote (design decision D6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction

if TYPE_CHECKING:
    from wagtail.models import Revision


class ServiceOwnedMixin(models.Model):
    """A draftable record, some columns of which no revision ever brings back.

    Stands before Wagtail's ``DraftStateMixin`` among the bases. A test of each record
    says that every column is drafted, kept by Wagtail, or in one of the lists here.
    """

    # Columns that services write: a revision's copy of them is never published.
    SERVICE_OWNED: ClassVar[Sequence[str]] = ()
    # Columns that ``save`` computes from the others.
    DERIVED: ClassVar[Sequence[str]] = ()

    class Meta:
        abstract = True

    def list_service_owned(self) -> Sequence[str]:
        """Return the columns that services own in the state this row is in."""
        return self.SERVICE_OWNED

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Read a revision, its service-owned columns replaced by the database's."""
        draft: Self = super().with_content_json(content)  # type: ignore[misc]
        self._give_stored_columns(draft)
        return draft

    @transaction.atomic
    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish under a lock: what a service writes meanwhile is not undone."""
        self._lock()
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Unpublish under a lock, with the service-owned columns as they are now."""
        self._lock()
        self._give_stored_columns(self)
        return super().unpublish(*args, **kwargs)  # type: ignore[misc]

    def _lock(self) -> None:
        type(self)._default_manager.select_for_update().filter(pk=self.pk).first()

    def _give_stored_columns(self, target: Self) -> None:
        """Write on ``target`` what the database holds; one query."""
        stored = type(self)._default_manager.filter(pk=self.pk).first() or self
        owned = set(stored.list_service_owned())
        for column in self._meta.concrete_fields:
            if column.name in owned:
                setattr(target, column.attname, getattr(stored, column.attname))
