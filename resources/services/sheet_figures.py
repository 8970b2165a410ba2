"""Keeps what the figures of a sheet were published as."""

from __future__ import annotations

import datetime

from django.db import transaction

from resources.domain.figures import find_key
from resources.models import FigureReading, SheetPage


@transaction.atomic
def note_figures(sheet: SheetPage, *, today: datetime.date) -> None:
    """Keep the figures that are new or differ from what was published last.

    Several publications on one day count as one: a slip that is mended at once was
    never the figure. Two queries, and one for each figure that changed.
    """
    past: dict[str, list[FigureReading]] = {}
    for reading in sheet.figure_readings.order_by("published_on", "pk"):
        past.setdefault(find_key(reading.label), []).append(reading)
    for figure in sheet.figures.all():
        readings = past.get(find_key(figure.label), [])
        if readings and readings[-1].published_on == today:
            readings.pop().delete()
        if not readings or readings[-1].value != figure.value:
            FigureReading.objects.create(
                sheet=sheet,
                label=figure.label,
                value=figure.value,
                published_on=today,
            )
