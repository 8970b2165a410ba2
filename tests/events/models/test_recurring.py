"""What a person reads when a rule makes no sense, and the rule in its usual form."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from events.domain.holidays import Territory
from events.domain.recurrence import Frequency, Rule
from events.models import Series
from tests.events.series_site import NOW, clock, day
from tests.factories.events import EventTypeFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

MONTHLY = {"rhythm": "monthly", "weekdays": []}


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def build(**values):
    return SeriesFactory.build(
        **{"recurring": True, "type": EventTypeFactory(), **values}
    )


def read_mistakes(**values):
    with pytest.raises(ValidationError) as error:
        build(**values).full_clean()
    return {
        name: [text.replace("\u00a0", " ") for text in texts]
        for name, texts in error.value.message_dict.items()
    }


@pytest.mark.parametrize(
    ("values", "name", "sentence"),
    [
        ({"first_day": None}, "first_day",
         "Indiquez le jour à partir duquel la règle compte."),
        ({"start_time": None}, "start_time",
         "Donnez une heure, ou cochez « toute la journée »."),
        ({"end_time": clock("11:00")}, "end_time",
         "La fin vient avant le début. Si elle tombe dans la nuit qui suit, "
         "indiquez une nuit."),
        ({"until": day("2026-12-02")}, "until",
         "La première date est le 3 décembre 2026 : choisissez un dernier jour "
         "qui vient après."),
        ({"count": 5000}, "count",
         "366 dates au plus : indiquez-en moins, ou donnez plutôt le dernier jour."),
        ({"count": 3, "until": day("2027-01-01")}, "count",
         "De 1 à 366 dates, et pas de dernier jour à côté : choisissez l’un des deux."),
        ({"interval": 53}, "interval", "Assurez-vous que cette valeur est inférieure ou égale à 52."),
        ({**MONTHLY, "month_day": 30, "months": [2]}, "month_day",
         "Ce jour n’existe pas. Exemple : le 30 février."),
        ({**MONTHLY, "month_day": 40}, "month_day",
         "De 1 à 31, ou -1 pour le dernier jour du mois ; rien avec un jour de la "
         "semaine."),
        ({"rhythm": "monthly"}, "nth", "Quel jeudi du mois ? Choisissez-le ici."),
        ({**MONTHLY, "weekdays": [1, 3], "nth": 2}, "weekdays",
         "Choisissez un seul jour de la semaine, celui qui revient chaque mois."),
        ({"weekdays": [7]}, "weekdays",
         "Choisissez un seul jour de la semaine, celui qui revient chaque mois."),
        ({"weekdays": "lundi"}, "weekdays",
         "Choisissez un seul jour de la semaine, celui qui revient chaque mois."),
        ({"months": [13]}, "months", "Choisissez des mois de l’année."),
        ({"left_out": ["demain"]}, "left_out", "Ces jours ne se lisent pas."),
        ({"left_out": ["2026-12-03"], "count": 1}, "left_out",
         "Toutes les dates sont laissées de côté : gardez-en une au moins."),
        ({"first_day": day("1999-12-30")}, "first_day",
         "Choisissez un jour entre le 1 janvier 2000 et le 31 décembre 2031."),
        ({"first_day": day("2032-01-01")}, "first_day",
         "Choisissez un jour entre le 1 janvier 2000 et le 31 décembre 2031."),
    ],
)  # fmt: skip
def test_mistake_is_said_on_its_field_with_what_to_do(values, name, sentence):
    assert read_mistakes(**values)[name][0] == sentence


def test_lists_are_put_in_order_and_what_the_rhythm_ignores_is_emptied():
    series = build(
        weekdays=["4", 1, 1], months=[12, 3], nth=2, month_day=5,
        left_out=["2027-12-24", "2026-12-24"],
    )  # fmt: skip

    series.full_clean()

    assert (series.weekdays, series.months) == ([1, 4], [3, 12])
    assert (series.nth, series.month_day) == (None, None)
    assert series.left_out == ["2026-12-24", "2027-12-24"]


def test_all_day_forgets_its_hours():
    series = build(all_day=True)
    series.full_clean()

    assert (series.start_time, series.end_time) == (None, None)


def test_evening_that_ends_at_night_lasts_one_night():
    build(start_time=clock("22:00"), end_time=clock("02:00"), lasts_days=1).full_clean()


def test_rule_is_that_of_the_columns_once_read_back():
    series = build(rhythm="monthly", nth=2)
    series.full_clean()
    series.save()

    assert Series.objects.get(pk=series.pk).rule == Rule(
        frequency=Frequency.MONTHLY, first_day=day("2026-12-03"), weekdays=(3,), nth=2
    )


@pytest.mark.parametrize("rhythm", ["", "turns"])
def test_series_that_a_person_makes_has_no_rule(rhythm):
    series = build(rhythm=rhythm, start_time=None, end_time=None, first_day=None)
    series.full_clean()

    assert (series.rule, series.rule_sentence) == (None, "")


def test_rhythm_is_said_in_the_writer_s_words_else_from_the_rule():
    assert build().rhythm_sentence == "chaque jeudi, 12\u00a0h\u00a015"
    assert build(rhythm_note="Le jeudi midi").rhythm_sentence == "Le jeudi midi"
    assert build(interval=99).rhythm_sentence == ""


def test_holidays_count_where_it_is_held():
    alsace = SpaceFactory(postcode="67000")
    assert build(host=alsace).holiday_territory == Territory.ALSACE_MOSELLE
    elsewhere = build(host=alsace, is_held_at_host=False, venue_postcode="97400")
    assert elsewhere.holiday_territory == Territory.REUNION
    assert build(zone="Pacific/Noumea").holiday_territory == (
        Territory.NOUVELLE_CALEDONIE
    )
    assert build().holiday_territory == Territory.METROPOLITAN
