"""What the tests of the rota share: a series with hosts, and its dates as stored."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.urls import reverse

from events.enums import Rhythm
from events.models import Event, RotaHost, Series, Turn
from events.services.rota import plan_rota, plan_turns
from network.models import Space
from tests import personas
from tests.factories.events import EventFactory, SeriesFactory
from tests.factories.network import SpaceFactory

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
THURSDAYS = [
    datetime.date(2026, 11, 12), datetime.date(2026, 12, 10),
    datetime.date(2027, 1, 14), datetime.date(2027, 2, 11),
    datetime.date(2027, 3, 11), datetime.date(2027, 4, 8),
]  # fmt: skip


def make_rota(letters: str = "ABC", *, dates: int = 6, **values: Any) -> Series:
    """Return a series kept by “Gardien”, hosts in order, its dates not yet planned."""
    keeper = SpaceFactory(name="Gardien")
    series = SeriesFactory(
        title="Drink & co", host=keeper, rhythm=Rhythm.MONTHLY, live=True, **values
    )
    for position, letter in enumerate(letters, start=1):
        RotaHost.objects.create(
            series=series,
            space=SpaceFactory(name=letter, is_trusted=True),
            position=position,
            joined_on=datetime.date(2026, 1, 1),
        )
    for day in THURSDAYS[:dates]:
        add_date(series, day)
    return series


def add_date(series: Series, day: datetime.date, **values: Any) -> Event:
    """Add a date as the series makes it: at the usual host's, nobody's turn yet."""
    return EventFactory(
        **{
            "series": series,
            "recurrence_key": f"{day:%Y%m%d}",
            "start_date": day,
            "title": series.title,
            "host": series.host,
            "venue": series.host,
            "venue_name": "",
            "venue_street": "",
            "venue_postcode": "",
            "venue_city": "",
        }
        | values
    )


def make_months(series: Series, *months: int) -> None:
    """Add open turns of 2027."""
    for month in months:
        Turn.objects.create(series=series, month=datetime.date(2027, month, 1))


def dates_of(series: Series) -> list[Event]:
    return list(series.events.order_by("recurrence_key").select_related("host"))


def hosts_of(series: Series) -> str:
    """Return the first letters of the hosts, in the order of the dates."""
    return "".join(event.host.name[:1] for event in dates_of(series))


def space(name: str) -> Space:
    return Space.objects.get(name=name)


def speaker(name: str) -> Any:
    """Return the one who speaks for the space of this name."""
    return personas.member(f"{name.lower()}@hub.test", spaces=[space(name)])


def fix_answers(**changes):
    return {
        "start_date": "2026-12-08",
        "start_time": "12:00",
        "end_time": "14:00",
        "place": "elsewhere",
        "venue_name": "Chez Paulette",
        "venue_city": "Carhaix",
    } | changes


def plan_three_dates() -> Series:
    """Return a series of three dates whose turns are planned."""
    series = make_rota(dates=3)
    plan_rota(series, now=NOW)
    return series


def plan_months_alone() -> Series:
    """Return a series whose turns are known by their month only."""
    series = make_rota(dates=0)
    series.rhythm = Rhythm.TURNS
    series.save()
    plan_turns(series, now=NOW)
    return series


def url(name: str, series: Series, key: str | None = None) -> str:
    return reverse(f"member_rota:{name}", args=[series.pk, *([key] if key else [])])


def links_of(html: str) -> list[tuple[str, str]]:
    """Return (slot, action) of each button of the page."""
    return re.findall(r'tour/(\d+)/(\w+)/"', html)


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def see(client: Any, person: Any, address: str) -> tuple[Any, str]:
    client.force_login(person)
    response = client.get(address)
    return response, response.content.decode()
