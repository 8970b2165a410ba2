"""Makes spaces, series, dates and resources in bulk, the same for the same seed.

Every record has a name made from the seed and its number: what exists is left alone,
so that an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils.text import slugify

from events.enums import EventMark, EventStatus, Rhythm
from events.models import CalendarState, Event, EventType, Series
from events.models.series import make_uid
from events.services.calendar import make_calendar_state
from home.demo.content_files import make_stable_uuid
from home.synthetic.vocabulary import (
    ADJECTIVES,
    OCCASIONS,
    SENTENCES,
    SPACE_NAMES,
    SUBJECTS,
    TOWNS,
    Town,
)
from network.models import Space
from resources.enums import ResourceKind, ResourceLicence, ResourceTheme
from resources.models import SharedResource

BATCH: Final = 500
DAYS_BEFORE: Final = 180
DAYS_AFTER: Final = 400
SPAN: Final = DAYS_BEFORE + DAYS_AFTER
NOON: Final = datetime.time(12, 30)
SHARE_IN_SERIES: Final = 10
"""One date in so many belongs to a series."""
SHARE_CANCELLED: Final = 25

Report = Callable[[str, int, int], None]


class _Slot(NamedTuple):
    """When a date is held, by whom, and what it is."""

    day: datetime.date
    start: datetime.time
    host: Space
    title: str
    type: EventType
    series: Series | None = None


@dataclass
class SyntheticNetwork:
    """What one seed makes around ``today``.

    ``report`` is told a kind of record, how many of it are there, and how many will be.
    """

    seed: int
    today: datetime.date
    now: datetime.datetime
    report: Report = field(default=lambda kind, done, total: None)

    def load_spaces(self, total: int) -> None:
        """Make ``total`` spaces with an address and a position."""
        self._load("spaces", Space, self._slug("lieu"), total, self._make_space)

    def load_series(self, total: int) -> None:
        """Make ``total`` weekly series; their dates come with ``load_events``."""
        self._load("series", Series, self._slug("serie"), total, self._make_series)

    def load_resources(self, total: int) -> None:
        """Make ``total`` shared resources, each a link."""
        self._load(
            "resources",
            SharedResource,
            self._slug("ressource"),
            total,
            self._make_resource,
        )

    def load_events(self, total: int) -> None:
        """Make ``total`` published dates, one in ten of a series when there are some."""
        self._load("dates", Event, self._slug("date"), total, self._make_event)

    @cached_property
    def spaces(self) -> list[Space]:
        """Those of this seed; all others when it made none."""
        own = Space.objects.filter(slug__startswith=self._slug("lieu"))
        return list((own if own.exists() else Space.objects.all()).order_by("pk"))

    @cached_property
    def series(self) -> list[Series]:
        own = Series.objects.filter(slug__startswith=self._slug("serie"))
        return list(own.select_related("host").order_by("pk"))

    @cached_property
    def types(self) -> list[EventType]:
        if not EventType.objects.exists():
            EventType.objects.create(
                name="Atelier", slug="atelier", mark=EventMark.WORKSHOP
            )
        return list(EventType.objects.order_by("pk"))

    def _load(
        self,
        kind: str,
        model: type[Any],
        prefix: str,
        total: int,
        make: Callable[[int, random.Random], Any],
    ) -> None:
        known = set(
            model.objects.filter(slug__startswith=prefix).values_list("slug", flat=True)
        )
        done = 0
        missing = (n for n in range(total) if f"{prefix}{n}" not in known)
        while numbers := list(islice(missing, BATCH)):
            rows = [make(n, self._random(kind, n)) for n in numbers]
            with transaction.atomic():
                model.objects.bulk_create(rows)
                if model is Event:
                    self._tell_calendars(rows)
            done += len(rows)
            self.report(kind, done, total - len(known))

    def _make_space(self, number: int, chance: random.Random) -> Space:
        town = self._town(number)
        name = f"{chance.choice(SPACE_NAMES)} {chance.choice(ADJECTIVES)} {number}"
        space = Space(
            name=name,
            slug=f"{self._slug('lieu')}{number}",
            summary=chance.choice(SENTENCES),
            street=f"{chance.randint(1, 90)} rue du Bourg",
            postcode=town.postcode,
            city=town.name,
            latitude=town.latitude + chance.uniform(-0.15, 0.15),
            longitude=town.longitude + chance.uniform(-0.15, 0.15),
            zone=town.zone,
            permanent_desks=chance.randint(2, 40),
            first_published_at=self.now,
        )
        space.derive_texts()
        return space

    def _make_series(self, number: int, chance: random.Random) -> Series:
        host = self.spaces[number % len(self.spaces)]
        weekday = chance.randrange(5)
        return Series(
            uid=make_uid(self._key("serie", number)),
            slug=f"{self._slug('serie')}{number}",
            title=f"{chance.choice(OCCASIONS)} de {host.city}, chaque semaine",
            type=self.types[number % len(self.types)],
            summary=chance.choice(SENTENCES),
            rhythm=Rhythm.WEEKLY,
            weekdays=[weekday],
            first_day=self._find_weekday(weekday),
            until=self._last_day,
            start_time=NOON,
            end_time=_two_hours_after(NOON),
            zone=host.zone,
            host=host,
            first_published_at=self.now,
            # The daily task makes no date here: this seed says how many there are.
            materialised_until=datetime.date.max,
        )

    def _make_event(self, number: int, chance: random.Random) -> Event:
        slot = self._choose_slot(number, chance)
        host, day = slot.host, slot.day
        is_cancelled = chance.randrange(SHARE_CANCELLED) == 0
        event = Event(
            uid=make_uid(self._key("date", number)),
            slug=f"{self._slug('date')}{number}",
            series=slot.series,
            recurrence_key=f"{day:%Y%m%d}" if slot.series else "",
            title=slot.title,
            type=slot.type,
            summary=chance.choice(SENTENCES),
            description=" ".join(chance.sample(SENTENCES, 3)),
            start_date=day,
            end_date=day,
            start_time=slot.start,
            end_time=_two_hours_after(slot.start),
            zone=host.zone,
            host=host,
            venue=host,
            price=chance.choice(("Gratuit", "5 €", "Prix libre")),
            status=EventStatus.CANCELLED if is_cancelled else EventStatus.CONFIRMED,
            live=True,
            first_published_at=self.now,
            last_published_at=self.now,
        )
        event.derive_instants()
        event.derive_texts()
        return event

    def _choose_slot(self, number: int, chance: random.Random) -> _Slot:
        """Return the next free day of a series for one date in ten, else any day."""
        if self.series and number % SHARE_IN_SERIES == 0:
            turn = number // SHARE_IN_SERIES
            week, place = divmod(turn, len(self.series))
            series = self.series[place]
            day = self._find_weekday(series.weekdays[0])
            day += datetime.timedelta(weeks=week)
            if day <= self._last_day and series.host is not None:
                return _Slot(day, NOON, series.host, series.title, series.type, series)
        hour = datetime.time(chance.randrange(8, 20), chance.choice((0, 30)))
        return _Slot(
            self._first_day + datetime.timedelta(days=chance.randrange(SPAN)),
            hour,
            chance.choice(self.spaces),
            f"{chance.choice(OCCASIONS)} : {chance.choice(SUBJECTS)}",
            chance.choice(self.types),
        )

    def _make_resource(self, number: int, chance: random.Random) -> SharedResource:
        subject = chance.choice(SUBJECTS)
        resource = SharedResource(
            title=f"{subject[0].upper()}{subject[1:]} : modèle {number}",
            slug=f"{self._slug('ressource')}{number}",
            kind=chance.choice(ResourceKind.values),
            theme=chance.choice(ResourceTheme.values),
            summary=chance.choice(SENTENCES),
            description=" ".join(chance.sample(SENTENCES, 3)),
            url=f"https://exemple.invalid/{slugify(subject)}/{number}",
            licence=chance.choice(ResourceLicence.values),
            space=chance.choice(self.spaces) if self.spaces else None,
            published_on=self.today,
            first_published_at=self.now,
        )
        resource.derive_texts()
        return resource

    def _tell_calendars(self, events: list[Event]) -> None:
        rows = Event.objects.with_place().select_related("type", "series")
        rows = rows.filter(pk__in=[event.pk for event in events])
        CalendarState.objects.bulk_create(
            make_calendar_state(event, now=self.now)
            for event in rows.prefetch_related("tagged_items__tag")
        )

    def _town(self, number: int) -> Town:
        return TOWNS[number % len(TOWNS)]

    def _find_weekday(self, weekday: int) -> datetime.date:
        """Return the first day of that weekday; Monday is 0."""
        missing = (weekday - self._first_day.weekday()) % 7
        return self._first_day + datetime.timedelta(days=missing)

    @property
    def _last_day(self) -> datetime.date:
        return self._first_day + datetime.timedelta(days=SPAN)

    @property
    def _first_day(self) -> datetime.date:
        return self.today - datetime.timedelta(days=DAYS_BEFORE)

    def _slug(self, kind: str) -> str:
        return f"synthetique-{self.seed}-{kind}-"

    def _key(self, kind: str, number: int) -> Any:
        return make_stable_uuid("synthetic", str(self.seed), kind, str(number))

    def _random(self, kind: str, number: int) -> random.Random:
        """The chances of one record, whatever was made before it."""
        return random.Random(f"{self.seed}/{kind}/{number}")  # noqa: S311 (no secret)


def _two_hours_after(clock: datetime.time) -> datetime.time:
    return clock.replace(hour=clock.hour + 2)
