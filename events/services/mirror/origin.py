"""What a repeating event of a stranger's calendar is called here."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from events.models.series import make_uid

if TYPE_CHECKING:
    from network.models import Space

_SEEDS: Final = uuid.UUID("5d0f4c55-8f0b-4d53-8d0e-5ad2ed8b6d2b")


def make_series_uid(space: Space, external_uid: str) -> str:
    """Return the UID of the series that an event of a file becomes, at each run."""
    return make_uid(uuid.uuid5(_SEEDS, f"{space.pk} {external_uid}"))
