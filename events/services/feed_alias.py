"""Short addresses for sets of filters."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.models import FeedAlias
from events.services.refusals import Refusal

if TYPE_CHECKING:
    import datetime

    from events.selection import Selection

CODE_LENGTH: Final = 8
"""Letters of base 32: 40 bits, more when two sets of filters ever met."""
LONGEST_QUERY: Final = 1000


class NothingToShorten(Refusal):
    """No filter is set, one of them is unknown, or they are too long to be kept."""

    sentence = _("Choose what you follow first: the whole agenda has a short address.")


def find_alias(selection: Selection) -> FeedAlias | None:
    """Return the short address of ``selection`` if somebody asked for it before."""
    query = selection.query_string.removeprefix("?")
    return FeedAlias.objects.filter(query=query).first() if query else None


@transaction.atomic
def shorten_address(selection: Selection, *, now: datetime.datetime) -> FeedAlias:
    """Return the short address of ``selection``, the same for ever, made if need be.

    The code follows from the filters: two people who ask at once get the same one.

    Raises:
        NothingToShorten: there is no filter, or one of them is unknown.
    """
    query = selection.query_string.removeprefix("?")
    if not query or selection.unknown or len(query) > LONGEST_QUERY:
        raise NothingToShorten
    digest = base64.b32encode(hashlib.sha256(query.encode()).digest()).decode().lower()
    for length in range(CODE_LENGTH, len(digest)):
        alias, _created = FeedAlias.objects.get_or_create(
            code=digest[:length], defaults={"query": query, "created_at": now}
        )
        if alias.query == query:
            return alias
    raise NothingToShorten
