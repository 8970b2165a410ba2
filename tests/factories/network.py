"""Makes spaces and the people who speak for them."""

from __future__ import annotations

import datetime

import factory

from cms.models import User
from network.models import Space, SpaceMember


class UserFactory(factory.django.DjangoModelFactory):
    """An account without a password; ``force_login`` opens it."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person-{number}@hub.test")


class SpaceFactory(factory.django.DjangoModelFactory):
    """An open space in Rostrenen."""

    class Meta:
        model = Space

    name = factory.Sequence(lambda number: f"Ti Numerik {number}")
    slug = factory.Sequence(lambda number: f"ti-numerik-{number}")
    street = "2 rue de l’Étang"
    postcode = "22110"
    city = "Rostrenen"


class SpaceMemberFactory(factory.django.DjangoModelFactory):
    """Somebody who has spoken for a space since 2020."""

    class Meta:
        model = SpaceMember

    user = factory.SubFactory(UserFactory)
    space = factory.SubFactory(SpaceFactory)
    since = datetime.date(2020, 1, 1)
