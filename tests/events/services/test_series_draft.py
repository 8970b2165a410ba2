"""Writing a series: who may, what is kept, what a service wrote meanwhile."""

from __future__ import annotations

import datetime
import uuid

import pytest
import time_machine

from events.models import Event, Series
from events.services.follow_series import end_series
from events.services.publish import publish_record
from events.services.refusals import (
    InModeration,
    NothingNew,
    NotSpeaker,
    NotTrusted,
    OutdatedVersion,
    SentAlready,
)
from events.services.rehearse import rehearse
from events.services.series_draft import (
    MEMBER_SERIES_FIELDS,
    create_series_draft,
    discard_series,
    revise_series_draft,
)
from events.services.series_refusals import SeriesChanged, SeriesPublished
from events.services.submit import submit_record
from tests import personas
from tests.events.series_form_site import NOW, published_by, series_of, values

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


def revise(series, person, seen=None, **changes):
    return revise_series_draft(
        series,
        values=values(series.host, **changes),
        by=person,
        now=NOW,
        seen_revision=seen or series.latest_revision_id,
        seen_service_edit=series.last_service_edit,
    )


def test_values_name_every_column_that_a_member_writes():
    person = personas.member()
    assert set(values(personas.space_of(person))) == set(MEMBER_SERIES_FIELDS)


def test_every_column_has_its_writer():
    """A new column fails here until somebody says whether members write it."""
    kept_from_members = {
        "id", "uid", "slug", "programme", "rhythm_note", "image", "online_visibility",
        "continues", "materialised_until", "service_edits", "room",
        "venue_latitude", "venue_longitude",
        "live", "has_unpublished_changes", "first_published_at", "last_published_at",
        "live_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at",
        "locked_by", "latest_revision",
    }  # fmt: skip
    columns = {field.name for field in Series._meta.concrete_fields}
    assert columns == kept_from_members | set(MEMBER_SERIES_FIELDS)


def test_only_who_speaks_for_the_space_writes():
    person, other = personas.member(), personas.other_member()
    space = personas.space_of(person)
    series = series_of(person)

    with pytest.raises(NotSpeaker):
        create_series_draft(values=values(space), by=other, now=NOW)
    for write in (
        lambda: revise(series, other),
        lambda: discard_series(series, by=other, now=NOW),
        lambda: submit_record(series, by=other, now=NOW),
        lambda: publish_record(series, by=other, now=NOW),
    ):
        with pytest.raises(NotSpeaker):
            write()
    assert Series.objects.get().title == "Soupe du jeudi"


def test_reviewed_space_does_not_publish():
    person = personas.member()
    series = series_of(person)

    with pytest.raises(NotTrusted):
        publish_record(series, by=person, now=NOW)
    assert not Event.objects.exists()


def test_publishing_twice_says_that_nothing_is_new():
    person = personas.trusted_member()
    series = published_by(person)

    with pytest.raises(NothingNew):
        publish_record(series, by=person, now=NOW)


def test_key_sent_twice_makes_one_series():
    person = personas.member()
    space = personas.space_of(person)
    key = uuid.uuid4()
    first = create_series_draft(values=values(space), by=person, now=NOW, key=key)

    with pytest.raises(SentAlready) as refused:
        create_series_draft(values=values(space), by=person, now=NOW, key=key)

    assert refused.value.record == first
    assert refused.value.says_the_same
    with pytest.raises(SentAlready) as refused:
        create_series_draft(values=values(space, nth=3), by=person, now=NOW, key=key)
    assert not refused.value.says_the_same


def test_text_saved_meanwhile_is_not_overwritten():
    person = personas.member()
    series = series_of(person)
    opened = series.latest_revision_id
    revise(series, person, title="La sienne")
    series.refresh_from_db()

    with pytest.raises(OutdatedVersion):
        revise(series, person, seen=opened, title="La mienne")


def test_draft_that_missed_the_end_is_refused_and_undoes_nothing():
    person = personas.trusted_member()
    series = published_by(person)
    last_day = datetime.date(2027, 1, 31)
    end_series(series, last_day=last_day, reason="", by=person, now=NOW)

    with pytest.raises(SeriesChanged):
        revise(series, person)

    # Saved by who has seen the end, the words change and the end stays.
    series = Series.objects.get(pk=series.pk)
    revise(series, person, until=last_day, title="Soupe d’adieu")
    publish_record(series, by=person, now=NOW)
    assert Series.objects.get(pk=series.pk).until == last_day
    assert series.events.filter(status="cancelled").count() == 15


def test_revision_older_than_the_end_does_not_bring_the_dates_back():
    person = personas.trusted_member()
    series = published_by(person)
    draft = revise(series, person, title="Écrit avant la fin")
    last_day = datetime.date(2027, 1, 31)
    end_series(series, last_day=last_day, reason="", by=person, now=NOW)

    publish_record(series, by=person, now=NOW)

    series = Series.objects.get(pk=series.pk)
    assert (series.title, series.until) == (draft.title, last_day)
    assert series.events.exclude(status="cancelled").count() == 2


def test_address_follows_the_title_until_the_first_publication():
    person = personas.trusted_member()
    series = series_of(person)
    revise(series, person, title="Potage du jeudi")
    series = Series.objects.get(pk=series.pk)
    assert series.slug == "potage-du-jeudi"
    series = publish_record(series, by=person, now=NOW)

    revise(series, person, title="Bouillon")
    publish_record(series, by=person, now=NOW)

    series = Series.objects.get(pk=series.pk)
    assert (series.title, series.slug) == ("Bouillon", "potage-du-jeudi")


def test_words_about_a_rule_end_with_it():
    person = personas.member()
    series = series_of(person)
    draft = series.get_latest_revision_as_object()
    draft.rhythm_note = "Le jeudi de la pleine lune"
    draft.save_revision()
    series = Series.objects.get(pk=series.pk)

    kept = revise(series, person, title="Autre")
    assert kept.rhythm_note == "Le jeudi de la pleine lune"
    changed = revise(Series.objects.get(pk=series.pk), person, nth=3)
    assert changed.rhythm_note == ""


def test_new_address_has_no_position_yet():
    person = personas.member()
    place = {"is_held_at_host": False, "venue_name": "Halle", "venue_city": "Dinan"}
    series = series_of(person, **place)
    draft = series.get_latest_revision_as_object()
    draft.venue_latitude, draft.venue_longitude = 48.45, -2.05
    draft.save_revision()
    series = Series.objects.get(pk=series.pk)

    kept = revise(series, person, **place, price="2 €")
    assert kept.venue_latitude == 48.45
    series = Series.objects.get(pk=series.pk)
    moved = revise(series, person, **place | {"venue_city": "Rennes"})
    assert (moved.venue_latitude, moved.venue_longitude) == (None, None)


def test_reviewed_text_does_not_change():
    person = personas.member()
    series = series_of(person)
    submit_record(series, by=person, now=NOW)

    with pytest.raises(InModeration):
        revise(Series.objects.get(pk=series.pk), person, title="Autre")
    with pytest.raises(InModeration):
        discard_series(series, by=person, now=NOW)


def test_published_series_is_not_discarded():
    person = personas.trusted_member()
    series = published_by(person)

    with pytest.raises(SeriesPublished):
        discard_series(series, by=person, now=NOW)


def test_rehearsal_leaves_nothing_behind(django_capture_on_commit_callbacks):
    person = personas.trusted_member()
    series = published_by(person)
    before = list(Event.objects.order_by("pk").values())

    with django_capture_on_commit_callbacks() as callbacks:
        found = rehearse(
            series,
            lambda: end_series(
                series, last_day=NOW.date(), reason="", by=person, now=NOW
            ),
            now=NOW,
        )

    assert len(found.cancelled) == 17
    assert callbacks == []
    assert list(Event.objects.order_by("pk").values()) == before
    assert Series.objects.get(pk=series.pk).until is None
