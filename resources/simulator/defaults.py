"""What the simulator starts from: the network's own figures, else stated constants.

A figure of the network is the median over its open spaces. It is used, and shown, only
where at least ``ENOUGH_ANSWERS`` of them answered: below, it would say too little of the
network and too much of one space.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from network.enums import PriceUnit, SpaceStatus
from network.models import Space
from network.models.space_parts import SpacePrice

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ENOUGH_ANSWERS: Final = 5
# Code du travail, article L3133-1.
_PUBLIC_HOLIDAYS: Final = (
    "https://www.legifrance.gouv.fr/codes/id/LEGISCTA000033008129/"
)
# Council of ministers of 17 December 2025: +1.18 % on 1 January 2026, 12.02 € an hour.
_MINIMUM_WAGE: Final = (
    "https://www.vie-publique.fr/discours/"
    "301401-conseil-171220025-relevement-du-salaire-minimum-de-croissance"
)
_GUESS: Final = _("a round figure to begin with, no survey stands behind it")


@dataclass(frozen=True, slots=True)
class Default:
    """Where one hypothesis starts from.

    ``value`` counts desks, days or euros; ``answers`` is how many spaces stand behind
    it, 0 for a constant; ``source`` says where a constant comes from.
    """

    value: int
    answers: int = 0
    source: StrOrPromise = _GUESS
    url: str = ""


CONSTANTS: Final[Mapping[str, Default]] = {
    "postes_fixes": Default(10),
    "prix_mois": Default(150),
    "postes_jour": Default(6),
    "prix_jour": Default(12),
    "salles": Default(1),
    "prix_demi_journee": Default(40),
    "jours_ouverts": Default(
        21,
        source=_(
            "252 working days a year: 365, less 104 Saturdays and Sundays and 9 public "
            "holidays that fall on a working day in most years"
        ),
        url=_PUBLIC_HOLIDAYS,
    ),
    "loyer": Default(700),
    "charges": Default(450),
    "salaires": Default(
        950,
        source=_(
            "half of a full-time job at the minimum wage, 1,823.03 € gross a month on "
            "1 January 2026, rounded up for the employer’s contributions"
        ),
        url=_MINIMUM_WAGE,
    ),
    "equipement": Default(6000),
    "tresorerie": Default(9000),
}
# The sheet on budgets: most first years stay below one half for long.
OCCUPANCY: Final = (15, 20, 25, 30, 35, 40, 40, 45, 45, 50, 50, 50)
# The column of a space that answers for a hypothesis.
_COUNTED: Final = {
    "postes_fixes": "permanent_desks",
    "postes_jour": "day_desks",
    "salles": "meeting_rooms",
}


def find_defaults() -> dict[str, Default]:
    """Return the start of each hypothesis by its name in the address; two queries."""
    spaces = Space.objects.listed().filter(status=SpaceStatus.OPEN)
    answers = _count_desks(spaces.values(*_COUNTED.values())) | _find_prices(
        SpacePrice.objects.filter(
            space__in=spaces,
            unit__in=(PriceUnit.DAY, PriceUnit.MONTH),
            amount_euros__gt=0,
        ).values_list("space_id", "unit", "amount_euros")
    )
    return {
        name: _take_median(answers.get(name, [])) or constant
        for name, constant in CONSTANTS.items()
    }


def _count_desks(
    rows: Iterable[Mapping[str, int | None]],
) -> dict[str, list[Decimal]]:
    found: defaultdict[str, list[Decimal]] = defaultdict(list)
    for row in rows:
        for name, column in _COUNTED.items():
            if (count := row[column]) is not None:
                found[name].append(Decimal(count))
    return found


def _find_prices(rows: Iterable[tuple[int, str, Decimal]]) -> dict[str, list[Decimal]]:
    """Return one price a space: its cheapest day, its fullest month."""
    days: dict[int, Decimal] = {}
    months: dict[int, Decimal] = {}
    for space, unit, amount in rows:
        if unit == PriceUnit.DAY:
            days[space] = min(amount, days.get(space, amount))
        else:
            months[space] = max(amount, months.get(space, amount))
    return {"prix_jour": list(days.values()), "prix_mois": list(months.values())}


def _take_median(answers: list[Decimal]) -> Default | None:
    if len(answers) < ENOUGH_ANSWERS:
        return None
    # A whole number, one half up.
    return Default(
        int(median(answers) + Decimal("0.5")), answers=len(answers), source=""
    )
