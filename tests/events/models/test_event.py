from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cms.models.service_owned import record_replaced
from events.domain.errors import CalendarError
from events.enums import EventStatus
from events.models import Event
from tests.factories.events import AllDayEventFactory, EventFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

# What an editor may write in a draft.
DRAFTABLE = {
    "title", "type", "summary", "description", "image", "start_date", "start_time",
    "end_date", "end_time", "all_day", "zone", "host", "venue", "venue_name",
    "venue_street", "venue_postcode", "venue_city", "venue_latitude",
    "venue_longitude", "room", "online_url", "online_visibility", "price", "visibility",
    *Event.REGISTRATION_FIELDS,
}  # fmt: skip
# What Wagtail keeps of a draftable record.
KEPT_BY_WAGTAIL = {
    "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at",
    "live_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at",
    "locked_by", "latest_revision",
}  # fmt: skip
OWNED_VALUES = {
    "uid": ("OLD@HUB.TEST", "NEW@HUB.TEST"),
    "slug": ("old", "new"),
    "recurrence_key": ("20261126", "20261127"),
    "status": (EventStatus.CONFIRMED, EventStatus.CANCELLED),
    "cancel_reason": ("", "La cuisine est en travaux."),
    "cancelled_at": (None, datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)),
    "previous_start_at": (None, datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)),
    "overridden_fields": ([], ["title"]),
    "host_is_chosen": (False, True),
    "host_reminded_at": (None, datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC)),
    "is_mirrored": (False, True),
    "service_edits": ({}, {"price": 1}),
}
OWNED_RECORDS = {"series": SeriesFactory, "rota_host": SpaceFactory}


def build(**changes):
    return EventFactory.build(type=EventFactory().type, slug=None, **changes)


def errors_of(event):
    with pytest.raises(ValidationError) as caught:
        event.full_clean()
    return caught.value.message_dict


def test_every_column_belongs_to_a_draft_or_to_a_service():
    columns = {field.name for field in Event._meta.concrete_fields}
    owners = [DRAFTABLE, KEPT_BY_WAGTAIL, {*Event.SERVICE_OWNED}, {*Event.DERIVED}]

    assert columns == set().union(*owners)
    assert sum(map(len, owners)) == len(columns)


@pytest.mark.parametrize("name", [*OWNED_VALUES, *OWNED_RECORDS])
def test_draft_never_brings_back_a_service_owned_column(name):
    assert {*OWNED_VALUES, *OWNED_RECORDS} == set(Event.SERVICE_OWNED)
    if name in OWNED_RECORDS:
        before, after = OWNED_RECORDS[name](), OWNED_RECORDS[name]()
    else:
        before, after = OWNED_VALUES[name]
    event = EventFactory(**{name: before})
    revision = event.save_revision()
    Event.objects.filter(pk=event.pk).update(**{name: after})

    revision.publish()

    assert getattr(Event.objects.get(pk=event.pk), name) == after


@pytest.mark.parametrize(
    ("column", "written"),
    [("start_time", datetime.time(19)), ("title", "Annoncé par la série")],
)
def test_draft_made_before_a_service_wrote_does_not_undo_it(column, written):
    event = EventFactory(title="Apéro")
    revision = event.save_revision()
    event.note_service_edits([column])
    setattr(event, column, written)
    event.save()

    revision.publish()

    assert getattr(Event.objects.get(pk=event.pk), column) == written


def test_draft_made_after_a_service_wrote_has_the_last_word():
    event = EventFactory()
    event.note_service_edits(["title"])
    event.save()
    event.title = "Le dernier mot"
    event.save_revision().publish()

    assert Event.objects.get(pk=event.pk).title == "Le dernier mot"


def test_unpublishing_a_stale_instance_keeps_what_a_service_wrote():
    event = EventFactory()
    stale = Event.objects.get(pk=event.pk)
    event.note_service_edits(["price"])
    event.price = "5 €"
    event.save()

    stale.unpublish()

    assert Event.objects.get(pk=event.pk).price == "5 €"


def test_publication_tells_what_it_replaced(django_capture_on_commit_callbacks):
    event = EventFactory(title="Avant")
    event.title = "Après"
    told = []

    def listen(before, instance, **kwargs):
        told.append((before.title, instance.title))

    record_replaced.connect(listen, sender=Event)
    try:
        event.save_revision().publish()
    finally:
        record_replaced.disconnect(listen, sender=Event)

    assert told == [("Avant", "Après")]


def test_draft_of_a_stale_instance_takes_the_columns_of_the_database():
    event = EventFactory()
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)

    draft = event.with_content_json(event.serializable_data())

    assert (event.status, draft.status) == ("confirmed", "cancelled")


def test_stale_instance_unpublishes_without_undoing_a_cancellation():
    event = EventFactory()
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)

    event.unpublish()

    event.refresh_from_db()
    assert (event.live, event.status) == (False, "cancelled")


def test_instants_follow_the_clock_of_the_zone():
    paris = EventFactory()
    reunion = EventFactory(zone="Indian/Reunion", start_time=datetime.time(9))

    assert paris.start_at == datetime.datetime(
        2026, 11, 26, 17, 30, tzinfo=datetime.UTC
    )
    assert reunion.start_at == datetime.datetime(2026, 11, 26, 5, tzinfo=datetime.UTC)


def test_all_day_date_ends_at_the_next_midnight():
    event = AllDayEventFactory()

    assert event.start_at == datetime.datetime(2027, 5, 18, 22, tzinfo=datetime.UTC)
    assert event.end_at == datetime.datetime(2027, 5, 20, 22, tzinfo=datetime.UTC)


def test_saving_only_the_hour_moves_the_instants():
    event = EventFactory()
    event.start_time = datetime.time(19)
    event.save(update_fields=["start_time"])

    event.refresh_from_db()
    assert event.start_at == datetime.datetime(2026, 11, 26, 18, tzinfo=datetime.UTC)


def test_hour_that_clocks_skip_is_refused_and_the_next_one_proposed():
    day = datetime.date(2027, 3, 28)
    event = build(start_date=day, end_date=day, start_time=datetime.time(2, 30))

    assert errors_of(event) == {
        "start_time": [
            "Ce jour-là, l’heure d’été saute 2\xa0h\xa030. "
            "Vouliez-vous dire 3\xa0h\xa030\xa0?"
        ]
    }


def test_hour_that_comes_twice_is_refused():
    day = datetime.date(2027, 10, 31)
    event = build(
        start_date=day,
        end_date=day,
        start_time=datetime.time(1),
        end_time=datetime.time(2, 30),
    )

    assert [*errors_of(event)] == ["end_time"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"end_time": datetime.time(18)}, ["end_time"]),
        ({"end_time": datetime.time(18, 30)}, ["end_time"]),
        ({"end_date": datetime.date(2026, 11, 25)}, ["end_date"]),
        ({"end_date": datetime.date(2026, 12, 28)}, ["end_date"]),
        ({"start_time": None}, ["start_time"]),
        ({"start_time": None, "end_time": None}, ["start_time", "end_time"]),
        ({"start_date": datetime.date(1999, 12, 31)}, ["start_date"]),
        ({"end_date": datetime.date(2190, 1, 1)}, ["end_date"]),
        ({"zone": "Europe/Rennes"}, ["zone"]),
        ({"title": "", "end_time": datetime.time(18)}, ["end_time", "title"]),
    ],
)
def test_impossible_date_is_refused_on_its_field(changes, fields):
    if "start_date" in changes:
        changes = {"end_date": changes["start_date"], **changes}

    assert sorted(errors_of(build(**changes))) == sorted(fields)


def test_ticking_all_day_drops_the_hours():
    event = build(all_day=True)
    event.full_clean()

    assert (event.start_time, event.end_time) == (None, None)


def test_saving_an_impossible_date_raises():
    with pytest.raises(CalendarError):
        EventFactory(end_time=datetime.time(18))


def test_department_is_that_of_the_place():
    rostrenen = SpaceFactory(postcode="22110", live=False)

    assert EventFactory(venue_name="", venue=rostrenen).department == "22"
    assert EventFactory(venue=rostrenen, venue_postcode="35400").department == "35"
    assert EventFactory(venue_postcode="20200").department == "2B"


def test_folded_text_holds_title_summary_place_and_tags():
    event = EventFactory(
        title="L’été à l’œuvre", summary="Où ?", tags=["Tiers-Lieu"], told=None
    )

    event.refresh_from_db()
    assert event.folded_text == (
        "l ete a l oeuvre ou halle au ble saint brieuc tiers lieu"
    )


def test_slug_is_given_at_first_publication_and_never_follows_a_move():
    event = EventFactory(title="L’apéro d’été", live=False)
    assert event.slug is None

    event.save_revision().publish()
    event.refresh_from_db()
    assert event.slug == "l-apero-d-ete-2026-11-26"

    event.start_date = event.end_date = datetime.date(2026, 12, 3)
    event.title = "L’apéro d’hiver"
    event.save_revision().publish()
    event.refresh_from_db()
    assert event.slug == "l-apero-d-ete-2026-11-26"


def test_second_date_of_that_title_and_day_is_numbered():
    slugs = [EventFactory(title="Repas").slug for _ in range(3)]

    assert slugs == ["repas-2026-11-26", "repas-2026-11-26-2", "repas-2026-11-26-3"]


def test_title_without_letters_still_has_a_slug():
    assert EventFactory(title="???").slug == "rendez-vous-2026-11-26"


def test_live_date_without_slug_is_refused_by_the_database():
    event = EventFactory()

    with pytest.raises(IntegrityError):
        Event.objects.filter(pk=event.pk).update(slug=None)
