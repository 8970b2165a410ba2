"""Makes spaces and the people who speak for them."""

from __future__ import annotations

import datetime
from typing import Any

import factory

from cms.models import User
from network.models import Space, SpaceMember, SpacePrice


class UserFactory(factory.django.DjangoModelFactory):
    """An account without a password; ``force_login`` opens it."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person-{number}@hub.test")


class SpaceFactory(factory.django.DjangoModelFactory):
    """An open space in Rostrenen; ``kinds`` and ``services`` are lists of words."""

    class Meta:
        model = Space

    name = factory.Sequence(lambda number: f"Ti Numerik {number}")
    slug = factory.Sequence(lambda number: f"ti-numerik-{number}")
    street = "2 rue de l’Étang"
    postcode = "22110"
    city = "Rostrenen"

    @classmethod
    def _create(cls, model_class: type[Space], *args: Any, **values: Any) -> Space:
        kinds, services = values.pop("kinds", ()), values.pop("services", ())
        prices = values.pop("prices", ())
        space = model_class(**values)
        space.set_kinds(kinds)
        space.set_services(services)
        space.prices = [SpacePrice(**price) for price in prices]
        space.save()
        return space


class SpaceMemberFactory(factory.django.DjangoModelFactory):
    """Somebody who has spoken for a space since 2020."""

    class Meta:
        model = SpaceMember

    user = factory.SubFactory(UserFactory)
    space = factory.SubFactory(SpaceFactory)
    since = datetime.date(2020, 1, 1)
