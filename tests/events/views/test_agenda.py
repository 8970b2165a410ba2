from __future__ import annotations

import datetime
import re

import pytest
from django.utils.html import strip_tags

from events.enums import EventStatus, Visibility
from tests.factories.events import (
    AllDayEventFactory,
    EventFactory,
    EventTypeFactory,
    SeriesFactory,
)
from tests.factories.network import SpaceFactory, SpaceMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
AGENDA = "/agenda/"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(html):
    return re.findall(r'<h3><a href="/agenda/[^"]+">([^<]+)</a></h3>', html)


def text(html):
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", strip_tags(main).replace("\xa0", " "))


def test_list_gathers_dates_by_day(client):
    EventFactory(title="Drink")
    EventFactory(
        title="Repas", start_time=datetime.time(12, 15), end_time=datetime.time(14)
    )
    EventFactory(title="Pilotes", start_date=datetime.date(2026, 12, 1))

    html = read(client, AGENDA)

    assert titles(html) == ["Repas", "Drink", "Pilotes"]
    days = re.findall(r'<h2 class="day-head" id="([^"]+)"', html)
    assert days == ["jour-2026-11-26", "jour-2026-12-01"]
    assert "12 h 15 – 14 h" in text(html)
    assert "3 rendez-vous à venir" in text(html)


def test_date_under_way_stands_under_today(client):
    EventFactory(
        title="Semaine ouverte",
        start_date=datetime.date(2026, 11, 20),
        end_date=datetime.date(2026, 11, 27),
    )

    assert 'id="jour-2026-11-23"' in read(client, AGENDA)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("?type=repas", ["Repas"]),
        ("?dep=35", ["Drink"]),
        ("?lieu=estran", ["Drink"]),
        ("?serie=repas-du-port", ["Repas"]),
        ("?tag=tiers-lieu", ["Drink"]),
        ("?q=MALO", ["Drink"]),
        ("?q=malo+tiers", ["Drink"]),
        ("?type=repas&dep=35", []),
        ("?du=2026-11-27", ["Drink"]),
        ("?au=2026-11-26", ["Repas"]),
        ("?du=2026-10-01&au=2026-10-31", ["Passé"]),
        ("?au=2026-11-22", ["Passé"]),
        ("?passes=1", ["Passé"]),
        ("?type=repas&du=2026-11-01&au=2026-11-30&q=brieuc", ["Repas"]),
    ],
)
def test_filters_combine(client, address, found):
    estran = SpaceFactory(slug="estran", name="L’Estran", city="Saint-Malo",
                          postcode="35400", live=False)  # fmt: skip
    type(estran).objects.update(live=True)
    EventFactory(
        title="Repas",
        type=EventTypeFactory(slug="repas", name="Repas"),
        series=SeriesFactory(slug="repas-du-port"),
    )
    EventFactory(
        title="Drink",
        venue=estran,
        venue_name="",
        tags=["Tiers-lieu"],
        start_date=datetime.date(2026, 12, 3),
    )
    EventFactory(title="Passé", start_date=datetime.date(2026, 10, 22))

    assert titles(read(client, AGENDA + address)) == found


def test_each_filter_is_removed_alone(client):
    EventFactory()

    html = read(client, f"{AGENDA}?type=drink-and-co&dep=22&q=halle")

    chips = re.findall(r'<a class="chip" href="([^"]+)">([^<]+?) <svg', html)
    assert chips == [
        ("?dep=22&amp;q=halle", "Drink &amp; co"),
        ("?q=halle&amp;type=drink-and-co", "Côtes-d’Armor"),
        ("?dep=22&amp;type=drink-and-co", "«\xa0halle\xa0»"),
    ]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("?type=inconnu", "Filtre « type » : nous ne connaissons pas « inconnu »"),
        ("?dep=99", "Filtre « département » : nous ne connaissons pas « 99 »"),
        ("?tag=inconnu", "Filtre « mot-clé » : nous ne connaissons pas « inconnu »"),
        ("?du=2026-13-45", "« 2026-13-45 » n’est pas un jour lisible"),
        ("?du=0001-01-01", "« 0001-01-01 » n’est pas un jour lisible"),
        ("?au=9999-12-31", "« 9999-12-31 » n’est pas un jour lisible"),
        ("?du=2026-12-02&au=2026-12-01", "Le dernier jour était avant le premier"),
        ("?vue=mois&mois=2026-13", "« 2026-13 » n’est pas un mois lisible"),
        ("?vue=mois&mois=0000-01", "« 0000-01 » n’est pas un mois lisible"),
        ("?vue=mois&mois=٢٠٢٦-01", "n’est pas un mois lisible"),
        ("?vue=carte3d", "Cet affichage n’existe pas"),
        ("?page=99", "voici la page 1"),
        ("?page=abc", "voici la page 1"),
        ("?page=-1", "voici la page 1"),
        ("?q=" + "mot " * 2500, "seuls les premiers mots sont cherchés"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(client, address, sentence):
    EventFactory()

    assert sentence in text(read(client, AGENDA + address))


def test_nul_in_the_address_is_a_bad_request(client):
    assert client.get(f"{AGENDA}?q=%00").status_code == 400


@pytest.mark.parametrize("address", ["?q=%01%1b", "?q='\"<script>", "?q=%25_%5C"])
def test_odd_words_find_nothing_and_break_nothing(client, address):
    EventFactory()

    html = read(client, AGENDA + address)

    assert "<script>" not in html[html.index("<main") :]


def test_empty_list_tells_the_next_date_and_the_ways_out(client):
    EventFactory(title="Drink")

    html = read(client, f"{AGENDA}?type=drink-and-co&du=2027-03-01&au=2027-03-01")

    words = text(html)
    assert "Aucun rendez-vous pour Drink &amp; co, lundi 1er mars 2027" in words
    assert "Le prochain : Drink, jeudi 26 novembre 2026, 18 h 30 – 21 h 30" in words
    assert "Retirer « Drink &amp; co »" in words
    assert "Toutes les dates à venir" in words


def test_empty_list_counts_in_words(client):
    status = re.search(r'role="status"><strong>([^<]+)<', read(client, AGENDA))

    assert status[1].replace("\xa0", " ") == "Aucun rendez-vous à venir"


def test_empty_agenda_says_so(client):
    assert "Aucun autre rendez-vous n’est annoncé" in text(read(client, AGENDA))


def test_past_dates_are_behind_a_link(client):
    EventFactory(title="Passé", start_date=datetime.date(2026, 10, 22))

    html = read(client, AGENDA)

    assert titles(html) == []
    assert 'href="/agenda/?passes=1"' in html


def test_list_is_cut_into_pages(client):
    for number in range(21):
        EventFactory(title=f"Date {number:02}", start_date=datetime.date(2027, 1, 4)
                     + datetime.timedelta(days=number))  # fmt: skip

    assert titles(read(client, f"{AGENDA}?dep=22&page=2")) == ["Date 20"]
    assert "?dep=22&amp;page=2" in read(client, f"{AGENDA}?dep=22")


def test_two_weeks_show_the_days_that_have_dates(client):
    EventFactory()

    html = read(client, AGENDA)

    strip = html[
        html.index('<ol class="days">') : html.index(
            "</ol>", html.index('<ol class="days">')
        )
    ]
    assert strip.count("<li") == 14
    assert re.findall(r'href="([^"]+)"', strip) == ["#jour-2026-11-26"]


def test_month_is_a_table_of_whole_weeks(client):
    AllDayEventFactory(title="Deux jours")

    html = read(client, f"{AGENDA}?vue=mois&mois=2027-05")

    assert html.count("<tr>") == 7
    assert html.count("<td") == 42
    cells = re.findall(
        r'<time class="number-of-day" datetime="([^"]+)"[^>]*>.*?</td>', html, re.S
    )
    assert (cells[0], cells[-1]) == ("2027-04-26", "2027-06-06")
    holding = [
        cell[:10] for cell in html.split('datetime="')[1:] if "Deux jours" in cell
    ]
    assert holding == ["2027-05-19", "2027-05-20"]
    assert "Mois précédent : Avril" in text(html)
    assert "mois=2027-06" in html


def test_month_keeps_its_filters_and_tells_the_next_year(client):
    EventFactory()

    html = read(client, f"{AGENDA}?vue=mois&mois=2026-12&dep=22")

    assert "?dep=22&amp;mois=2027-01&amp;vue=mois" in html
    assert "Mois suivant : Janvier 2027" in text(html)
    assert "Aucun rendez-vous pour Côtes-d’Armor, décembre 2026" in text(html)


def test_full_day_of_the_month_links_to_the_others(client):
    EventFactory.create_batch(5)

    html = read(client, f"{AGENDA}?vue=mois&mois=2026-11")

    assert html.count('class="entry') == 3
    assert "+ 2 autres, 26 novembre" in text(html)
    assert "/agenda/?au=2026-11-26&amp;du=2026-11-26" in html


def test_called_off_date_says_so_in_words(client):
    EventFactory(title="Repas", status=EventStatus.CANCELLED)
    EventFactory(title="Pilotes", status=EventStatus.TENTATIVE)

    words = text(read(client, AGENDA))

    assert "Annulé" in words
    assert "À confirmer" in words


def test_members_see_their_dates_in_the_agenda(client):
    EventFactory(title="Pilotes", visibility=Visibility.MEMBERS)
    private = EventFactory(title="Bureau", visibility=Visibility.PRIVATE)
    member = SpaceMemberFactory(space__live=False)
    stranger = UserFactory()

    client.force_login(stranger)
    assert titles(read(client, AGENDA)) == []
    client.force_login(member.user)
    assert titles(read(client, AGENDA)) == ["Pilotes"]
    private.host = member.space
    private.save()
    assert titles(read(client, AGENDA)) == ["Pilotes", "Bureau"]


def test_agenda_reads_in_english(client):
    EventFactory(title="Repas")

    html = read(client, "/en/agenda/")

    assert 'lang="fr">Repas</a>' in html
    assert "18:30 – 21:30" in text(html)
