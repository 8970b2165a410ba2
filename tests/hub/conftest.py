"""A small network with one record of each kind, for tests of the site as a whole."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest

from events.models import Event
from network.models import Space
from tests.factories.events import (
    EventFactory,
    EventTypeFactory,
    ProgrammeFactory,
    SeriesFactory,
)
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    CharterPageFactory,
    CharterVersionFactory,
    SharedResourceFactory,
    SheetPageFactory,
)

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Network:
    """What the tests point at."""

    event: Event
    space: Space
    page_path: str


@pytest.fixture
def network(db, time_machine) -> Network:
    time_machine.move_to(NOW, tick=False)
    space = SpaceFactory(name="Ti Numerik", slug="ti-numerik")
    kind = EventTypeFactory(slug="ti-numerik", name="Repas de quartier")
    programme = ProgrammeFactory(slug="ti-numerik")
    series = SeriesFactory(
        slug="ti-numerik", type=kind, host=space, programme=programme
    )
    event = EventFactory(
        slug="ti-numerik",
        type=kind,
        series=series,
        recurrence_key="1",
        host=space,
        tags=["ti-numerik"],
    )
    SharedResourceFactory(slug="ti-numerik", tags=["modèle"])
    sheet = SheetPageFactory()
    version = CharterVersionFactory(published=datetime.date(2026, 9, 1))
    CharterPageFactory(charter=version.charter)
    return Network(event, space, sheet.url)
