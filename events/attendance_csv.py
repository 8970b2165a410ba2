"""Who is registered, as a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from network.domain.csv_cells import Cell, write_cell

if TYPE_CHECKING:
    from events.models import Event, Registration


def write_attendance(event: Event, registrations: Iterable[Registration]) -> bytes:
    """Return a CSV in UTF-8 with its mark, semicolons between the cells.

    That is what a French spreadsheet opens with a double click. No cell is read as a
    formula.
    """
    output = io.StringIO()
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    heads = [
        gettext("Name"),
        gettext("E-mail"),
        gettext("Status"),
        gettext("Places"),
        event.question or gettext("Answer"),
        event.second_question or gettext("Second answer"),
        gettext("Asked on"),
        gettext("Came"),
    ]
    writer.writerow(write_cell(head) for head in heads)
    for one in registrations:
        writer.writerow(write_cell(cell) for cell in _list_cells(event, one))
    return output.getvalue().encode("utf-8-sig")


def _list_cells(event: Event, one: Registration) -> list[Cell]:
    came = {None: "", True: gettext("yes"), False: gettext("no")}[one.attended]
    return [
        one.name,
        one.email,
        str(one.get_status_display()),
        one.places,
        one.answer,
        one.second_answer,
        one.created_at.astimezone(event.tzinfo).date(),
        came,
    ]
