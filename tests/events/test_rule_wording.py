from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from events.domain.recurrence import Frequency, Rule
from events.rule_wording import say_rule
from tests.events.domain.rule_oracle import rules
from tests.events.domain.values import monthly, weekly

TUESDAY, THURSDAY, FRIDAY = 1, 3, 4
NO_BREAK = "\u00a0"


def daily(**parts: Any) -> Rule:
    return Rule(frequency=Frequency.DAILY, first_day=date(2026, 1, 1), **parts)


def yearly(first_day: date = date(2026, 6, 21), **parts: Any) -> Rule:
    return Rule(frequency=Frequency.YEARLY, first_day=first_day, **parts)


def all_but(*missing: int) -> tuple[int, ...]:
    return tuple(month for month in range(1, 13) if month not in missing)


def second_thursday(**parts: Any) -> Rule:
    return monthly(nth=2, weekdays=(THURSDAY,), **parts)


def last_friday(**parts: Any) -> Rule:
    return monthly(nth=-1, weekdays=(FRIDAY,), **parts)


# The 1st of January 2026, on which these rules start, is a Thursday.
SENTENCES = [
    (daily(), "chaque jour", "every day"),
    (daily(interval=2), "un jour sur deux", "every other day"),
    (daily(interval=3), "tous les trois jours", "every three days"),
    (weekly(), "chaque jeudi", "every Thursday"),
    (
        weekly(weekdays=(TUESDAY, THURSDAY)),
        "chaque mardi et jeudi",
        "every Tuesday and Thursday",
    ),
    (
        weekly(weekdays=(0, 2, 4)),
        "chaque lundi, mercredi et vendredi",
        "every Monday, Wednesday and Friday",
    ),
    (
        weekly(weekdays=tuple(range(5))),
        "du lundi au vendredi",
        "from Monday to Friday",
    ),
    (weekly(weekdays=tuple(range(7))), "chaque jour", "every day"),
    (weekly(interval=2), "un jeudi sur deux", "every other Thursday"),
    (
        weekly(interval=2, weekdays=(TUESDAY, THURSDAY)),
        "le mardi et le jeudi, une semaine sur deux",
        "on Tuesday and on Thursday, every other week",
    ),
    (
        weekly(interval=3),
        "le jeudi, toutes les trois semaines",
        "on Thursday, every three weeks",
    ),
    (
        weekly(interval=12),
        "le jeudi, toutes les 12 semaines",
        "on Thursday, every 12 weeks",
    ),
    (
        weekly(months=(6, 7, 8)),
        "chaque jeudi, en juin, juillet et août",
        "every Thursday, in June, July and August",
    ),
    (
        second_thursday(),
        "chaque 2ᵉ jeudi du mois",
        "every 2nd Thursday of the month",
    ),
    (
        monthly(nth=1, weekdays=(TUESDAY,), months=all_but(8)),
        "chaque 1ᵉʳ mardi du mois, sauf en août",
        "every 1st Tuesday of the month, except in August",
    ),
    (
        second_thursday(months=all_but(7, 8)),
        "chaque 2ᵉ jeudi du mois, sauf en juillet et août",
        "every 2nd Thursday of the month, except in July and August",
    ),
    (
        second_thursday(months=(1, 5, 9)),
        "le 2ᵉ jeudi, en janvier, mai et septembre",
        "the 2nd Thursday, in January, May and September",
    ),
    (
        second_thursday(interval=3),
        "le 2ᵉ jeudi, tous les trois mois",
        "the 2nd Thursday, every three months",
    ),
    (last_friday(), "le dernier vendredi du mois", "the last Friday of the month"),
    (
        last_friday(interval=2),
        "le dernier vendredi, un mois sur deux",
        "the last Friday, every other month",
    ),
    (
        last_friday(months=(10,)),
        "le dernier vendredi, chaque année en octobre",
        "the last Friday, every year in October",
    ),
    (monthly(month_day=15), "le 15 de chaque mois", "the 15th of each month"),
    (monthly(), "le 1ᵉʳ de chaque mois", "the 1st of each month"),
    (
        monthly(month_day=-1),
        "le dernier jour de chaque mois",
        "the last day of each month",
    ),
    (
        monthly(month_day=22, months=(1, 5, 9)),
        "le 22, en janvier, mai et septembre",
        "the 22nd, in January, May and September",
    ),
    (
        monthly(month_day=13, interval=3),
        "le 13, tous les trois mois",
        "the 13th, every three months",
    ),
    (yearly(), "chaque année le 21 juin", "every year on 21 June"),
    (
        yearly(date(2026, 5, 1)),
        "chaque année le 1ᵉʳ mai",
        "every year on 1 May",
    ),
    (
        yearly(month_day=15, months=(1, 7)),
        "chaque année le 15 janvier et le 15 juillet",
        "every year on 15 January and on 15 July",
    ),
    (
        yearly(interval=2),
        "une année sur deux le 21 juin",
        "every other year on 21 June",
    ),
    (
        yearly(date(2024, 2, 29), interval=4),
        "tous les quatre ans le 29 février",
        "every four years on 29 February",
    ),
    (
        yearly(month_day=-1, months=(2,)),
        "chaque année en février, le dernier jour du mois",
        "every year in February, on the last day of the month",
    ),
    (
        weekly(until=date(2026, 12, 31)),
        "chaque jeudi, jusqu’au 31 décembre 2026",
        "every Thursday, until 31 December 2026",
    ),
    (
        weekly(until=date(2026, 5, 1)),
        "chaque jeudi, jusqu’au 1ᵉʳ mai 2026",
        "every Thursday, until 1 May 2026",
    ),
    (weekly(count=10), "chaque jeudi, 10 fois", "every Thursday, 10 times"),
    (weekly(count=1), "chaque jeudi, une seule fois", "every Thursday, once"),
]


def say(rule: Rule, *arguments: Any) -> str:
    return say_rule(rule, *arguments).replace(NO_BREAK, " ")


@pytest.mark.parametrize(("rule", "french", "english"), SENTENCES)
def test_rule_is_said_in_one_sentence(rule, french, english):
    with translation.override("fr"):
        assert say(rule, None) == french
    with translation.override("en"):
        assert say(rule, None) == english


@pytest.mark.parametrize(
    ("start_time", "all_day", "french", "english"),
    [
        (time(18, 30), False, "18 h 30", "18:30"),
        (time(12), False, "12 h", "12:00"),
        (None, True, "toute la journée", "all day"),
        (time(18, 30), True, "toute la journée", "all day"),
    ],
)
def test_hour_comes_before_the_end(start_time, all_day, french, english):
    rule = second_thursday(count=10)
    with translation.override("fr"):
        assert say(rule, start_time, all_day) == (
            f"chaque 2ᵉ jeudi du mois, {french}, 10 fois"
        )
    with translation.override("en"):
        assert say(rule, start_time, all_day) == (
            f"every 2nd Thursday of the month, {english}, 10 times"
        )


def test_numbers_do_not_part_from_their_word():
    with translation.override("fr"):
        assert say_rule(weekly(count=10), time(18, 30)) == (
            f"chaque jeudi, 18{NO_BREAK}h{NO_BREAK}30, 10{NO_BREAK}fois"
        )
        assert say_rule(yearly(until=date(2030, 6, 21)), None) == (
            f"chaque année le 21{NO_BREAK}juin, jusqu’au 21{NO_BREAK}juin 2030"
        )


@pytest.mark.parametrize("language", ["fr", "en", "br", None])
@given(data=st.data())
def test_every_rule_can_be_said_in_every_language(language, data):
    rule = data.draw(st.sampled_from(Frequency).flatmap(rules))
    with translation.override(language):
        sentence = say_rule(rule, time(9))
    assert sentence
    assert "%" not in sentence
    assert ", ," not in sentence
