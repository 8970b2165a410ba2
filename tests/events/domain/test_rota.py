from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from events.domain.errors import TurnNotHeld
from events.domain.rota import Host, Turn, pass_over, plan, release, swap, take

BEFORE = date(2025, 12, 1)
FIRST = date(2026, 1, 8)


def make_hosts(keys: str = "ABC") -> list[Host[str]]:
    return [Host(key=key) for key in keys]


def make_turns(number: int) -> list[Turn[str]]:
    return [Turn(day=FIRST + timedelta(weeks=4 * n)) for n in range(number)]


def plan_keys(hosts, turns, today: date = BEFORE) -> str:
    return "".join(turn.host or "-" for turn in plan(hosts, turns, today))


def planned(number: int, keys: str = "ABC") -> list[Turn[str]]:
    return plan(make_hosts(keys), make_turns(number), BEFORE)


def test_hosts_come_one_after_the_other_round_after_round():
    assert plan_keys(make_hosts(), make_turns(7)) == "ABCABCA"


def test_order_goes_on_after_the_last_turn_that_is_over():
    turns = planned(2) + make_turns(6)[2:]
    assert plan_keys(make_hosts(), turns, today=turns[2].day) == "ABCABC"
    # A new order counts from the turns to come.
    assert plan_keys(make_hosts("CBA"), turns, today=turns[2].day) == "ABACBA"


def test_s11_cancelled_date_does_not_shift_the_rota():
    turns = make_turns(6)
    turns[1] = replace(turns[1], cancelled=True)
    assert plan_keys(make_hosts(), turns) == "ABCABC"


def test_date_cancelled_after_planning_keeps_its_host_whoever_leaves():
    turns = planned(4)
    turns[1] = replace(turns[1], cancelled=True)
    turns = release(turns, "B", FIRST)
    hosts = [Host(key="A"), Host(key="B", left_on=FIRST), Host(key="C")]
    assert plan_keys(hosts, turns) == "ABCA"


def test_host_who_leaves_is_passed_over_from_that_day_on():
    turns = make_turns(6)
    hosts = [Host(key="A"), Host(key="B", left_on=turns[4].day), Host(key="C")]
    assert plan_keys(hosts, turns) == "ABCACA"
    assert plan_keys(hosts, turns, today=FIRST) == "ABCACA"


def test_host_who_left_still_tells_who_follows():
    turns = planned(2) + make_turns(5)[2:]
    hosts = [Host(key="A"), Host(key="B", left_on=turns[2].day), Host(key="C")]
    assert plan_keys(hosts, turns, today=turns[2].day) == "ABCAC"


def test_host_who_joins_waits_for_the_end_of_the_round():
    turns = make_turns(8)
    hosts = [*make_hosts(), Host(key="D", joined_on=turns[3].day)]
    assert plan_keys(hosts, turns) == "ABCDABCD"
    late = [*make_hosts(), Host(key="D", joined_on=turns[4].day)]
    assert plan_keys(late, turns) == "ABCABCDA"


def test_host_of_a_whole_month_is_there_at_its_end():
    turn = Turn(day=date(2026, 11, 1), whole_month=True)
    leaving = Host(key="A", left_on=date(2026, 11, 15))
    joining = Host(key="B", joined_on=date(2026, 11, 15))
    assert plan_keys([leaving, joining], [turn]) == "B"
    assert turn.last_day == date(2026, 11, 30)


def test_month_that_runs_keeps_its_host_and_finds_a_missing_one():
    november = Turn(day=date(2026, 11, 1), whole_month=True)
    today = date(2026, 11, 10)
    held = replace(november, host="C", place_of="C")
    assert plan_keys(make_hosts(), [held], today) == "C"
    assert plan_keys(make_hosts(), [november], today) == "A"
    assert plan_keys(make_hosts(), [november], date(2026, 12, 1)) == "-"


def test_turn_of_today_does_not_change_hands():
    turns = planned(3)
    assert plan_keys(make_hosts("CAB"), turns, today=FIRST) == "ABC"
    assert plan_keys(make_hosts("CBA"), turns, today=FIRST) == "ACB"


def test_turn_taken_by_hand_moves_nobody_else():
    turns = planned(6)
    turns[1] = take(turns[1], "C")
    assert plan_keys(make_hosts(), turns) == "ACCABC"


def test_turn_taken_back_follows_the_order_again():
    turns = planned(6)
    turns[1] = take(take(turns[1], "C"), "B")
    assert turns == planned(6)


def test_guest_may_take_a_turn():
    turns = planned(4)
    turns[1] = take(turns[1], "Z")
    assert plan_keys(make_hosts(), turns) == "AZCA"


def test_host_passed_over_once_waits_for_the_next_round():
    turns = planned(6)
    turns[1] = pass_over(turns[1], "B")
    assert plan_keys(make_hosts(), turns) == "ACABCA"


def test_passing_over_somebody_else_leaves_the_host():
    turns = planned(3)
    turns[1] = pass_over(take(turns[1], "C"), "A")
    assert (turns[1].host, turns[1].fixed) == ("C", True)


def test_passing_over_everybody_leaves_a_turn_without_host():
    turns = make_turns(3)
    for key in "ABC":
        turns[1] = pass_over(turns[1], key)
    assert plan_keys(make_hosts(), turns) == "A-B"


def test_rota_without_hosts_leaves_turns_empty():
    assert plan_keys([], make_turns(2)) == "--"


def test_swap_moves_nobody_else():
    turns = planned(6)
    turns[1], turns[3] = swap(turns[1], turns[3])
    assert plan_keys(make_hosts(), turns) == "AACBBC"
    turns[1], turns[3] = swap(turns[1], turns[3])
    assert turns == planned(6)


def test_turns_of_who_leaves_are_given_to_the_next():
    turns = planned(6)
    turns[1], turns[2] = swap(turns[1], turns[2])
    left_on = turns[1].day
    hosts = [Host(key="A"), Host(key="B", left_on=left_on), Host(key="C")]
    # C came in exchange for a turn that B will not host: it counts as C's own.
    assert plan_keys(hosts, release(turns, "B", left_on)) == "ACACAC"


def test_release_leaves_what_comes_before():
    turns = planned(5)
    assert [turn.host for turn in release(turns, "B", turns[2].day)] == [
        "A",
        "B",
        "C",
        "A",
        None,
    ]


@pytest.mark.parametrize(
    "turn",
    [
        Turn(day=FIRST, host="A", place_of="A", cancelled=True),
        Turn(day=FIRST),
    ],
)
def test_turn_that_nobody_holds_is_not_swapped(turn):
    other = Turn(day=date(2026, 5, 1), host="B", place_of="B")
    for pair in ((turn, other), (other, turn)):
        with pytest.raises(TurnNotHeld) as refusal:
            swap(*pair)
        assert refusal.value.day == FIRST


@pytest.mark.parametrize("change", [take, pass_over])
def test_cancelled_turn_does_not_change_hands(change):
    with pytest.raises(TurnNotHeld):
        change(Turn(day=FIRST, host="A", place_of="A", cancelled=True), "B")


keys = st.lists(st.integers(0, 20), unique=True, min_size=1, max_size=8)


@st.composite
def lived_rotas(draw: st.DrawFn) -> tuple[list[Host[int]], list[Turn[int]], date]:
    """Hosts who come and go, turns as people left them, and a day."""
    span = st.dates(FIRST, FIRST + timedelta(days=500))
    hosts = [
        Host(key=key, joined_on=draw(st.none() | span), left_on=draw(st.none() | span))
        for key in draw(keys)
    ]
    turns = plan(hosts, make_turns(draw(st.integers(2, 15))), BEFORE)
    for index, turn in enumerate(turns):
        change = draw(st.sampled_from(("", "", "take", "pass", "cancel", "swap")))
        key = draw(st.sampled_from(hosts)).key
        if turn.cancelled:
            continue
        if change == "take":
            turns[index] = take(turn, key)
        if change == "pass":
            turns[index] = pass_over(turn, key)
        if change == "cancel":
            turns[index] = replace(turn, cancelled=True)
        if change == "swap" and index:
            with suppress(TurnNotHeld):
                turns[index - 1 : index + 1] = swap(turns[index - 1], turn)
    return hosts, turns, draw(span)


@given(lived_rotas())
def test_planning_again_changes_nothing(rota):
    hosts, turns, today = rota
    once = plan(hosts, turns, today)
    assert plan(hosts, once, today) == once


@given(lived_rotas(), keys)
def test_what_is_over_or_chosen_never_changes(rota, others):
    hosts, turns, today = rota
    for new_hosts in (hosts, hosts[::-1], [Host(key=key) for key in others]):
        for before, after in zip(turns, plan(new_hosts, turns, today), strict=True):
            if before.day < today or (before.fixed and before.host is not None):
                assert after == before


@given(lived_rotas())
def test_host_found_is_there_and_not_passed_over(rota):
    hosts, turns, today = rota
    there = {host.key: host for host in hosts}
    for before, after in zip(turns, plan(hosts, turns, today), strict=True):
        if after != before and after.host is not None:
            assert there[after.host].is_there(after.day)
            assert after.host not in after.passed_over


@given(keys, st.integers(0, 12), st.data())
def test_everybody_hosts_once_in_a_round(order, past, data):
    hosts = [Host(key=key) for key in order]
    turns = plan(hosts, make_turns(past + 2 * len(order)), BEFORE)
    today = turns[past].day
    start = data.draw(st.integers(0, len(turns) - len(order)))
    round_ = plan(hosts, turns, today)[start : start + len(order)]
    assert sorted(turn.host for turn in round_) == sorted(order)


@given(keys, st.sets(st.integers(0, 19)), st.sets(st.integers(0, 19)))
def test_s11_cancelling_shifts_nobody(order, before, after):
    hosts = [Host(key=key) for key in order]
    expected = [turn.host for turn in plan(hosts, make_turns(20), BEFORE)]
    turns = make_turns(20)
    for cancelled in (before, before | after, after):
        turns = [
            replace(turn, cancelled=index in cancelled)
            for index, turn in enumerate(turns)
        ]
        turns = plan(hosts, turns, BEFORE)
        assert [turn.host for turn in turns] == expected
