from __future__ import annotations

import datetime

import pytest

from events.models import Series
from tests.factories.events import SeriesFactory

pytestmark = pytest.mark.django_db

DRAFTABLE = {
    "slug", "title", "type", "programme", "rhythm_note", "summary", "description",
    "image", "host", "is_held_at_host", "online_url", "online_visibility", "price",
    "visibility", "start_time", "end_time", "lasts_days", "all_day", "zone",
    *Series.RULE_FIELDS, *Series.REGISTRATION_FIELDS, *Series.PLACE,
}  # fmt: skip
KEPT_BY_WAGTAIL = {
    "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at",
    "live_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at",
    "locked_by", "latest_revision",
}  # fmt: skip


def test_every_column_belongs_to_a_draft_or_to_a_service():
    columns = {field.name for field in Series._meta.concrete_fields}

    assert columns == DRAFTABLE | KEPT_BY_WAGTAIL | set(Series.SERVICE_OWNED)


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("uid", "NEW@HUB.TEST"),
        ("slug", "nouvelle-adresse"),
        ("materialised_until", datetime.date(2028, 5, 23)),
        ("continues", None),
        ("service_edits", {"until": 1}),
    ],
)
def test_draft_never_brings_back_a_service_owned_column(name, after):
    assert name in Series.SERVICE_OWNED
    series = SeriesFactory()
    revision = series.save_revision()
    if name == "continues":
        after = SeriesFactory()
    Series.objects.filter(pk=series.pk).update(**{name: after})

    revision.publish()

    assert getattr(Series.objects.get(pk=series.pk), name) == after


def test_address_is_the_drafts_until_the_first_publication():
    series = SeriesFactory(live=False, slug="premiere")
    series.slug = "deuxieme"
    series.save_revision().publish()

    assert Series.objects.get(pk=series.pk).slug == "deuxieme"
