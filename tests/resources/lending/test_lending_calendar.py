"""The calendar on the page of a resource, by who reads it."""

from __future__ import annotations

import pytest

from resources.enums import ResourceKind
from resources.models import BlockedDays
from tests import personas
from tests.resources.lending.lent import (
    NOW,
    day,
    lend,
    make_lent,
    owner_of,
    wish,
)
from tests.resources.lending.reading import (
    ASK,
    BLOCK,
    PAGE,
    cell,
    plain,
    read,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_visitor_reads_how_many_are_free_never_who_has_them(client, resource):
    lend(resource, wish(2, 3, units=4, purpose="Secret"))
    soup = read(client.get(PAGE))
    assert cell(soup, 1) == "24 6 libres sur 6"
    assert cell(soup, 2) == "25 2 libres sur 6 Emprunté"
    assert cell(soup, 0) == "23 aujourd’hui 6 libres sur 6"
    assert cell(soup, -1) == "22"
    text = plain(soup)
    assert "Secret" not in text
    assert "Ti Numerik" not in text
    assert "28 jours de ce mois sont entièrement libres." in text
    link = soup.select_one(f'a[href="/espace/connexion/?next={ASK}"]')
    assert plain(link) == "Se connecter et demander des jours"


def test_person_without_a_space_reads_what_a_visitor_reads(client, resource):
    lend(resource, wish(2, 3))
    client.force_login(personas.member("seule@hub.test", spaces=[]))
    soup = read(client.get(PAGE))
    assert "Ti Numerik" not in plain(soup.select_one("#calendrier"))
    assert soup.select_one(f'a[href="{ASK}"]') is None


def test_member_reads_who_has_them(client, resource, member):
    lend(resource, wish(2, 3, units=4), by=member)
    other = personas.other_member()
    client.force_login(other)
    soup = read(client.get(PAGE))
    assert cell(soup, 2) == "25 2 libres sur 6 Ti Numerik (4)"
    assert plain(soup.select_one(f'a[href="{ASK}"]')) == "Demander des jours"


def test_owner_is_led_to_blocking_not_to_asking(client, resource):
    client.force_login(owner_of(resource))
    soup = read(client.get(PAGE))
    assert soup.select_one(f'a[href="{ASK}"]') is None
    assert plain(soup.select_one(f'a[href="{BLOCK}"]')) == "Bloquer des jours"


def test_one_of_a_kind_is_free_lent_or_kept(client, resource):
    single = make_lent(slug="studio", quantity=1, space=resource.space)
    lend(single, wish(1, 1, units=1))
    BlockedDays.objects.create(
        resource=single, first_day=day(2), last_day=day(2), blocked_at=NOW
    )
    soup = read(client.get("/ressources/studio/"))
    assert [cell(soup, number) for number in (1, 2, 3)] == [
        "24 emprunté",
        "25 gardé par son lieu",
        "26 libre",
    ]


def test_speaker_is_engaged(client, resource):
    speaker = make_lent(
        slug="oratrice", quantity=1, kind=ResourceKind.SPEAKER, space=resource.space
    )
    lend(speaker, wish(1, 1, units=1))
    soup = read(client.get("/ressources/oratrice/"))
    assert cell(soup, 1) == "24 retenu"


def test_month_is_a_table_with_a_caption_and_links_to_its_neighbours(client, resource):
    soup = read(client.get(PAGE, {"mois": "2026-12"}))
    assert plain(soup.select_one("#calendrier h3")) == "Décembre 2026"
    assert plain(soup.select_one(".lending-month caption")).startswith("Décembre 2026")
    headings = soup.select(".lending-month th[scope=col]")
    assert [plain(one) for one in headings][:2] == ["lundi", "mardi"]
    links = [(plain(one), one["href"]) for one in soup.select(".month-head a")]
    assert links == [
        ("← Mois précédent : Novembre", "?mois=2026-11#calendrier"),
        ("Mois suivant : Janvier 2027 →", "?mois=2027-01#calendrier"),
    ]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2025-11", ["?mois=2025-12#calendrier"]),
        ("2028-05", ["?mois=2028-04#calendrier"]),
    ],
)
def test_calendar_ends(client, resource, month, expected):
    soup = read(client.get(PAGE, {"mois": month}))
    assert [one["href"] for one in soup.select(".month-head a")] == expected
    assert soup.select("#calendrier .notice") == []


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        ("2026-13", "« 2026-13 » n’est pas un mois lisible"),
        ("0000-01", "« 0000-01 » n’est pas un mois lisible"),
        ("<b>", "« <b> » n’est pas un mois lisible"),
        ("2025-10", "Ce calendrier va de novembre 2025 à mai 2028"),
        ("9999-12", "Ce calendrier va de novembre 2025 à mai 2028"),
    ],
)
def test_bad_month_says_so_and_shows_this_one(client, resource, month, sentence):
    soup = read(client.get(PAGE, {"mois": month}))
    assert plain(soup.select_one("#calendrier h3")) == "Novembre 2026"
    assert sentence in plain(soup.select_one("#calendrier .notice"))


def test_what_is_not_lent_has_no_calendar(client, resource):
    resource.is_lent = False
    resource.save()
    assert read(client.get(PAGE)).select_one("#calendrier") is None
    resource.is_lent, resource.space = True, None
    resource.save()
    assert read(client.get(PAGE)).select_one("#calendrier") is None


@pytest.mark.parametrize("loans", [1, 3])
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_calendar_costs_the_same_however_many_the_loans(
    client, resource, count_queries, loans, who
):
    for number in range(loans):
        lend(resource, wish(number + 1, number + 2, units=1))
    if who == "member":
        client.force_login(personas.other_member())
    assert count_queries(lambda: client.get(PAGE)) == {"visitor": 13, "member": 16}[who]
