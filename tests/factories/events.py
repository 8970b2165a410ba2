"""Makes types, series and dates.

``EventFactory`` gives a public, live date as publication leaves it, calendar state
included; ``EventFactory(live=False)`` a draft that was never published.
"""

from __future__ import annotations

import datetime
from typing import Any

import factory
from django.utils import timezone

from events.enums import EventMark, Rhythm
from events.models import Event, EventType, Minutes, Programme, Series


class EventTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventType
        django_get_or_create = ("slug",)

    name = "Drink & co"
    slug = "drink-and-co"
    mark = EventMark.DRINK


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    title = factory.Sequence(lambda number: f"Programme {number}")
    slug = factory.Sequence(lambda number: f"programme-{number}")


class SeriesFactory(factory.django.DjangoModelFactory):
    """A live series whose dates are added one by one.

    ``recurring=True`` gives it a rule and hours: each Thursday from 3 December 2026,
    12:15 to 14:00, until somebody changes them. Its dates are made by publishing it, or
    by ``materialise_series``.
    """

    class Meta:
        model = Series

    class Params:
        recurring = factory.Trait(
            rhythm=Rhythm.WEEKLY,
            rhythm_note="",
            weekdays=[3],
            first_day=datetime.date(2026, 12, 3),
            start_time=datetime.time(12, 15),
            end_time=datetime.time(14, 0),
        )

    title = factory.Sequence(lambda number: f"Série {number}")
    slug = factory.Sequence(lambda number: f"serie-{number}")
    type = factory.SubFactory(EventTypeFactory)
    rhythm_note = "Le 4e jeudi du mois, 18 h 30"


class EventFactory(factory.django.DjangoModelFactory):
    """Thursday 26 November 2026, 18:30 to 21:30 in Paris, unless told otherwise."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Drink & co n° {number}")
    type = factory.SubFactory(EventTypeFactory)
    start_date = datetime.date(2026, 11, 26)
    start_time = datetime.time(18, 30)
    end_date = factory.SelfAttribute("start_date")
    end_time = datetime.time(21, 30)
    venue_name = "Halle au blé"
    venue_street = "1 place du Marché"
    venue_postcode = "22000"
    venue_city = "Saint-Brieuc"
    live = True
    first_published_at = factory.Maybe(
        "live", datetime.datetime(2026, 9, 1, 8, 0, tzinfo=datetime.UTC), None
    )

    @factory.post_generation
    def tags(self, create: bool, names: Any, **kwargs: Any) -> None:
        if create and names:
            self.tags.add(*names)
            self.save()

    @factory.post_generation
    def told(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Write the calendar state, as publication does."""
        from events.services.calendar import refresh_calendar_state

        if create and self.live:
            refresh_calendar_state(self, now=extracted or timezone.now())


class AllDayEventFactory(EventFactory):
    """Tuesday 19 and Wednesday 20 May 2027, all day."""

    start_date = datetime.date(2027, 5, 19)
    end_date = datetime.date(2027, 5, 20)
    start_time = None
    end_time = None
    all_day = True


class MinutesFactory(factory.django.DjangoModelFactory):
    """Published minutes of a past date."""

    class Meta:
        model = Minutes

    event = factory.SubFactory(EventFactory, start_date=datetime.date(2026, 10, 22))
    introduction = "Trente-sept personnes, quatorze lieux."
    live = True
    first_published_at = datetime.datetime(2026, 10, 25, 8, 0, tzinfo=datetime.UTC)
