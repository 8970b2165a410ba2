"""The demonstration accounts: one for each thing a person may do here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Group

from cms.models import User
from cms.roles import EDITORS, MODERATORS

PASSWORD: Final = "demonstration"  # noqa: S105 (printed on purpose, never on the Internet)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Who logs in, and what for. ``space`` is the slug of the space they speak for."""

    email: str
    name: str
    purpose: str
    group: str = ""
    space: str = ""
    is_superuser: bool = False


EDITOR: Final = DemoAccount(
    "editrice@hub.invalid",
    "L’éditrice",
    "writes guides, pages and records in /admin/",
    group=EDITORS,
)
MODERATOR: Final = DemoAccount(
    "moderation@hub.invalid",
    "La modération",
    "approves what members submit, in /admin/",
    group=MODERATORS,
)
ADMINISTRATOR: Final = DemoAccount(
    "admin@hub.invalid",
    "L’administration",
    "may do everything, in /admin/",
    is_superuser=True,
)
MEMBER: Final = DemoAccount(
    "ti-numerik@hub.invalid",
    "La coordinatrice de Ti Numerik",
    "proposes dates in /espace/, which are reviewed",
    space="ti-numerik",
)
TRUSTED_MEMBER: Final = DemoAccount(
    "estran@hub.invalid",
    "Le pilote de L’Estran",
    "publishes dates in /espace/ without review",
    space="l-estran",
)
ACCOUNTS: Final = (EDITOR, MODERATOR, ADMINISTRATOR, MEMBER, TRUSTED_MEMBER)


def load_accounts(now: datetime.datetime) -> int:
    """Create the accounts that are missing; one that exists is left as it is."""
    emails = [account.email for account in ACCOUNTS]
    known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    missing = [account for account in ACCOUNTS if account.email not in known]
    for account in missing:
        create = (
            User.objects.create_superuser
            if account.is_superuser
            else User.objects.create_user
        )
        user = create(account.email, PASSWORD, first_name=account.name)
        if account.group:
            user.groups.add(Group.objects.get(name=account.group))
    return len(missing)


def find_account(account: DemoAccount) -> User:
    """Return the stored account.

    Raises:
        User.DoesNotExist: ``load_accounts`` has not run.
    """
    return User.objects.get(email=account.email)
