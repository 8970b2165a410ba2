"""A selection made long ago, read again: its records may have another name by now."""

from __future__ import annotations

from typing import Final

from django.db.models import Model

from cms.renamed import find_present_slug
from events.models import EventType, Series
from events.models.event import EventTag
from events.selection import Selection, select
from network.models import Space

# The records behind the values of a filter: a renamed one is found by its old slug.
_RENAMABLE: Final[dict[str, type[Model]]] = {
    "type": EventType,
    "lieu": Space,
    "serie": Series,
    "tag": EventTag,
}


def follow_renames(selection: Selection) -> Selection | None:
    """Return ``selection`` with present names; None when one value was never known.

    Costs nothing when every value is known.
    """
    if not selection.unknown:
        return selection
    asked = selection.parameters
    words = "".join(asked.pop("q", []))
    for name, value in selection.unknown:
        model = _RENAMABLE.get(name)
        present = find_present_slug(model, value) if model else None
        if present is None:
            return None
        asked[name] = [*asked.get(name, []), present]
    found = select(asked, words)
    return None if found.unknown else found
