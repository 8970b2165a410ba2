"""The first year of a space, against tables computed by hand."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, strategies as st

from resources.domain.first_year import (
    Hypotheses,
    NothingToSell,
    Offer,
    OfferKind,
    Subsidy,
    find_break_even,
    simulate_first_year,
    take_percentage,
)

# Five desks at 120 € a month and two at 10 € a day, twenty days: 600 € + 400 € when full.
VILLAGE = Hypotheses(
    offers=[Offer(OfferKind.PERMANENT, 5, 120_00), Offer(OfferKind.DAY, 2, 10_00)],
    occupancy=[10, 10, 20, 20, 30, 30, 40, 40, 50, 50, 60, 60],
    open_days=20,
    rent=300_00,
    charges=100_00,
    staff=0,
    equipment=1_500_00,
    opening_cash=1_000_00,
    subsidies=[Subsidy(1_200_00, 6), Subsidy(800_00, None)],
)
# In euros: month, occupancy, sales by month, sales by day, subsidies, costs, cash.
VILLAGE_TABLE = [
    (1, 10, 60, 40, 0, 1900, -800),
    (2, 10, 60, 40, 0, 400, -1100),
    (3, 20, 120, 80, 0, 400, -1300),
    (4, 20, 120, 80, 0, 400, -1500),
    (5, 30, 180, 120, 0, 400, -1600),
    (6, 30, 180, 120, 1200, 400, -500),
    (7, 40, 240, 160, 0, 400, -500),
    (8, 40, 240, 160, 0, 400, -500),
    (9, 50, 300, 200, 0, 400, -400),
    (10, 50, 300, 200, 0, 400, -300),
    (11, 60, 360, 240, 0, 400, -100),
    (12, 60, 360, 240, 0, 400, 100),
]
# One desk at 99.99 € and one room at 12.35 € the half day, twenty-one days (518.70 €).
CENTS = Hypotheses(
    offers=[Offer(OfferKind.PERMANENT, 1, 99_99), Offer(OfferKind.ROOM, 1, 12_35)],
    occupancy=[0, 1, 33, 50, 67, 99, 100, 100, 100, 100, 100, 100],
    open_days=21,
    rent=400_00,
    charges=55_55,
    staff=100_00,
)
# In cents: sales of the desk, sales of the room, cash.
CENTS_TABLE = [
    (0, 0, -555_55),
    (1_00, 5_19, -1_104_91),  # 0.9999 and 5.187
    (33_00, 171_17, -1_456_29),  # 32.9967 and 171.171
    (50_00, 259_35, -1_702_49),  # 49.995, half a cent up
    (66_99, 347_53, -1_843_52),  # 66.9933 and 347.529
    (98_99, 513_51, -1_786_57),  # 98.9901 and 513.513
    (99_99, 518_70, -1_723_43),
    (99_99, 518_70, -1_660_29),
    (99_99, 518_70, -1_597_15),
    (99_99, 518_70, -1_534_01),
    (99_99, 518_70, -1_470_87),
    (99_99, 518_70, -1_407_73),
]


def test_year_is_the_table_computed_by_hand():
    year = simulate_first_year(VILLAGE)
    rows = [
        (one.number, one.occupancy, *one.sales, one.subsidies, one.costs, one.cash)
        for one in year.months
    ]
    assert rows == [
        (number, rate, *(100 * euros for euros in amounts))
        for number, rate, *amounts in VILLAGE_TABLE
    ]


def test_year_says_its_three_numbers():
    year = simulate_first_year(VILLAGE)
    assert year.break_even == 400
    assert (year.lowest.number, year.lowest.cash) == (5, -1_600_00)
    assert year.balance == -900_00
    assert (year.sales, year.subsidies, year.costs) == (4_200_00, 1_200_00, 6_300_00)
    assert year.sales_by_offer == (2_520_00, 1_680_00)
    assert (year.late_subsidies, year.full_shortfall) == (800_00, 0)


def test_cents_are_rounded_offer_by_offer():
    year = simulate_first_year(CENTS)
    assert [(*one.sales, one.cash) for one in year.months] == CENTS_TABLE
    # 555.55 of 618.69 is 0.89794…
    assert year.break_even == 898


def test_first_of_equal_low_points_is_named():
    flat = dataclasses.replace(
        VILLAGE, occupancy=[40] * 12, equipment=0, subsidies=[], opening_cash=0
    )
    assert simulate_first_year(flat).lowest.number == 1


def test_even_a_full_space_may_not_pay_for_itself():
    year = simulate_first_year(dataclasses.replace(VILLAGE, rent=1_000_00))
    assert (year.break_even, year.full_shortfall) == (None, 100_00)


@pytest.mark.parametrize(
    ("full_month", "costs", "rate"),
    [
        (1_000_00, 0, 0),
        (1_000_00, 1, 1),  # rounded up
        (1_000_00, 400_00, 400),
        (3_00, 1_00, 334),
        (1_000_00, 1_000_00, 1000),
        (1_000_00, 1_000_01, None),
    ],
)
def test_break_even_is_rounded_up(full_month, costs, rate):
    assert find_break_even(full_month, costs) == rate


@pytest.mark.parametrize(
    "change",
    [
        {"rent": -1},
        {"charges": -1},
        {"staff": -1},
        {"equipment": -1},
        {"opening_cash": -1},
        {"occupancy": [50] * 11},
        {"occupancy": [50] * 11 + [101]},
        {"occupancy": [-1] + [50] * 11},
        {"open_days": 0},
        {"open_days": 32},
    ],
    ids=str,
)
def test_senseless_hypotheses_are_refused(change):
    with pytest.raises(ValueError, match=r"negative|twelve|occupancy|open days"):
        dataclasses.replace(VILLAGE, **change)


@pytest.mark.parametrize(
    "offers",
    [
        [],
        [Offer(OfferKind.DAY, 0, 10_00)],
        [Offer(OfferKind.DAY, 6, 0), Offer(OfferKind.PERMANENT, 0, 150_00)],
    ],
    ids=["no offer", "no desk", "free desks"],
)
def test_space_that_sells_nothing_is_refused(offers):
    with pytest.raises(NothingToSell):
        dataclasses.replace(VILLAGE, offers=offers)


def test_senseless_parts_are_refused():
    for make in (
        lambda: Offer(OfferKind.DAY, -1, 10_00),
        lambda: Offer(OfferKind.DAY, 1, -10_00),
        lambda: Subsidy(-1, 1),
        lambda: Subsidy(1, 0),
        lambda: Subsidy(1, 13),
    ):
        with pytest.raises(ValueError, match=r"negative|no month"):
            make()


amounts = st.integers(0, 10**9)
units = st.integers(0, 500)
months = st.integers(1, 12) | st.none()


@st.composite
def some_hypotheses(draw: st.DrawFn) -> Hypotheses:
    return Hypotheses(
        offers=[
            Offer(OfferKind.PERMANENT, draw(st.integers(1, 500)), 1 + draw(amounts)),
            Offer(OfferKind.DAY, draw(units), draw(amounts)),
            Offer(OfferKind.ROOM, draw(units), draw(amounts)),
        ],
        occupancy=draw(st.lists(st.integers(0, 100), min_size=12, max_size=12)),
        open_days=draw(st.integers(1, 31)),
        rent=draw(amounts),
        charges=draw(amounts),
        staff=draw(amounts),
        equipment=draw(amounts),
        opening_cash=draw(amounts),
        subsidies=draw(st.lists(st.builds(Subsidy, amounts, months), max_size=3)),
    )


@given(some_hypotheses())
def test_no_cent_is_lost(hypotheses):
    year = simulate_first_year(hypotheses)
    assert year.months[-1].cash == hypotheses.opening_cash + year.balance
    assert sum(one.balance for one in year.months) == year.balance
    assert sum(year.sales_by_offer) == year.sales
    given_money = sum(one.amount for one in hypotheses.subsidies)
    assert year.subsidies + year.late_subsidies == given_money


@given(some_hypotheses())
def test_low_point_is_the_lowest_and_the_first(hypotheses):
    year = simulate_first_year(hypotheses)
    cash = [one.cash for one in year.months]
    assert year.lowest.cash == min(cash)
    assert year.lowest.number == cash.index(min(cash)) + 1


@given(some_hypotheses())
def test_break_even_is_the_least_rate_that_pays(hypotheses):
    rate = simulate_first_year(hypotheses).break_even
    full, costs = hypotheses.full_month, hypotheses.running_costs
    if rate is None:
        assert full < costs
    else:
        assert full * rate >= costs * 1000
        assert rate == 0 or full * (rate - 1) < costs * 1000


@given(some_hypotheses(), st.integers(0, 11))
def test_fuller_month_never_leaves_less(hypotheses, place):
    rates = list(hypotheses.occupancy)
    rates[place] = 100
    fuller = dataclasses.replace(hypotheses, occupancy=rates)
    before, after = simulate_first_year(hypotheses), simulate_first_year(fuller)
    for one, other in zip(before.months, after.months, strict=True):
        assert other.cash >= one.cash


@given(some_hypotheses(), st.integers(1, 12), st.integers(1, 12), amounts)
def test_subsidy_that_comes_later_changes_the_way_not_the_end(
    hypotheses, month, other_month, amount
):
    early, late = sorted((month, other_month))
    years = [
        simulate_first_year(
            dataclasses.replace(hypotheses, subsidies=[Subsidy(amount, when)])
        )
        for when in (early, late)
    ]
    assert years[0].months[-1].cash == years[1].months[-1].cash
    assert years[0].lowest.cash >= years[1].lowest.cash


@given(amounts, st.integers(0, 100))
def test_percentage_is_within_half_a_cent(amount, percentage):
    assert abs(100 * take_percentage(amount, percentage) - amount * percentage) <= 50
