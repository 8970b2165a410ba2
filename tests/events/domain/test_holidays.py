from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from events.domain.holidays import Territory, find_holiday, territory_of

# Code du travail, L3133-1; Easter of 2026 is on 5 April.
EVERYWHERE = {
    date(2026, 1, 1): "Jour de l’an",
    date(2026, 4, 6): "Lundi de Pâques",
    date(2026, 5, 1): "Fête du Travail",
    date(2026, 5, 8): "Fête de la Victoire",
    date(2026, 5, 14): "Ascension",
    date(2026, 5, 25): "Lundi de Pentecôte",
    date(2026, 7, 14): "Fête nationale",
    date(2026, 8, 15): "Assomption",
    date(2026, 11, 1): "Toussaint",
    date(2026, 11, 11): "Armistice",
    date(2026, 12, 25): "Noël",
}
# Code du travail, L3422-2.
ABOLITION = {
    Territory.MAYOTTE: date(2026, 4, 27),
    Territory.MARTINIQUE: date(2026, 5, 22),
    Territory.GUADELOUPE: date(2026, 5, 27),
    Territory.GUYANE: date(2026, 6, 10),
    Territory.SAINT_BARTHELEMY: date(2026, 10, 9),
    Territory.REUNION: date(2026, 12, 20),
    # The law says the 27th; the island keeps the 28th.
    Territory.SAINT_MARTIN: date(2026, 5, 28),
}


@pytest.mark.parametrize("territory", Territory)
@pytest.mark.parametrize(("day", "name"), EVERYWHERE.items())
def test_days_of_the_whole_country_are_holidays_in_each_territory(territory, day, name):
    assert find_holiday(day, territory) == name


def test_metropolitan_france_has_eleven_holidays_a_year():
    year = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    assert {
        day: name
        for day in year
        if (name := find_holiday(day, Territory.METROPOLITAN)) is not None
    } == EVERYWHERE


@pytest.mark.parametrize(("home", "day"), ABOLITION.items())
def test_abolition_is_a_holiday_where_it_is_remembered_that_day_only(home, day):
    name = "Abolition de l’esclavage"
    assert [
        territory for territory in Territory if find_holiday(day, territory) == name
    ] == [home]


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2026, 4, 3), "Vendredi saint"), (date(2026, 12, 26), "Saint-Étienne")],
)
def test_alsace_and_moselle_have_two_more_days(day, name):
    # Code du travail, L3134-13.
    assert find_holiday(day, Territory.ALSACE_MOSELLE) == name
    assert find_holiday(day, Territory.METROPOLITAN) is None


@pytest.mark.parametrize(
    ("territory", "day", "name"),
    [
        (Territory.NOUVELLE_CALEDONIE, date(2026, 9, 24), "Fête de la Citoyenneté"),
        (Territory.POLYNESIE_FRANCAISE, date(2026, 11, 20), "Matāri’i"),
        (Territory.WALLIS_ET_FUTUNA, date(2026, 7, 29), "Fête du Territoire"),
    ],
)
def test_pacific_territories_have_their_own_day(territory, day, name):
    assert find_holiday(day, territory) == name
    assert find_holiday(day, Territory.METROPOLITAN) is None


def test_easter_moves_with_the_year():
    assert find_holiday(date(2027, 3, 29), Territory.METROPOLITAN) == "Lundi de Pâques"
    assert find_holiday(date(2027, 4, 6), Territory.METROPOLITAN) is None


@pytest.mark.parametrize(
    ("postcode", "territory"),
    [
        ("29200", Territory.METROPOLITAN),
        ("20200", Territory.METROPOLITAN),
        ("57000", Territory.ALSACE_MOSELLE),
        ("67000", Territory.ALSACE_MOSELLE),
        ("68 100", Territory.ALSACE_MOSELLE),
        ("97110", Territory.GUADELOUPE),
        ("97133", Territory.SAINT_BARTHELEMY),
        ("97150", Territory.SAINT_MARTIN),
        ("97200", Territory.MARTINIQUE),
        ("97300", Territory.GUYANE),
        ("97400", Territory.REUNION),
        ("97500", Territory.SAINT_PIERRE_ET_MIQUELON),
        ("97600", Territory.MAYOTTE),
        ("98600", Territory.WALLIS_ET_FUTUNA),
        ("98714", Territory.POLYNESIE_FRANCAISE),
        ("98800", Territory.NOUVELLE_CALEDONIE),
        ("98000", Territory.METROPOLITAN),
        ("", Territory.METROPOLITAN),
        ("67", Territory.METROPOLITAN),
        ("670000", Territory.METROPOLITAN),
        ("Brest", Territory.METROPOLITAN),
    ],
)
def test_postcode_tells_the_territory(postcode, territory):
    assert territory_of(postcode) is territory


def test_library_waits_for_the_first_question():
    source = (
        "import sys, events.domain.holidays as own;"
        "before = 'holidays' in sys.modules;"
        "from datetime import date;"
        "own.find_holiday(date(2026, 7, 14), own.Territory.METROPOLITAN);"
        "print(before, 'holidays' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "False True\n"
