from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from events.enums import EventStatus, RegistrationStatus
from events.models import CalendarState, Event
from events.services.cancel import cancel_event
from events.services.change_date import (
    move_event,
    postpone_event,
    replace_place,
    restore_event,
)
from events.services.draft import revise_draft
from events.services.refusals import (
    AlreadyOver,
    CalledOff,
    ChangedByService,
    MovedToPast,
    NoPlace,
    NotCalledOff,
    NotPublished,
    NotSpeaker,
    SamePlace,
    SameWhen,
)
from events.services.submit import submit_record
from tests import personas
from tests.events.member_site import NOW, draft_of, values
from tests.events.told import register_person
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

FRIDAY = datetime.date(2026, 11, 27)
BACK_THEN = datetime.date(2026, 10, 1)
ELSEWHERE = {
    "venue_name": "Crêperie du port",
    "venue_street": "3 quai Nord",
    "venue_postcode": "29900",
    "venue_city": "Concarneau",
}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def event(person):
    """Thursday 26 November 2026, 18:30 to 21:30, at a market hall."""
    return EventFactory(host=personas.space_of(person), title="Soupe")


def move(event, by, **when):
    when = {"start_date": FRIDAY, "end_date": FRIDAY} | when
    return move_event(event, when=when, by=by, now=NOW)


CHANGES = {
    "move": move,
    "place": lambda event, by: replace_place(event, where=ELSEWHERE, by=by, now=NOW),
    "postpone": lambda event, by: postpone_event(event, reason="", by=by, now=NOW),
    "cancel": lambda event, by: cancel_event(event, reason="", by=by, now=NOW),
}
ALL = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@ALL
def test_member_of_another_space_changes_nothing(change, event):
    before = Event.objects.values().get()

    with pytest.raises(NotSpeaker):
        change(event, personas.other_member())

    assert Event.objects.values().get() == before
    assert CalendarState.objects.get().sequence == 0


@ALL
def test_editor_without_the_right_to_publish_changes_nothing(change, event):
    with pytest.raises(NotSpeaker):
        change(event, personas.editor())


@ALL
def test_moderator_and_member_may_change(change, event, person):
    twin = EventFactory(host=event.host)

    change(event, person)
    change(twin, personas.moderator())

    sequences = CalendarState.objects.values_list("sequence", flat=True)
    assert list(sequences) == [1, 1]


@ALL
def test_date_that_is_over_does_not_change(change, person):
    over = EventFactory(host=personas.space_of(person), start_date=BACK_THEN)

    with pytest.raises(AlreadyOver):
        change(over, person)


@ALL
def test_cancelled_date_does_not_change(change, event, person):
    cancel_event(event, reason="", by=person, now=NOW)

    with pytest.raises(CalledOff):
        change(event, person)


@pytest.mark.parametrize("name", ["move", "place", "postpone"])
def test_draft_that_nobody_sees_is_rewritten_instead(name, person):
    with pytest.raises(NotPublished):
        CHANGES[name](draft_of(person), person)


def test_move_is_written_in_the_history(event, person):
    move(event, person)

    entry = ModelLogEntry.objects.get(action="events.move")
    assert (entry.user, entry.data) == (
        person,
        {"from": "2026-11-26T17:30:00+00:00", "to": "2026-11-27T17:30:00+00:00"},
    )
    assert str(entry.message) == "Rendez-vous déplacé"


def test_moved_twice_a_date_remembers_its_first_day(event, person):
    first = event.start_at
    move(event, person)

    row = move(event, person, start_time=datetime.time(19))

    assert row.previous_start_at == first
    assert (row.start_date, row.start_time) == (FRIDAY, datetime.time(19))
    assert Event.objects.get().start_at == row.start_at


def test_longer_date_was_not_announced_for_another_start(event, person):
    row = move_event(
        event, when={"end_time": datetime.time(23)}, by=person, now=NOW
    )  # fmt: skip

    assert (row.previous_start_at, row.end_time) == (None, datetime.time(23))


def test_move_to_an_hour_that_clocks_skip_is_refused(event, person):
    day = datetime.date(2027, 3, 28)
    when = {"start_date": day, "end_date": day, "start_time": datetime.time(2, 30)}

    with pytest.raises(ValidationError) as caught:
        move(event, person, **when)

    assert list(caught.value.message_dict) == ["start_time"]
    assert "3\xa0h\xa030" in caught.value.message_dict["start_time"][0]
    event.refresh_from_db()
    assert event.start_date == datetime.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("when", "refusal"),
    [
        ({"start_date": BACK_THEN, "end_date": BACK_THEN}, MovedToPast),
        (
            {
                "start_date": datetime.date(2026, 11, 26),
                "end_date": datetime.date(2026, 11, 26),
            },
            SameWhen,
        ),
    ],
)
def test_move_that_makes_no_sense_is_refused(event, person, when, refusal):
    with pytest.raises(refusal):
        move(event, person, **when)


def test_postponed_date_takes_place_on_its_new_day(event, person, clock):
    postpone_event(event, reason="Tempête.", by=person, now=NOW)
    later = datetime.datetime(2026, 11, 30, 9, 0, tzinfo=datetime.UTC)
    day = datetime.date(2026, 12, 3)
    clock.move_to(later, tick=False)

    row = move_event(
        event, when={"start_date": day, "end_date": day}, by=person, now=later
    )

    assert (row.status, row.cancel_reason, row.cancelled_at) == ("confirmed", "", None)
    assert row.previous_start_at == event.start_at
    state = CalendarState.objects.get()
    assert state.sequence == 2
    assert "STATUS:CONFIRMED" in state.fragments["fr"]


def test_postponed_date_that_is_over_is_not_restored(event, person):
    postpone_event(event, reason="Tempête.", by=person, now=NOW)
    later = NOW + datetime.timedelta(days=60)

    with pytest.raises(AlreadyOver):
        restore_event(event, by=person, now=later)


def test_date_that_takes_place_is_not_restored(event, person):
    with pytest.raises(NotCalledOff):
        restore_event(event, by=person, now=NOW)


@pytest.mark.parametrize("call_off", [cancel_event, postpone_event])
def test_restored_date_takes_place(event, person, call_off):
    call_off(event, reason="Tempête.", by=person, now=NOW)

    row = restore_event(event, by=person, now=NOW)

    assert (row.status, row.cancel_reason) == (EventStatus.CONFIRMED, "")


def test_restoring_asks_for_the_same_right(event, person):
    cancel_event(event, reason="", by=person, now=NOW)

    for other in (personas.other_member(), personas.editor()):
        with pytest.raises(NotSpeaker):
            restore_event(event, by=other, now=NOW)


def test_postponing_ends_the_moderation(person):
    event = draft_of(person)
    event.latest_revision.publish()
    revise_draft(
        event, values=values(event.host, title="Autre titre"), by=person, now=NOW,
        seen_revision=Event.objects.get().latest_revision_id,
    )  # fmt: skip
    submit_record(event, by=person, now=NOW)

    row = postpone_event(event, reason="", by=person, now=NOW)

    assert Event.objects.get(pk=row.pk).current_workflow_state is None


def test_new_place_empties_what_it_does_not_give(event, person):
    Event.objects.update(
        room="Salle 2", venue_latitude=48.5, venue_longitude=-2.7, department="22"
    )
    space = SpaceFactory(name="La Minoterie", city="Concarneau", postcode="29900")

    row = replace_place(event, where={"venue": space}, by=person, now=NOW)

    assert (row.place_name, row.room, row.place_city) == (
        "La Minoterie",
        "",
        "Concarneau",
    )
    assert (row.venue_name, row.venue_latitude) == ("", None)
    row.refresh_from_db()
    assert row.department == "29"
    assert "minoterie" in row.folded_text


def test_place_overseas_keeps_the_hour_on_its_wall(event, person):
    first = event.start_at
    space = SpaceFactory(zone="Indian/Reunion")

    row = replace_place(event, where={"venue": space}, by=person, now=NOW)

    assert (row.start_time, row.zone) == (datetime.time(18, 30), "Indian/Reunion")
    assert first - row.start_at == datetime.timedelta(hours=3)
    assert row.previous_start_at == first


def test_place_online_keeps_no_address(event, person):
    row = replace_place(
        event, where={"online_url": "https://visio.example/soupe"}, by=person, now=NOW
    )

    assert (row.place_name, row.place_city, row.online_url) == (
        "",
        "",
        "https://visio.example/soupe",
    )


def test_date_without_place_nor_link_is_refused(event, person):
    with pytest.raises(NoPlace):
        replace_place(event, where={}, by=person, now=NOW)


def test_same_place_is_refused(event, person):
    names = ("venue_name", "venue_street", "venue_postcode", "venue_city")
    where = {name: getattr(event, name) for name in names}

    with pytest.raises(SamePlace):
        replace_place(event, where=where, by=person, now=NOW)


def test_place_with_a_bad_post_code_is_refused(event, person):
    with pytest.raises(ValidationError) as caught:
        replace_place(
            event, where=ELSEWHERE | {"venue_postcode": "29"}, by=person, now=NOW
        )

    assert list(caught.value.message_dict) == ["venue_postcode"]


@pytest.mark.parametrize(
    ("name", "column"), [("move", "start_date"), ("place", "venue_name")]
)
def test_older_draft_does_not_undo_the_change(event, person, name, column):
    revision = event.save_revision()
    row = CHANGES[name](event, person)

    revision.publish()

    stored = Event.objects.get()
    assert getattr(stored, column) == getattr(row, column) != getattr(event, column)
    assert stored.previous_start_at == row.previous_start_at


@pytest.mark.parametrize("name", ["move", "place"])
def test_text_opened_before_the_change_does_not_undo_it(person, name):
    event = draft_of(person)
    event.latest_revision.publish()
    opened = Event.objects.get()
    CHANGES[name](event, person)

    with pytest.raises(ChangedByService) as caught:
        revise_draft(
            event, values=values(event.host), by=person, now=NOW,
            seen_revision=opened.latest_revision_id,
            seen_service_edit=opened.last_service_edit,
        )  # fmt: skip

    assert caught.value.latest == opened.latest_revision


def test_registrations_outlive_a_cancellation(event, person):
    registration = register_person(event, "maelle@hub.test")

    cancel_event(event, reason="", by=person, now=NOW)
    restore_event(event, by=person, now=NOW)

    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.CONFIRMED
