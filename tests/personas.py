"""The people of the suite, as functions: ``member(spaces=[…])`` makes one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, Group

from cms.models import User
from cms.roles import EDITORS, MODERATORS, ensure_roles
from network.models import Space, SpaceMember
from tests.factories.network import SpaceFactory


def visitor() -> AnonymousUser:
    """Somebody without an account."""
    return AnonymousUser()


def member(
    email: str = "ti-numerik@hub.test",
    *,
    spaces: Iterable[Space] | None = None,
    until: datetime.date | None = None,
) -> User:
    """Somebody who speaks for ``spaces``, by default for one that is not trusted."""
    person = User.objects.create_user(email)
    chosen = [SpaceFactory(name="Ti Numerik")] if spaces is None else spaces
    for space in chosen:
        SpaceMember.objects.create(
            user=person, space=space, since=datetime.date(2020, 1, 1), until=until
        )
    return person


def trusted_member(email: str = "estran@hub.test") -> User:
    """Somebody who speaks for a space whose dates appear at once."""
    return member(email, spaces=[SpaceFactory(name="L’Estran", is_trusted=True)])


def other_member(email: str = "semaphore@hub.test") -> User:
    """Somebody who speaks for another space."""
    return member(email, spaces=[SpaceFactory(name="Le Sémaphore")])


def editor(email: str = "editor@hub.test") -> User:
    return _with_role(email, EDITORS)


def moderator(email: str = "moderator@hub.test") -> User:
    return _with_role(email, MODERATORS)


def admin(email: str = "admin@hub.test") -> User:
    return User.objects.create_superuser(email)


def space_of(person: User) -> Space:
    """Return the one space that ``person`` speaks for."""
    return Space.objects.get(space_members__user=person)


def _with_role(email: str, role: str) -> User:
    ensure_roles()
    person = User.objects.create_user(email)
    person.groups.add(Group.objects.get(name=role))
    return person
