"""Where a date or a series stands between its draft and the agenda, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

from cms.publication import Publication as RecordPublication, Stage as Stage
from events.models import Event

if TYPE_CHECKING:
    from events.models import Series

# The stage of a date that was cancelled or postponed, whatever became of its text.
CALLED_OFF: Final = "called_off"


@dataclass(frozen=True, slots=True)
class Publication(RecordPublication):
    """The stage of one date or series.

    Attributes:
        status_label: how the date was called off, when it was.
        is_mirrored: it follows a calendar of the space, and is written there.
    """

    status_label: str = ""
    is_mirrored: bool = False

    @classmethod
    def of(cls, record: Event | Series) -> Self:
        """Read the stage; no query after ``with_publication`` of its queryset."""
        # Without arguments, ``super`` would name the class as it was before slots.
        found = super(Publication, cls).of(record)
        if not isinstance(record, Event):
            return found
        found = replace(found, is_mirrored=record.is_mirrored)
        if record.is_called_off:
            label = str(record.get_status_display())
            found = replace(found, stage=CALLED_OFF, status_label=label)
        return found

    @property
    def label(self) -> str:
        """The stage in one sentence."""
        if self.stage == CALLED_OFF:
            return self.status_label[:1].upper() + self.status_label[1:]
        # A property of the base, read as above.
        return super(Publication, self).label

    @property
    def is_editable(self) -> bool:
        is_open = super(Publication, self).is_editable
        return is_open and self.stage != CALLED_OFF and not self.is_mirrored
