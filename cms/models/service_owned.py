"""Records whose drafts cannot undo what services wrote (design decision D6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction
from django.dispatch import Signal

if TYPE_CHECKING:
    from wagtail.models import Revision

# Sent once a revision is published, inside its transaction, with ``before`` (the row
# as the database held it) and ``instance`` (the row that stands now).
record_replaced = Signal()


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

    def list_edited_since(self, content: dict[str, Any]) -> Sequence[str]:
        """Return the drafted columns that services wrote after ``content`` was made."""
        return ()

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Read a revision; what services wrote comes from the database."""
        draft: Self = super().with_content_json(content)  # type: ignore[misc]
        stored = self._fetch_stored()
        draft._take_columns(
            stored, {*stored.list_service_owned(), *stored.list_edited_since(content)}
        )
        return draft

    @transaction.atomic
    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish under a lock: what a service writes meanwhile is not undone."""
        before = self._lock()
        result = super().publish(revision, *args, **kwargs)  # type: ignore[misc]
        record_replaced.send(type(self), before=before, instance=self._fetch_stored())
        return result

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Unpublish under a lock, with what services wrote as it is now."""
        self._lock()
        stored = self._fetch_stored()
        since = stored.list_edited_since(self.serializable_data())  # type: ignore[attr-defined]
        self._take_columns(stored, {*stored.list_service_owned(), *since})
        return super().unpublish(*args, **kwargs)  # type: ignore[misc]

    def _lock(self) -> Self | None:
        rows = type(self)._default_manager.select_for_update()
        return rows.filter(pk=self.pk).first()

    def _fetch_stored(self) -> Self:
        return type(self)._default_manager.filter(pk=self.pk).first() or self

    def _take_columns(self, stored: Self, names: Iterable[str]) -> None:
        taken = set(names)
        for column in self._meta.concrete_fields:
            if column.name in taken:
                setattr(self, column.attname, getattr(stored, column.attname))


class ServiceEditsMixin(ServiceOwnedMixin):
    """A record whose drafted columns services write too: whoever wrote last is right.

    ``service_edits`` counts, column by column, the writes of services. A revision
    holds the counts of when it was made: a column whose count grew since is read from
    the database. A service that writes one column of a group that only makes sense
    together (a day and its hours) notes the whole group.
    """

    service_edits = models.JSONField(default=dict, editable=False)

    SERVICE_OWNED: ClassVar[Sequence[str]] = ("service_edits",)

    class Meta:
        abstract = True

    def note_service_edits(self, columns: Iterable[str]) -> None:
        """Count a write of ``columns`` in memory; save ``service_edits`` with them."""
        turn = self.last_service_edit + 1
        self.service_edits = {**self.service_edits, **dict.fromkeys(columns, turn)}

    @property
    def last_service_edit(self) -> int:
        """The number of the last write of a service; 0 when there was none."""
        return max(self.service_edits.values(), default=0)

    def list_edited_since(self, content: dict[str, Any]) -> Sequence[str]:
        seen = content.get("service_edits") or {}
        return [
            name
            for name, turn in self.service_edits.items()
            if turn > seen.get(name, 0)
        ]
