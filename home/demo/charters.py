"""The network's charter with its versions, and charters of other networks."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, Final

from django.utils import timezone

from home.demo.content_files import make_stable_uuid, read_content
from resources.models import Article, Charter, CharterVersion, Criterion
from resources.services.charters import publish_version, write_reasons

CHARTER_SLUG: Final = "charte-du-reseau"


def load_charters(now: datetime.datetime) -> int:
    """Create the charters that are missing, known by their slug, and publish them."""
    known = set(Charter.objects.values_list("slug", flat=True))
    content = read_content("charter")
    created = 0
    if CHARTER_SLUG not in known:
        charter = Charter.objects.create(
            slug=CHARTER_SLUG,
            title=content["title"],
            summary=read_content("home")["charter_quote"],
        )
        for row in content["version"]:
            publish(charter, row)
        created += 1
    for row in read_content("charters")["elsewhere"]:
        if row["slug"] not in known:
            charter = Charter.objects.create(
                slug=row["slug"],
                title=row["title"],
                issuer=row["issuer"],
                summary=row["summary"],
            )
            publish(charter, {**row, "number": 1})
            created += 1
    return created


def publish(charter: Charter, row: dict[str, Any]) -> CharterVersion:
    """Write one version, give the reasons for its changes, and publish it."""
    version = write_version(charter, row)
    version.save()
    reasons = row.get("reasons", {})
    write_reasons(version, {name_criterion(key): reasons[key] for key in reasons})
    adopted_on: datetime.date = row["adopted_on"]
    return publish_version(version, adopted_on=adopted_on, now=at_noon(adopted_on))


def write_version(charter: Charter, row: dict[str, Any]) -> CharterVersion:
    """Return one version with its text, unsaved."""
    source = CharterVersion.objects.filter(charter__slug=row.get("adapted_from", ""))
    version = CharterVersion(
        charter=charter,
        number=row["number"],
        preamble=row["preamble"],
        change_note=row["change_note"].strip(),
        adapted_from=source.first(),
    )
    version.articles.add(
        *(_write_article(one, order) for order, one in enumerate(row["article"]))
    )
    return version


def name_criterion(key: str) -> uuid.UUID:
    """Return what a criterion is known by from version to version."""
    return make_stable_uuid("criterion", key)


def at_noon(day: datetime.date) -> datetime.datetime:
    """Return the middle of a day of the network."""
    noon = datetime.datetime.combine(day, datetime.time(12))
    return timezone.make_aware(noon)


def _write_article(row: dict[str, Any], order: int) -> Article:
    article = Article(
        **{name: row[name] for name in ("number", "slug", "title", "question")},
        text=row["text"].strip(),
        sort_order=order,
    )
    article.criteria.add(
        *(
            Criterion(
                **{name: one[name] for name in ("number", "text", "kind")},
                key=name_criterion(one["key"]),
                sort_order=rank,
            )
            for rank, one in enumerate(row.get("criterion", []))
        )
    )
    return article
