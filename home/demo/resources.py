"""Shared resources with their files, and the charter with its versions."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files import File

from cms.models import SiteDocument
from home.demo.content_files import FILES_DIR, read_content
from network.models import Space
from resources.models import Article, Charter, CharterVersion, Criterion, SharedResource
from resources.services.charters import publish_version

CHARTER_SLUG = "charte-du-reseau"
_COLUMNS = (
    "slug", "title", "kind", "theme", "summary", "licence", "version", "published_on",
    "language", "url",
)  # fmt: skip


def load_resources(now: datetime.datetime) -> int:
    """Create the resources that are missing, known by their slug."""
    known = set(SharedResource.objects.values_list("slug", flat=True))
    rows = [
        row for row in read_content("resources")["resource"] if row["slug"] not in known
    ]
    # What others are adapted from comes first.
    rows.sort(key=lambda row: "adapted_from" in row)
    spaces = Space.objects.in_bulk(field_name="slug") if rows else {}
    for row in rows:
        _create_resource(row, spaces, now)
    return len(rows)


def _create_resource(
    row: dict[str, Any], spaces: dict[str, Space], now: datetime.datetime
) -> None:
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
        resource.adapted_from = source.first()
    if "file" in row:
        resource.document = _create_document(row["file"], row["title"])
    resource.tags.add(*row["tags"])
    resource.full_clean()
    resource.save()


def _create_document(name: str, title: str) -> SiteDocument:
    with (FILES_DIR / name).open("rb") as stream:
        document = SiteDocument(title=title, file=File(stream, name=name))
        document.full_clean()
        document.save()
    return document


def load_charter(now: datetime.datetime) -> int:
    """Create the charter and publish its versions, unless there is a charter."""
    if Charter.objects.filter(slug=CHARTER_SLUG).exists():
        return 0
    content = read_content("charter")
    charter = Charter.objects.create(
        slug=CHARTER_SLUG,
        title=content["title"],
        summary=read_content("home")["charter_quote"],
    )
    for row in content["version"]:
        version = _write_version(charter, row)
        version.save()
        publish_version(version, adopted_on=row["adopted_on"], now=now)
    return 1


def _write_version(charter: Charter, row: dict[str, Any]) -> CharterVersion:
    version = CharterVersion(
        charter=charter,
        number=row["number"],
        preamble=row["preamble"],
        change_note=row["change_note"],
    )
    version.articles.add(
        *(_write_article(one, order) for order, one in enumerate(row["article"]))
    )
    return version


def _write_article(row: dict[str, Any], order: int) -> Article:
    article = Article(
        **{name: row[name] for name in ("number", "slug", "title", "question")},
        text=row["text"].strip(),
        sort_order=order,
    )
    article.criteria.add(
        *(
            Criterion(**criterion, sort_order=rank)
            for rank, criterion in enumerate(row.get("criterion", []))
        )
    )
    return article
