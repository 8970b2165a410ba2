"""Where a project stands, its tree of objectives, what its sources say."""

from __future__ import annotations

import datetime

import pytest

from resources.domain.partial_dates import Span, read_partial_date
from resources.domain.projects import (
    ProjectState,
    Reading,
    Saying,
    Total,
    UnreadableNumber,
    add_up,
    find_parent,
    find_state,
    find_whole_span,
    grow_tree,
    list_misplaced,
    list_overlapping,
    list_repeated,
    list_unserved,
    read_numbers,
)

DAY = datetime.date(2026, 11, 23)


def spans(*pairs):
    return [
        Span(read_partial_date(start), read_partial_date(end) if end else None)
        for start, end in pairs
    ]


@pytest.mark.parametrize(
    ("phases", "state"),
    [
        ([], ProjectState.UNDATED),
        ([("2011", "2012"), ("2013", "2014")], ProjectState.FINISHED),
        ([("2027", "2028")], ProjectState.PLANNED),
        ([("2026-11-24", "")], ProjectState.PLANNED),
        ([("2026-11-23", "")], ProjectState.UNDER_WAY),
        ([("2025", "2026")], ProjectState.UNDER_WAY),
        ([("2025", "2026-11-22")], ProjectState.FINISHED),
        ([("2025", "2026-11-23")], ProjectState.UNDER_WAY),
        # Between two phases.
        ([("2025", "2025"), ("2027", "2027")], ProjectState.UNDER_WAY),
        ([("2020", "")], ProjectState.UNDER_WAY),
    ],
)
def test_state_follows_from_the_phases(phases, state):
    assert find_state(spans(*phases), DAY) == state


@pytest.mark.parametrize("halt", ["suspended", "abandoned"])
def test_what_editors_say_goes_before_the_dates(halt):
    assert find_state(spans(("2026", "2027")), DAY, halt=halt) == halt


@pytest.mark.parametrize(
    ("phases", "whole"),
    [
        ([("2013", "2014"), ("2011", "2012")], ("2011", "2014")),
        ([("2011-03", "2012-05"), ("2012-06", "2012")], ("2011-03", "2012")),
        ([("2011", "2012"), ("2013", "")], ("2013", "")),
    ],
)
def test_whole_span_goes_from_the_first_day_to_the_last(phases, whole):
    [expected] = spans(("2011", "") if not whole[1] else whole)
    assert find_whole_span(spans(*phases)) == expected


def test_project_without_phases_has_no_span():
    assert find_whole_span([]) is None


def test_phases_out_of_order_and_overlapping_are_told_apart():
    phases = spans(
        ("2013", "2014-06"), ("2011", "2012"), ("2012-06", "2016"), ("2015", "2017")
    )
    assert list_misplaced(phases) == [1]
    # Nobody can tell whether the third begins before the second ends, in 2012.
    assert list_overlapping(phases) == [3]
    assert list_misplaced(spans(("2011", "2012"), ("2013", "2014"))) == []
    assert list_overlapping(spans(("2011", "2012"), ("2013", "2014"))) == []


def test_numbers_are_read_as_they_are_typed():
    assert read_numbers("1.2, 3;1.2  2.10.4") == ["1.2", "3", "2.10.4"]
    assert read_numbers(" ") == []


@pytest.mark.parametrize(
    "text", ["1.", "0", "1.0", "a", "1..2", "-1", "1.2.3.4.5", "²"]
)
def test_what_numbers_nothing_is_refused(text):
    with pytest.raises(UnreadableNumber):
        read_numbers(f"1, {text}")


def test_parent_is_the_number_without_its_end():
    assert [find_parent(one) for one in ("1", "1.2", "1.2.10")] == ["", "1", "1.2"]


def test_repeated_numbers_are_named():
    assert list_repeated(["1", "2", "1", None, None]) == {"1", None}


def draw(tree):
    return [(one.number, draw(one.branches)) for one in tree]


def test_tree_hangs_by_numbers_in_their_order():
    numbers = ["2", "1.10", "1.2", "1", "1.2.1", "10"]
    tree = grow_tree((number, number) for number in numbers)
    assert draw(tree) == [
        ("1", [("1.2", [("1.2.1", [])]), ("1.10", [])]),
        ("2", []),
        ("10", []),
    ]


def test_branch_without_its_parent_hangs_by_the_nearest():
    tree = grow_tree((number, number) for number in ["1", "1.2.1", "3.1"])
    assert draw(tree) == [("1", [("1.2.1", [])]), ("3.1", [])]


def test_objective_is_served_by_what_serves_a_part_of_it():
    numbers = ["1", "1.1", "1.2", "2", "2.1", "3"]
    tree = grow_tree((number, number) for number in numbers)
    assert list_unserved(tree, ["1.1", "3"]) == ["1.2", "2"]
    # Who serves the whole serves its parts.
    assert list_unserved(tree, ["1", "2.1", "3"]) == []


def reading(kept, *values):
    return Reading("x", kept, [Saying(f"s{n}", v) for n, v in enumerate(values)])


def date(text):
    return read_partial_date(text)


@pytest.mark.parametrize(
    ("kept", "values", "is_disputed"),
    [
        (date("2011-10-17"), [date("2011-10-26"), date("2011-10-17")], True),
        (date("2011-10-17"), [date("2011")], False),
        (date("2011-10-17"), [], False),
        (None, [], False),
        (None, [3_804_000, 3_804_000], False),
        (None, [3_804_000, 3_804_001], True),
        (3_804_000, [3_800_000], True),
        ("L’Estran", ["l'estran  "], False),
        ("Région", ["Département"], True),
    ],
)
def test_fact_is_disputed_when_two_values_cannot_both_hold(kept, values, is_disputed):
    assert reading(kept, *values).is_disputed is is_disputed


def test_fact_that_nobody_tells_is_not_told():
    assert [
        reading(None).is_told, reading(1).is_told, reading(None, 1).is_told
    ] == [False, True, True]  # fmt: skip


def test_totals_count_what_is_unknown_apart():
    amounts = [("a", 100), ("b", 950), ("a", None), ("c", None), ("a", 1), ("c", None)]
    totals = add_up(amounts, lambda one: one[0], lambda one: one[1])
    assert totals == [Total("b", 950, 0), Total("a", 101, 1), Total("c", 0, 2)]
    assert [total.is_unknown for total in totals] == [False, False, True]
