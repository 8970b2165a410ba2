from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.enums import Visibility
from events.models import Minutes, MinutesTheme
from tests.factories.events import EventFactory, MinutesFactory, SeriesFactory

pytestmark = pytest.mark.django_db

DRAFTABLE = {"introduction", "visibility"}
KEPT_BY_WAGTAIL = {
    "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at",
    "live_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at",
    "locked_by", "latest_revision",
}  # fmt: skip


def test_every_column_belongs_to_a_draft_or_to_a_service():
    columns = {field.name for field in Minutes._meta.concrete_fields}

    assert columns == DRAFTABLE | KEPT_BY_WAGTAIL | set(Minutes.SERVICE_OWNED)


@pytest.mark.parametrize("name", Minutes.SERVICE_OWNED)
def test_draft_never_brings_back_a_service_owned_column(name):
    minutes = MinutesFactory()
    revision = minutes.save_revision()
    after = {"event": EventFactory, "edition": lambda: 7, "numbered_in": SeriesFactory}
    value = after[name]()
    Minutes.objects.filter(pk=minutes.pk).update(**{name: value})

    revision.publish()

    assert getattr(Minutes.objects.get(pk=minutes.pk), name) == value


def test_question_keeps_its_key_from_one_publication_to_the_next():
    minutes = MinutesFactory()
    minutes.themes = [MinutesTheme(question="Et après ?")]
    key = minutes.themes.get().key
    minutes.save_revision().publish()
    again = Minutes.objects.get(pk=minutes.pk).get_latest_revision_as_object()
    again.introduction = "Corrigé"
    again.save_revision().publish()

    assert [one.key for one in MinutesTheme.objects.all()] == [key]


def test_two_meetings_of_a_series_never_share_a_number():
    series = SeriesFactory()
    MinutesFactory(numbered_in=series, edition=3)
    MinutesFactory(numbered_in=SeriesFactory(), edition=3)

    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesFactory(numbered_in=series, edition=3)


def test_hostile_link_is_refused_by_the_record_too():
    theme = MinutesTheme(question="?", links="Cliquez javascript:alert(1)")

    with pytest.raises(ValidationError) as caught:
        theme.full_clean(exclude={"minutes"})

    assert caught.value.message_dict == {
        "links": [
            "«\xa0Cliquez javascript:alert(1)\xa0»\xa0: écrivez les mots, puis "
            "l’adresse complète, https:// compris."
        ]
    }


@pytest.mark.parametrize(
    ("minutes", "event", "is_public"),
    [
        ({}, {}, True),
        ({"live": False}, {}, False),
        ({"visibility": Visibility.MEMBERS}, {}, False),
        ({}, {"visibility": Visibility.MEMBERS}, False),
        ({}, {"live": False}, False),
    ],
)
def test_minutes_are_public_when_their_date_is(minutes, event, is_public):
    found = MinutesFactory(event=EventFactory(**event), **minutes)

    assert found.is_public == is_public
    assert Minutes.objects.published().exists() == is_public
