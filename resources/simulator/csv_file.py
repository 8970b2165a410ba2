"""The first year as a file that a French spreadsheet opens with a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from network.domain.csv_cells import write_cell
from resources.domain.first_year import FirstYear

Row = Sequence[str]


def write_csv(
    year: FirstYear, *, month_labels: Sequence[str], hypotheses: Sequence[Row], url: str
) -> bytes:
    """Return UTF-8 with its mark, semicolons between cells, a comma before the cents.

    The months come first, then ``hypotheses`` as pairs of label and typed text, then
    the address they stand in. No text is read as a formula; amounts keep their sign.
    """
    output = io.StringIO()
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(write_cell, _list_heads()))
    for label, month in zip(month_labels, year.months, strict=True):
        cells = [*month.sales, month.subsidies, month.rent, month.charges, month.staff]
        amounts = [*cells, month.equipment, month.balance, month.cash]
        first = [str(month.number), write_cell(label), str(month.occupancy)]
        writer.writerow([*first, *map(write_amount, amounts)])
    writer.writerow([])
    writer.writerows(_list_answers(year, month_labels))
    writer.writerow([])
    writer.writerows([write_cell(cell) for cell in row] for row in hypotheses)
    writer.writerow([gettext("Address"), write_cell(url)])
    return output.getvalue().encode("utf-8-sig")


def write_amount(cents: int) -> str:
    """“-1600,05”: always two decimals, no thousands, so that it can be added up."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros},{rest:02}"


def _list_heads() -> list[str]:
    return [
        gettext("Month"),
        gettext("Name of the month"),
        gettext("Occupancy in %"),
        gettext("Permanent desks"),
        gettext("Desks for a day"),
        gettext("Meeting rooms"),
        gettext("Subsidies"),
        gettext("Rent"),
        gettext("Other running costs"),
        gettext("Staff"),
        gettext("Works and furniture"),
        gettext("Balance of the month"),
        gettext("Cash at the end of the month"),
    ]


def _list_answers(year: FirstYear, month_labels: Sequence[str]) -> Iterator[Row]:
    rate = year.break_even
    written = "" if rate is None else f"{rate // 10},{rate % 10}"
    yield [gettext("Break-even occupancy in %"), written]
    yield [gettext("Least cash"), write_amount(year.lowest.cash)]
    yield [
        gettext("Month of the least cash"),
        write_cell(month_labels[year.lowest.number - 1]),
    ]
    yield [gettext("Balance of the year"), write_amount(year.balance)]
