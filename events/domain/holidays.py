"""French public holidays, by territory.

The days come from the `holidays` library: those of the Code du travail (L3133-1 for
the whole country, L3134-13 for Alsace-Moselle, L3422-2 for the abolition of slavery
overseas) and days off by local statute or custom, such as Mi-Carême in Guadeloupe.
Two are more generous than the letter of the law: Good Friday is a holiday of Alsace
and Moselle only where there is a Protestant church, and Saint-Martin keeps 28 May
where L3422-2 still says the 27th.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final


class Territory(StrEnum):
    """Where the public holidays are the same."""

    METROPOLITAN = "metropolitan"
    ALSACE_MOSELLE = "alsace-moselle"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    GUYANE = "guyane"
    REUNION = "reunion"
    MAYOTTE = "mayotte"
    SAINT_PIERRE_ET_MIQUELON = "saint-pierre-et-miquelon"
    SAINT_BARTHELEMY = "saint-barthelemy"
    SAINT_MARTIN = "saint-martin"
    NOUVELLE_CALEDONIE = "nouvelle-caledonie"
    POLYNESIE_FRANCAISE = "polynesie-francaise"
    WALLIS_ET_FUTUNA = "wallis-et-futuna"


_SUBDIVISIONS: Final = {
    Territory.METROPOLITAN: None,
    # Moselle (57) has the same days.
    Territory.ALSACE_MOSELLE: "6AE",
    Territory.GUADELOUPE: "971",
    Territory.MARTINIQUE: "972",
    Territory.GUYANE: "973",
    Territory.REUNION: "974",
    Territory.MAYOTTE: "976",
    Territory.SAINT_PIERRE_ET_MIQUELON: "PM",
    Territory.SAINT_BARTHELEMY: "BL",
    Territory.SAINT_MARTIN: "MF",
    Territory.NOUVELLE_CALEDONIE: "NC",
    Territory.POLYNESIE_FRANCAISE: "PF",
    Territory.WALLIS_ET_FUTUNA: "WF",
}

_TERRITORIES_BY_POSTCODE: Final = {
    "97133": Territory.SAINT_BARTHELEMY,
    "97150": Territory.SAINT_MARTIN,
    "57": Territory.ALSACE_MOSELLE,
    "67": Territory.ALSACE_MOSELLE,
    "68": Territory.ALSACE_MOSELLE,
    "971": Territory.GUADELOUPE,
    "972": Territory.MARTINIQUE,
    "973": Territory.GUYANE,
    "974": Territory.REUNION,
    "975": Territory.SAINT_PIERRE_ET_MIQUELON,
    "976": Territory.MAYOTTE,
    "986": Territory.WALLIS_ET_FUTUNA,
    "987": Territory.POLYNESIE_FRANCAISE,
    "988": Territory.NOUVELLE_CALEDONIE,
}
"""The longest start of a postcode wins."""


def find_holiday(day: date, territory: Territory) -> str | None:
    """Return the French name of the public holiday on `day`; None on another day."""
    return _list_holidays(day.year, territory).get(day)


def territory_of(postcode: str) -> Territory:
    """Return the territory of a French postcode; metropolitan France by default.

    Spaces count for nothing. What is no postcode of a territory with holidays of its
    own, an empty text included, is metropolitan.
    """
    digits = "".join(postcode.split())
    for length in (5, 3, 2):
        territory = _TERRITORIES_BY_POSTCODE.get(digits[:length])
        if territory is not None and len(digits) == 5:
            return territory
    return Territory.METROPOLITAN


@lru_cache(maxsize=256)
def _list_holidays(year: int, territory: Territory) -> MappingProxyType[date, str]:
    """Return the names by day, with the typographic apostrophe."""
    # Loads every country of the world, in half a second: not for each process.
    from holidays import country_holidays

    days = country_holidays(
        "FR", subdiv=_SUBDIVISIONS[territory], years=year, language="fr"
    )
    return MappingProxyType(
        {day: name.replace("'", "’") for day, name in sorted(days.items())}
    )
