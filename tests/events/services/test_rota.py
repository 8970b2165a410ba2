"""Dates that change hands: what the rows hold after each action."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from hypothesis import given, settings as hypothesis_settings, strategies as st
from hypothesis.extra.django import TestCase

from events.models import CalendarState, Event, RotaHost, Turn
from events.services.cancel import cancel_event
from events.services.refusals import NotSpeaker
from events.services.rota import (
    carry_rota,
    find_slot,
    hand_over,
    leave_rota,
    list_slots,
    plan_rota,
    skip_turn,
    swap_hosts,
    take_date,
)
from events.services.rota.refusals import (
    AlreadyHost,
    HostChanged,
    NobodyElse,
    NotInRota,
    NotKeeper,
    SameSlot,
    TurnCancelled,
    TurnOver,
)
from tests import personas
from tests.events.rota_site import (
    NOW,
    THURSDAYS,
    add_date,
    dates_of,
    hosts_of,
    make_months,
    make_rota,
    space,
    speaker,
)
from tests.factories.events import SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def planned():
    series = make_rota()
    plan_rota(series, now=NOW)
    return series


def take(series, number, name, *, by=None):
    event = dates_of(series)[number]
    return take_date(
        event,
        space=space(name),
        seen_host=event.host_id,
        by=by or speaker(name),
        now=NOW,
    )


def snapshot(series):
    return [
        (
            event.host.name,
            event.rota_host and event.rota_host.name,
            event.host_is_chosen,
        )
        for event in dates_of(series)
    ]


def test_hosts_come_in_turn_and_receive_at_home(planned):
    assert hosts_of(planned) == "ABCABC"
    assert [event.venue.name for event in dates_of(planned)] == list("ABCABC")
    assert [event.rota_host.name for event in dates_of(planned)] == list("ABCABC")
    assert not any(event.host_is_chosen for event in dates_of(planned))


def test_planning_twice_changes_nothing(planned, django_assert_max_num_queries):
    states = list(CalendarState.objects.values_list("sequence", "modified_at"))
    edits = [event.service_edits for event in dates_of(planned)]

    with django_assert_max_num_queries(11):
        assert plan_rota(planned, now=NOW) == []

    assert list(CalendarState.objects.values_list("sequence", "modified_at")) == states
    assert [event.service_edits for event in dates_of(planned)] == edits


def test_s11_cancelled_date_does_not_shift_the_rota(planned):
    cancel_event(dates_of(planned)[1], by=speaker("B"), reason="Malade", now=NOW)

    assert plan_rota(planned, now=NOW) == []
    add_date(planned, datetime.date(2027, 5, 13))
    plan_rota(planned, now=NOW)

    assert hosts_of(planned) == "ABCABCA"
    assert dates_of(planned)[1].status == "cancelled"
    assert dates_of(planned)[1].rota_host == space("B")


def test_s11_date_cancelled_before_the_rota_began_uses_up_a_turn():
    series = make_rota()
    cancel_event(dates_of(series)[1], by=personas.moderator(), reason="", now=NOW)
    plan_rota(series, now=NOW)
    assert hosts_of(series) == "ABCABC"


def test_series_without_hosts_is_left_alone():
    series = make_rota("")
    assert plan_rota(series, now=NOW) == []
    assert hosts_of(series) == "GGGGGG"


def test_rota_goes_on_after_the_last_date_that_is_over(planned):
    later = datetime.datetime(2026, 12, 20, 9, 0, tzinfo=datetime.UTC)
    add_date(planned, datetime.date(2027, 5, 13))
    plan_rota(planned, now=later)
    assert hosts_of(planned) == "ABCABCA"


def test_moved_date_keeps_its_turn(planned):
    event = dates_of(planned)[1]
    event.start_date = event.end_date = datetime.date(2027, 2, 20)
    event.save()
    assert plan_rota(planned, now=NOW) == []
    assert hosts_of(planned) == "ABCABC"


def test_extra_date_takes_nobody_s_turn(planned):
    add_date(planned, THURSDAYS[0], recurrence_key="20261112+1")
    assert plan_rota(planned, now=NOW) == []
    assert find_slot(planned, "20261112+1") is None
    assert len(list_slots(planned, now=NOW)) == 6


def test_host_of_a_date_changed_by_hand_stays(planned):
    event = dates_of(planned)[2]
    event.host, event.overridden_fields = SpaceFactory(name="Z"), ["host"]
    event.save()
    plan_rota(planned, now=NOW)
    assert hosts_of(planned) == "ABZABC"


def test_taking_a_date_moves_nobody_else(planned):
    take(planned, 1, "C")

    assert snapshot(planned) == [
        ("A", "A", False), ("C", "B", True), ("C", "C", False),
        ("A", "A", False), ("B", "B", False), ("C", "C", False),
    ]  # fmt: skip
    event = dates_of(planned)[1]
    assert event.venue == space("C")
    assert event.overridden_fields == ["host"]
    assert event.calendar_state.sequence == 2
    assert "LOCATION:C" in event.calendar_state.fragments["fr"]
    assert plan_rota(planned, now=NOW) == []


def test_date_taken_back_follows_the_order_again(planned):
    take(planned, 1, "C")
    take(planned, 1, "B")
    assert snapshot(planned)[1] == ("B", "B", False)
    assert dates_of(planned)[1].overridden_fields == []


def test_older_draft_does_not_undo_a_hand_over(planned):
    event = dates_of(planned)[1]
    event.title = "Un texte en cours"
    revision = event.save_revision()
    take(planned, 1, "C")

    revision.publish()

    event.refresh_from_db()
    assert (event.title, event.host, event.venue) == (
        "Un texte en cours", space("C"), space("C"),
    )  # fmt: skip
    assert (event.rota_host, event.host_is_chosen) == (space("B"), True)


def test_date_held_elsewhere_keeps_its_place(planned):
    event = dates_of(planned)[1]
    event.venue, event.venue_name, event.venue_city = None, "Chez Paulette", "Carhaix"
    event.save()
    take(planned, 1, "C")
    event.refresh_from_db()
    assert (event.host, event.venue, event.place_name) == (
        space("C"), None, "Chez Paulette",
    )  # fmt: skip


def test_date_held_in_a_third_space_keeps_its_place(planned):
    event = dates_of(planned)[1]
    event.venue, event.overridden_fields = space("A"), ["where"]
    event.save()
    take(planned, 1, "C")
    event.refresh_from_db()
    assert (event.venue, event.overridden_fields) == (space("A"), ["host", "where"])


def test_skipping_lets_the_next_host_take_over(planned):
    event = dates_of(planned)[1]
    skip_turn(event, seen_host=event.host_id, by=speaker("B"), now=NOW)
    assert hosts_of(planned) == "ACABCA"
    assert plan_rota(planned, now=NOW) == []
    assert snapshot(planned)[1] == ("C", "C", True)


def test_only_host_cannot_skip():
    series = make_rota("A")
    plan_rota(series, now=NOW)
    event = dates_of(series)[0]
    with pytest.raises(NobodyElse):
        skip_turn(event, seen_host=event.host_id, by=speaker("A"), now=NOW)
    assert hosts_of(series) == "AAAAAA"


def swap(series, first, second, *, by):
    mine, theirs = dates_of(series)[first], dates_of(series)[second]
    seen = (mine.host_id, theirs.host_id)
    return swap_hosts(mine, theirs, seen_hosts=seen, by=by, now=NOW)


def test_swapping_moves_nobody_else(planned):
    swap(planned, 0, 1, by=speaker("A"))
    assert hosts_of(planned) == "BACABC"
    assert [event.venue.name for event in dates_of(planned)] == list("BACABC")
    assert plan_rota(planned, now=NOW) == []


def test_swap_undone_leaves_nothing(planned):
    before = snapshot(planned)
    swap(planned, 0, 1, by=(person := speaker("A")))
    swap(planned, 1, 0, by=person)
    assert snapshot(planned) == before


def test_swap_with_oneself_is_refused(planned):
    person = speaker("A")
    for other in (0, 3):
        with pytest.raises(SameSlot):
            swap(planned, 0, other, by=person)
    assert hosts_of(planned) == "ABCABC"


def test_keepers_hand_a_date_to_any_space(planned):
    event, guest = dates_of(planned)[1], SpaceFactory(name="Z")
    hand_over(event, to=guest, seen_host=event.host_id, by=speaker("Gardien"), now=NOW)
    assert hosts_of(planned) == "AZCABC"


def test_nobody_acts_for_another(planned):
    event, other = dates_of(planned)[1], speaker("A")
    seen = event.host_id
    with pytest.raises(NotSpeaker):
        skip_turn(event, seen_host=seen, by=other, now=NOW)
    with pytest.raises(NotSpeaker):
        take_date(event, space=space("C"), seen_host=seen, by=other, now=NOW)
    with pytest.raises(NotKeeper):
        hand_over(event, to=space("A"), seen_host=seen, by=other, now=NOW)
    with pytest.raises(NotSpeaker):
        swap(planned, 1, 2, by=other)
    with pytest.raises(NotSpeaker):
        leave_rota(planned, space=space("B"), by=other, now=NOW)
    assert hosts_of(planned) == "ABCABC"


def test_moderator_acts_for_all(planned):
    person = personas.moderator()
    event = dates_of(planned)[1]
    skip_turn(event, seen_host=event.host_id, by=person, now=NOW)
    swap(planned, 0, 1, by=person)
    assert hosts_of(planned) == "CAABCA"


def test_space_outside_the_rota_takes_nothing(planned):
    SpaceFactory(name="Z")
    with pytest.raises(NotInRota):
        take(planned, 1, "Z")


def test_host_that_has_it_cannot_take_it(planned):
    with pytest.raises(AlreadyHost):
        take(planned, 1, "B")


def test_second_of_two_is_told_who_has_it(planned):
    event = dates_of(planned)[1]
    stale = Event.objects.get(pk=event.pk)
    take(planned, 1, "C")
    with pytest.raises(HostChanged) as refusal:
        take_date(
            stale, space=space("A"), seen_host=stale.host_id, by=speaker("A"), now=NOW
        )
    assert str(refusal.value) == (
        "Le tour a changé pendant que vous lisiez\xa0: cette date revient maintenant à "
        "C. Rien n’a été enregistré."
    )
    assert hosts_of(planned) == "ACCABC"


def test_past_and_cancelled_dates_do_not_change_hands(planned):
    begun = datetime.datetime(2026, 11, 12, 18, 0, tzinfo=datetime.UTC)
    event, person = dates_of(planned)[0], speaker("A")
    with pytest.raises(TurnOver):
        skip_turn(event, seen_host=event.host_id, by=person, now=begun)
    cancel_event(event, by=person, reason="", now=NOW)
    with pytest.raises(TurnCancelled):
        skip_turn(event, seen_host=event.host_id, by=person, now=NOW)


def test_months_without_a_day_take_turns_too():
    series = make_rota(dates=0)
    make_months(series, 1, 2, 3)
    plan_rota(series, now=NOW)
    turn = Turn.objects.get(month=datetime.date(2027, 2, 1))
    assert turn.host == space("B")
    take_date(turn, space=space("C"), seen_host=turn.host_id, by=speaker("C"), now=NOW)
    found = Turn.objects.order_by("month").values_list("host__name", "rota_host__name")
    assert list(found) == [("A", "A"), ("C", "B"), ("C", "C")]


def test_rota_goes_on_in_the_series_that_takes_over(planned):
    after = SeriesFactory(title="Suite", host=planned.host, continues=planned)
    carry_rota(planned, after)
    add_date(after, datetime.date(2027, 5, 13))
    Event.objects.filter(series=planned, start_date__gte=THURSDAYS[4]).update(
        series=after
    )
    plan_rota(after, now=NOW)
    assert hosts_of(after) == "BCA"


class EverybodyHostsOnce(TestCase):
    """With stable hosts, each round of as many dates has everybody once."""

    @given(size=st.integers(1, 5), cancelled=st.sets(st.integers(0, 11), max_size=4))
    @hypothesis_settings(max_examples=15, deadline=None)
    def test_each_round(self, size, cancelled):
        series = SeriesFactory()
        for position in range(size):
            RotaHost.objects.create(
                series=series,
                space=SpaceFactory(name=str(position)),
                position=position,
                joined_on=datetime.date(2026, 1, 1),
            )
        first = datetime.date(2026, 12, 3)
        for number in range(12):
            day = first + datetime.timedelta(weeks=number)
            add_date(
                series,
                day,
                live=False,
                status="cancelled" if number in cancelled else "confirmed",
            )
        plan_rota(series, now=NOW)
        hosts = [event.host_id for event in dates_of(series)]
        for start in range(0, 12 - 12 % size, size):
            assert len(set(hosts[start : start + size])) == size
