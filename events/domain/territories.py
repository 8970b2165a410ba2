"""Which French territory keeps a clock: for what has a zone and no post code."""

from __future__ import annotations

from typing import Final

from .holidays import Territory

_BY_ZONE: Final = {
    "America/Cayenne": Territory.GUYANE,
    "America/Guadeloupe": Territory.GUADELOUPE,
    "America/Marigot": Territory.SAINT_MARTIN,
    "America/Martinique": Territory.MARTINIQUE,
    "America/Miquelon": Territory.SAINT_PIERRE_ET_MIQUELON,
    "America/St_Barthelemy": Territory.SAINT_BARTHELEMY,
    "Indian/Mayotte": Territory.MAYOTTE,
    "Indian/Reunion": Territory.REUNION,
    "Pacific/Gambier": Territory.POLYNESIE_FRANCAISE,
    "Pacific/Marquesas": Territory.POLYNESIE_FRANCAISE,
    "Pacific/Noumea": Territory.NOUVELLE_CALEDONIE,
    "Pacific/Tahiti": Territory.POLYNESIE_FRANCAISE,
    "Pacific/Wallis": Territory.WALLIS_ET_FUTUNA,
}


def find_territory(zone: str) -> Territory:
    """Return the territory of an IANA zone; metropolitan France for any other."""
    return _BY_ZONE.get(zone, Territory.METROPOLITAN)
