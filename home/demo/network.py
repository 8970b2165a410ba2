"""The network's name and legal notice, its spaces, and who speaks for them."""

from __future__ import annotations

import datetime
from typing import Any

from wagtail.models import Site

from cms.models import NetworkSettings, User
from home.demo.accounts import ACCOUNTS
from home.demo.content_files import read_content
from network.models import Space, SpaceMember, SpacePrice

# Columns of a space that its table in spaces.toml fills as they are.
_COLUMNS = (
    "slug", "name", "status", "legal_form", "summary", "street", "postcode", "city",
    "latitude", "longitude", "zone", "opened_on", "opening_planned", "surface_m2",
    "permanent_desks", "day_desks", "training_seats", "meeting_rooms", "email",
    "phone", "website", "access", "accessibility",
)  # fmt: skip


def load_settings(now: datetime.datetime) -> int:
    """Say who the network is, unless somebody has said so already."""
    site = Site.objects.get(is_default_site=True)
    settings = NetworkSettings.objects.filter(site=site).first()
    if settings is not None and (settings.tagline or settings.legal_name):
        return 0
    settings = settings or NetworkSettings(site=site)
    network, home = read_content("network"), read_content("home")
    for name in (
        "network_name",
        "tagline",
        "contact_email",
        "contact_phone",
        "legal_name",
        "legal_registration",
        "publication_director",
        "host_name",
        "host_address",
    ):
        setattr(settings, name, network[name])
    settings.postal_address = network["contact_address"]
    settings.footer_statement = home["closing"]
    settings.footer_text = f"{home['closing_text']}\n{network['demonstration_notice']}"
    settings.full_clean()
    settings.save()
    return 1


def load_spaces(now: datetime.datetime) -> int:
    """Create the spaces that are missing, known by their slug."""
    known = set(Space.objects.values_list("slug", flat=True))
    missing = [
        row for row in read_content("spaces")["space"] if row["slug"] not in known
    ]
    for row in missing:
        _create_space(row, now)
    return len(missing)


def _create_space(row: dict[str, Any], now: datetime.datetime) -> Space:
    space = Space(
        **{name: row[name] for name in _COLUMNS if name in row},
        description=row["description"].strip(),
        opening_hours=row["hours"],
        is_trusted=row["trusted"],
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    space.prices.add(
        *(
            SpacePrice(
                label=price["label"],
                amount_euros=price["amount_euros"],
                unit=price["unit"],
                included=price.get("included", ""),
                sort_order=order,
            )
            for order, price in enumerate(row.get("price", []))
        )
    )
    space.set_kinds(row["kinds"])
    space.set_services(row.get("services", []))
    space.full_clean()
    space.save()
    return space


def load_space_members(now: datetime.datetime) -> int:
    """Let the members' accounts speak for their space."""
    speakers = {account.email: account.space for account in ACCOUNTS if account.space}
    users = User.objects.filter(email__in=speakers, space_members=None)
    spaces = Space.objects.in_bulk(list(speakers.values()), field_name="slug")
    links = [
        SpaceMember(
            user=user,
            space=spaces[speakers[user.email]],
            since=datetime.date(2021, 6, 10),
        )
        for user in users
    ]
    SpaceMember.objects.bulk_create(links)
    return len(links)
