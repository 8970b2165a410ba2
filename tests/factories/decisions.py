"""Makes what meetings decide, under published minutes unless told otherwise."""

from __future__ import annotations

import datetime

import factory

from events.models import Decision, Task, Topic
from tests.factories.events import MinutesFactory
from tests.factories.network import SpaceFactory


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    name = "Outils"
    slug = "outils"


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    minutes = factory.SubFactory(MinutesFactory)
    number = factory.Sequence(lambda number: 500 + number)
    text = factory.Sequence(lambda number: f"Relancer le Drink & co, fois {number}")


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Task

    title = "Écrire aux lieux"
    space = factory.SubFactory(SpaceFactory)
    created_at = datetime.datetime(2026, 10, 25, 8, 0, tzinfo=datetime.UTC)
