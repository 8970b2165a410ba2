"""Shared resources with their files, how often these were taken, who uses the tools."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files import File

from cms.models import SiteDocument
from cms.record_text import SOURCE_LANGUAGE
from home.demo.content_files import FILES_DIR, make_stable_uuid, read_content
from network.models import Space
from resources.models import DownloadCount, SharedResource, StagePage, ToolUse

_COLUMNS = (
    "slug", "title", "kind", "theme", "summary", "licence", "version", "published_on",
    "language", "url", "price", "is_lent", "quantity", "longest_loan", "lending_terms",
)  # fmt: skip


def load_resources(now: datetime.datetime) -> int:
    """Create the resources that are missing, known by their slug."""
    known = set(SharedResource.objects.values_list("slug", flat=True))
    rows = [
        row for row in read_content("resources")["resource"] if row["slug"] not in known
    ]
    spaces = Space.objects.in_bulk(field_name="slug") if rows else {}
    # What others are adapted from stands above them.
    for row in rows:
        create_resource(row, spaces, now)
    return len(rows)


def create_resource(
    row: dict[str, Any], spaces: dict[str, Space], now: datetime.datetime
) -> None:
    """Create one published resource from a row of the content."""
    resource = SharedResource(
        **{name: row[name] for name in _COLUMNS if name in row},
        description=row["description"].strip(),
        space=spaces.get(row.get("space", "")),
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    if "adapted_from" in row:
        source = SharedResource.objects.filter(slug=row["adapted_from"])
        resource.adapted_from = source.get()
    if "file" in row:
        resource.document = _create_document(row["file"], row["title"])
    if "editable_file" in row:
        resource.editable_document = _create_document(
            row["editable_file"], f"{row['title']} (à modifier)"
        )
    resource.tags.add(*row["tags"])
    resource.stages = find_stages(row.get("stages", []))
    resource.full_clean()
    resource.save()
    _create_counts(resource, row, spaces)


def _create_counts(
    resource: SharedResource, row: dict[str, Any], spaces: dict[str, Space]
) -> None:
    if "downloads" in row:
        DownloadCount.objects.create(
            resource=resource,
            month=resource.published_on.replace(day=1),
            number=row["downloads"],
        )
    ToolUse.objects.bulk_create(
        ToolUse(
            resource=resource,
            space=spaces[use["space"]],
            purposes=sorted(use["purposes"]),
            since=use.get("since"),
        )
        for use in row.get("use", ())
    )


def find_stages(places: Sequence[str]) -> list[StagePage]:
    """Return the French stages at these places, written ``guide/stage``."""
    keys = [make_stable_uuid("page", "guides", *place.split("/")) for place in places]
    return list(
        StagePage.objects.filter(
            translation_key__in=keys, locale__language_code=SOURCE_LANGUAGE
        )
    )


def _create_document(name: str, title: str) -> SiteDocument:
    with (FILES_DIR / name).open("rb") as stream:
        document = SiteDocument(title=title, file=File(stream, name=name))
        document.full_clean()
        document.save()
    return document
