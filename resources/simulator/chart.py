"""The cash at the end of each month as bars; the same numbers stand in the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resources.domain.first_year import FirstYear

WIDTH = 720
HEIGHT = 300
_TOP = 34
_BOTTOM = 250
_STEP = WIDTH // 12
_BAR = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: a rectangle as an outline, and where its number stands."""

    number: int
    middle: int
    path: str
    is_below_zero: bool


@dataclass(frozen=True, slots=True)
class CashChart:
    """``zero`` is the height of the line of no cash at all."""

    bars: Sequence[Bar]
    zero: int


def draw_cash(year: FirstYear) -> CashChart:
    """Draw twelve bars, up or down from the line of zero."""
    cash = [month.cash for month in year.months]
    top, bottom = max(0, *cash), min(0, *cash)
    # In whole numbers: amounts of any size fit.
    span = max(top - bottom, 1)

    def height_of(amount: int) -> int:
        return _TOP + (top - amount) * (_BOTTOM - _TOP) // span

    zero = height_of(0)
    return CashChart(
        [
            _draw_bar(n, amount, height_of(amount), zero)
            for n, amount in enumerate(cash)
        ],
        zero,
    )


def _draw_bar(place: int, amount: int, end: int, zero: int) -> Bar:
    left = place * _STEP + (_STEP - _BAR) // 2
    return Bar(
        number=place + 1,
        middle=left + _BAR // 2,
        path=f"M{left} {zero}V{end}h{_BAR}V{zero}z",
        is_below_zero=amount < 0,
    )
