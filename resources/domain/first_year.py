"""The first year of a space, month by month: what comes in, what goes out, what is left.

Amounts are whole cents. A month's sales of one offer are rounded to the nearest cent,
half a cent up; nothing else is rounded. The break-even occupancy is rounded up to the
next thousandth, so that a year at that rate never falls short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MONTHS: Final = 12


class OfferKind(StrEnum):
    """What a space sells, by what one price pays for."""

    PERMANENT = "permanent"
    DAY = "day"
    ROOM = "room"


# How often one desk or room can be sold in a month of so many open days.
_TIMES_A_DAY: Final = {OfferKind.DAY: 1, OfferKind.ROOM: 2}


class NothingToSell(ValueError):
    """No desk and no room, or none that costs anything: no occupancy makes sense."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Desks or rooms of one kind and the price of one: a month, a day, half a day."""

    kind: OfferKind
    units: int
    price: int

    def __post_init__(self) -> None:
        _refuse_negative(self.units, self.price)

    def full_month(self, open_days: int) -> int:
        """Return the sales of a month in which every unit is taken all the time."""
        times = _TIMES_A_DAY[self.kind] * open_days if self.kind in _TIMES_A_DAY else 1
        return self.units * self.price * times


@dataclass(frozen=True, slots=True)
class Subsidy:
    """Money that is not earned, and the month it arrives: 1 to 12, None for later."""

    amount: int
    month: int | None

    def __post_init__(self) -> None:
        _refuse_negative(self.amount)
        if self.month is not None and not 1 <= self.month <= MONTHS:
            raise ValueError(f"no month {self.month} in a year")


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """What a project holder supposes of the first year.

    ``occupancy`` holds twelve whole percentages. ``rent``, ``charges`` and ``staff`` are
    paid each month, ``equipment`` in the first; ``opening_cash`` is there before it.

    Raises:
        NothingToSell: a full space would sell nothing.
        ValueError: a negative amount, or an occupancy out of 0 to 100.
    """

    offers: Sequence[Offer]
    occupancy: Sequence[int]
    open_days: int
    rent: int
    charges: int
    staff: int
    equipment: int = 0
    opening_cash: int = 0
    subsidies: Sequence[Subsidy] = field(default=())

    def __post_init__(self) -> None:
        _refuse_negative(
            self.rent, self.charges, self.staff, self.equipment, self.opening_cash
        )
        if len(self.occupancy) != MONTHS:
            raise ValueError("a year has twelve months")
        if not all(0 <= rate <= 100 for rate in self.occupancy):
            raise ValueError("occupancy goes from 0 to 100")
        if not 1 <= self.open_days <= 31:
            raise ValueError("a month has 1 to 31 open days")
        if not self.full_month:
            raise NothingToSell

    @property
    def full_month(self) -> int:
        """The sales of a month in which everything is taken."""
        return sum(offer.full_month(self.open_days) for offer in self.offers)

    @property
    def running_costs(self) -> int:
        """What a month costs whoever comes, equipment left out."""
        return self.rent + self.charges + self.staff


@dataclass(frozen=True, slots=True)
class Month:
    """One month: ``sales`` stand in the order of the offers, ``cash`` is at its end."""

    number: int
    occupancy: int
    sales: tuple[int, ...]
    subsidies: int
    rent: int
    charges: int
    staff: int
    equipment: int
    cash: int

    @property
    def income(self) -> int:
        return sum(self.sales) + self.subsidies

    @property
    def costs(self) -> int:
        return self.rent + self.charges + self.staff + self.equipment

    @property
    def balance(self) -> int:
        """What the month adds to the cash, or takes from it."""
        return self.income - self.costs


@dataclass(frozen=True, slots=True)
class FirstYear:
    """The answer: a table, and the three numbers that people come for.

    ``break_even`` is the steady occupancy, in thousandths, at which a year's sales pay a
    year's running costs without any subsidy; None where even a full space does not.
    ``full_shortfall`` is what a full month then still lacks, else 0.
    """

    months: tuple[Month, ...]
    break_even: int | None
    full_shortfall: int
    late_subsidies: int

    @property
    def lowest(self) -> Month:
        """The first month that ends with the least cash of the year."""
        return min(self.months, key=lambda month: month.cash)

    @property
    def sales(self) -> int:
        return sum(sum(month.sales) for month in self.months)

    @property
    def sales_by_offer(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(one.sales for one in self.months), strict=True)))

    @property
    def subsidies(self) -> int:
        """Those that arrive within the year."""
        return sum(month.subsidies for month in self.months)

    @property
    def income(self) -> int:
        return self.sales + self.subsidies

    @property
    def costs(self) -> int:
        return sum(month.costs for month in self.months)

    @property
    def balance(self) -> int:
        return self.income - self.costs


def simulate_first_year(hypotheses: Hypotheses) -> FirstYear:
    """Lay out the twelve months."""
    cash = hypotheses.opening_cash
    months = []
    for number, occupancy in enumerate(hypotheses.occupancy, start=1):
        month = _lay_out_month(hypotheses, number, occupancy, cash)
        cash = month.cash
        months.append(month)
    return FirstYear(
        months=tuple(months),
        break_even=find_break_even(hypotheses.full_month, hypotheses.running_costs),
        full_shortfall=max(0, hypotheses.running_costs - hypotheses.full_month),
        late_subsidies=sum(
            subsidy.amount for subsidy in hypotheses.subsidies if subsidy.month is None
        ),
    )


def find_break_even(full_month: int, running_costs: int) -> int | None:
    """Return the occupancy in thousandths, rounded up, or None above one thousand."""
    rate = -(-running_costs * 1000 // full_month)
    return rate if rate <= 1000 else None


def _lay_out_month(
    hypotheses: Hypotheses, number: int, occupancy: int, cash_before: int
) -> Month:
    sales = tuple(
        take_percentage(offer.full_month(hypotheses.open_days), occupancy)
        for offer in hypotheses.offers
    )
    subsidies = sum(one.amount for one in hypotheses.subsidies if one.month == number)
    equipment = hypotheses.equipment if number == 1 else 0
    income = sum(sales) + subsidies
    return Month(
        number=number,
        occupancy=occupancy,
        sales=sales,
        subsidies=subsidies,
        rent=hypotheses.rent,
        charges=hypotheses.charges,
        staff=hypotheses.staff,
        equipment=equipment,
        cash=cash_before + income - hypotheses.running_costs - equipment,
    )


def take_percentage(amount: int, percentage: int) -> int:
    """Return a whole percentage of an amount that is not negative, half a cent up."""
    return (amount * percentage + 50) // 100


def _refuse_negative(*numbers: int) -> None:
    if any(number < 0 for number in numbers):
        raise ValueError("negative numbers make no sense here")
