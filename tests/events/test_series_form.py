"""The form on which a member writes a series: reading, computed dates, mistakes."""

from __future__ import annotations

import datetime
import uuid

import pytest
import time_machine

from events.models import Event, Series
from events.services.series_draft import revise_series_draft
from tests import personas
from tests.events.series_form_site import (
    NOW,
    answers,
    published_by,
    series_of,
    url,
    values,
)
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NB = "\u00a0"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person(client):
    member = personas.member()
    client.force_login(member)
    return member


def send(client, person, address=None, **changes):
    space = personas.space_of(person)
    return client.post(address or url("create"), answers(space, **changes))


def compute(client, person, **changes):
    return send(client, person, action="compute", **changes)


def mistakes(response):
    assert response.status_code == 422
    return dict(response.context["form"].errors.items())


def shown_days(response):
    return [f"{line.day}" for line in response.context["plan"].lines]


def test_draft_is_stored_without_any_date(client, person):
    response = send(client, person)

    series = Series.objects.get()
    assert response.url == url("series", series)
    assert (series.live, series.slug, series.nth) == (False, "soupe-du-jeudi", 2)
    assert series.is_held_at_host
    assert series.venue is None
    assert not Event.objects.exists()


def test_trusted_space_publishes_the_series_and_its_dates(client):
    person = personas.trusted_member()
    client.force_login(person)

    response = send(client, person, action="publish")

    series = Series.objects.get()
    assert series.live
    days = [f"{day}" for day in series.events.values_list("start_date", flat=True)]
    assert days[:3] == ["2026-12-10", "2027-01-14", "2027-02-11"]
    assert len(days) == 17
    html = client.get(response.url).content.decode()
    assert "La série est publiée" in html


def test_series_of_another_space_waits_for_the_moderators(client, person):
    response = send(client, person, action="publish")

    series = Series.objects.get()
    assert series.workflow_in_progress
    assert not series.live
    assert not Event.objects.exists()
    html = client.get(response.url).content.decode()
    assert "En relecture depuis le 2 novembre" in html
    assert "sous 3 jours ouvrés" in html


def test_computing_the_dates_shows_them_and_stores_nothing(client, person):
    response = compute(client, person, title="", type="")

    assert response.status_code == 200
    assert not Series.objects.exists()
    assert response.context["plan"].sentence == (
        f"Chaque 2ᵉ jeudi du mois, 18{NB}h{NB}30"
    )
    assert shown_days(response)[:2] == ["2026-12-10", "2027-01-14"]
    html = response.content.decode()
    assert "17 rendez-vous dans les dix-huit mois à venir." in html
    assert f"Jeudi 14{NB}janvier 2027" in html


def test_computing_names_the_holiday_that_has_no_date(client, person):
    response = compute(
        client, person, rhythm="weekly", weekdays=["2"], first_day="2027-07-01",
        skips_holidays="on",
    )  # fmt: skip

    notes = {f"{line.day}": line.note for line in response.context["plan"].lines}
    assert notes["2027-07-14"].endswith("Fête nationale")
    assert notes["2027-07-07"] == ""
    assert '<s class="day">Mercredi 14' in response.content.decode()


def test_computing_says_which_months_have_no_such_day(client, person):
    response = compute(client, person, nth="5", first_day="2027-01-01")

    plan = response.context["plan"]
    assert shown_days(response)[:3] == ["2027-04-29", "2027-07-29", "2027-09-30"]
    assert "mai 2027, juin 2027, août 2027" in plan.warning


def test_computing_says_which_date_the_clocks_move(client, person):
    response = compute(
        client, person, rhythm="daily", first_day="2027-03-27",
        start_time="02:30", end_time="04:00",
    )  # fmt: skip

    notes = {f"{line.day}": line.note for line in response.context["plan"].lines}
    assert notes["2027-03-27"] == ""
    assert f"3{NB}h{NB}30" in notes["2027-03-28"]


def test_date_that_is_ticked_is_left_out(client):
    person = personas.trusted_member()
    client.force_login(person)

    send(client, person, action="publish", left_out=["2027-01-14"])

    days = [f"{day}" for day in Event.objects.values_list("start_date", flat=True)]
    assert days[:2] == ["2026-12-10", "2027-02-11"]


def test_day_left_out_that_the_rule_no_longer_gives_is_forgotten(client, person):
    send(client, person, left_out=["2027-01-14", "2027-01-15"])

    assert Series.objects.get().left_out == ["2027-01-14"]


def test_day_left_out_beyond_the_shown_ones_is_kept(client, person):
    response = compute(client, person, left_out=["2028-05-11"])

    html = response.content.decode()
    assert '<input type="hidden" name="left_out" value="2028-05-11">' in html


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"rhythm": "weekly"}, "weekdays"),
        ({"nth": ""}, "nth"),
        ({"weekday": ""}, "weekday"),
        ({"rhythm": "month_day"}, "month_day"),
        ({"rhythm": ""}, "rhythm"),
        ({"rhythm": "fortnightly"}, "rhythm"),
        ({"first_day": ""}, "first_day"),
        ({"first_day": "2026-02-30"}, "first_day"),
        ({"first_day": "2099-01-01"}, "first_day"),
        ({"end": "until"}, "until"),
        ({"end": "until", "until": "2026-12-05"}, "until"),
        ({"end": "count"}, "count"),
        ({"end": "count", "count": "0"}, "count"),
        ({"end": "count", "count": "5000"}, "count"),
        ({"end": "count", "count": "1000000000"}, "count"),
        ({"end": "count", "count": "1e9"}, "count"),
        ({"interval": "0"}, "interval"),
        ({"interval": "53"}, "interval"),
        ({"months": ["13"]}, "months"),
        (
            {"rhythm": "month_day", "month_day": "30", "months": ["2"]},
            "month_day",
        ),
        ({"start_time": "", "end_time": ""}, "start_time"),
        ({"start_time": "18:30", "end_time": "17:00"}, "end_time"),
        ({"days_long": "0"}, "days_long"),
        ({"left_out": ["demain"]}, "left_out"),
        (
            {
                "end": "count",
                "count": "2",
                "left_out": ["2026-12-10", "2027-01-14"],
            },
            "left_out",
        ),
    ],
)
@pytest.mark.parametrize("action", ["compute", "save", "publish"])
def test_mistake_in_the_rule_is_said_on_its_question(
    client, person, changes, question, action
):
    response = send(client, person, **{"action": action, **changes})

    assert list(mistakes(response)) == [question]
    assert "Soupe du jeudi" in response.content.decode()
    assert not Series.objects.exists()


def test_monday_is_a_day_of_the_week(client, person):
    response = send(client, person, weekday="0")

    assert response.status_code == 302
    assert Series.objects.get().weekdays == [0]


def test_mistake_elsewhere_keeps_the_computed_dates_in_sight(client, person):
    response = send(client, person, title="")

    assert list(mistakes(response)) == ["title"]
    assert shown_days(response)[0] == "2026-12-10"


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        (
            {"rhythm": "weekly", "weekdays": ["4", "1"], "interval": "2"},
            {"rhythm": "weekly", "weekdays": [1, 4], "interval": 2, "nth": None},
        ),
        (
            {"rhythm": "month_day", "month_day": "-1"},
            {"rhythm": "monthly", "month_day": -1, "weekdays": [], "nth": None},
        ),
        (
            {"rhythm": "yearly", "first_day": "2027-06-21"},
            {"rhythm": "yearly", "month_day": 21, "months": [6]},
        ),
        ({"rhythm": "daily", "nth": "2"}, {"rhythm": "daily", "nth": None}),
        (
            {"rhythm": "turns", "first_day": "", "start_time": "", "end_time": ""},
            {"rhythm": "turns", "first_day": None, "weekdays": []},
        ),
        ({"rhythm": "one_by_one", "first_day": ""}, {"rhythm": "", "nth": None}),
        (
            {"end": "count", "count": "6", "until": "2020-01-01"},
            {"count": 6, "until": None},
        ),
        ({"months": [str(m) for m in range(1, 13) if m != 8]},
         {"months": [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]}),
        ({"end_time": "01:00"}, {"lasts_days": 1}),
        ({"end_time": ""}, {"end_time": datetime.time(20, 30)}),
        ({"all_day": "on"}, {"all_day": True, "start_time": None, "lasts_days": 0}),
        ({"all_day": "on", "days_long": "3"}, {"lasts_days": 2}),
        (
            {"place": "elsewhere", "venue_name": "Halle", "venue_city": "Rostrenen"},
            {"is_held_at_host": False, "venue_name": "Halle", "venue": None},
        ),
    ],
)  # fmt: skip
def test_answers_are_stored_and_read_back(client, person, changes, stored):
    assert send(client, person, **changes).status_code == 302

    series = Series.objects.get()
    assert {name: getattr(series, name) for name in stored} == stored
    page = client.get(url("edit", series))
    form = page.context["form"]
    sent = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() is not None
    }
    sent = {name: value for name, value in sent.items() if value is not False}
    again = client.post(url("edit", series), sent | {"action": "save"})
    assert again.status_code == 302
    series = Series.objects.get()
    assert {name: getattr(series, name) for name in stored} == stored


def test_place_of_dates_needs_a_town_before_publication(client, person):
    sent = {"place": "elsewhere", "venue_name": "Halle"}

    assert send(client, person, **sent).status_code == 302
    assert list(mistakes(send(client, person, action="publish", **sent))) == [
        "venue_city"
    ]


def test_online_series_needs_its_link_before_publication(client, person):
    response = send(client, person, action="publish", place="online")

    assert list(mistakes(response)) == ["online_url"]


def test_zone_is_that_of_the_place(client):
    space = SpaceFactory(name="Case", zone="Indian/Reunion")
    person = personas.member(spaces=[space])
    client.force_login(person)

    client.post(url("create"), answers(space))

    assert Series.objects.get().zone == "Indian/Reunion"


def test_form_sent_twice_makes_one_series(client, person):
    key = str(uuid.uuid4())
    first = send(client, person, form_key=key)
    second = send(client, person, form_key=key)

    series = Series.objects.get()
    assert first.url == second.url == url("series", series)


def test_form_sent_again_with_other_answers_shows_both(client, person):
    key = str(uuid.uuid4())
    send(client, person, form_key=key)
    response = send(client, person, form_key=key, title="Soupe du vendredi")

    assert response.status_code == 409
    assert [str(one.theirs) for one in response.context["differences"]] == [
        "Soupe du jeudi"
    ]
    assert Series.objects.get().title == "Soupe du jeudi"


def test_second_person_is_warned_and_loses_nothing(client, person):
    series = series_of(person)
    opened = series.latest_revision_id
    colleague = personas.member("b@hub.test", spaces=[series.host])
    revise_series_draft(
        series,
        values=values(series.host, title="Soupe et jeux"),
        by=colleague,
        now=NOW,
        seen_revision=opened,
    )

    response = send(client, person, url("edit", series), version=opened, price="2 €")

    assert response.status_code == 409
    html = response.content.decode()
    assert "2 €" in html
    theirs = [str(one.theirs) for one in response.context["differences"]]
    assert theirs == ["Soupe et jeux", "Gratuit"]


def test_duplicate_opens_a_new_series_with_the_same_answers(client, person):
    source = series_of(person)

    page = client.get(url("duplicate", source))

    form = page.context["form"]
    assert form["title"].value() == "Soupe du jeudi"
    assert (form["first_day"].value(), form["version"].value()) == (None, None)
    assert f'action="{url("create")}"' in page.content.decode()


def test_live_series_asks_which_dates_change(client):
    person = personas.trusted_member()
    client.force_login(person)
    series = published_by(person)

    html = client.get(url("edit", series)).content.decode()
    assert "La série entière" in html
    assert "Voir ce qui change" in html
    assert "La série entière" not in client.get(url("create")).content.decode()
