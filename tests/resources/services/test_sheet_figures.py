"""What the figures of a sheet were published as."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup

from resources.models import FigureReading, SheetFigure, SheetPage
from resources.services.sheet_figures import note_figures
from tests.factories.resources import SheetPageFactory

pytestmark = pytest.mark.django_db


def publish(sheet, on, **figures):
    """Publish the sheet with these figures on a day, as an editor does."""
    sheet = SheetPage.objects.get(pk=sheet.pk)
    sheet.figures = [
        SheetFigure(label=label, value=value, sort_order=order, locale=sheet.locale)
        for order, (label, value) in enumerate(figures.items())
    ]
    with time_machine.travel(datetime.datetime.fromisoformat(on), tick=False):
        sheet.save_revision().publish()
    return SheetPage.objects.get(pk=sheet.pk)


def read_history():
    rows = FigureReading.objects.values_list("label", "value", "published_on")
    return [(label, value, on.isoformat()) for label, value, on in rows]


def test_publication_keeps_new_and_changed_figures_alone():
    sheet = SheetPageFactory()
    publish(sheet, "2026-01-05", Seuil="36 800 €", Délai="4 mois")
    publish(sheet, "2026-03-05", Seuil="36 800 €", Délai="4 mois")
    publish(sheet, "2026-05-05", Seuil="37 500 €", Délai="4 mois")
    assert read_history() == [
        ("Seuil", "36 800 €", "2026-01-05"),
        ("Délai", "4 mois", "2026-01-05"),
        ("Seuil", "37 500 €", "2026-05-05"),
    ]


def test_slip_mended_on_the_same_day_was_never_the_figure():
    sheet = SheetPageFactory()
    publish(sheet, "2026-01-05", Seuil="36 800 €")
    publish(sheet, "2026-05-05", Seuil="375 000 €")
    publish(sheet, "2026-05-05", Seuil="37 500 €")
    assert read_history()[1:] == [("Seuil", "37 500 €", "2026-05-05")]
    publish(sheet, "2026-05-05", Seuil="36 800 €")
    assert read_history() == [("Seuil", "36 800 €", "2026-01-05")]


def test_draft_changes_nothing():
    sheet = publish(SheetPageFactory(), "2026-01-05", Seuil="36 800 €")
    sheet.figures = [SheetFigure(label="Seuil", value="Canari", locale=sheet.locale)]
    sheet.save_revision()
    assert read_history() == [("Seuil", "36 800 €", "2026-01-05")]


def test_older_draft_published_late_is_one_more_change():
    sheet = publish(SheetPageFactory(), "2026-01-05", Seuil="36 800 €")
    old = sheet.latest_revision
    publish(sheet, "2026-05-05", Seuil="37 500 €")
    with time_machine.travel("2026-06-01", tick=False):
        old.publish()
    assert [value for _label, value, _on in read_history()] == [
        "36 800 €",
        "37 500 €",
        "36 800 €",
    ]


def test_other_sheet_has_its_own_history():
    publish(SheetPageFactory(), "2026-01-05", Seuil="1")
    publish(SheetPageFactory(), "2026-02-05", Seuil="2")
    assert all(not sheet.figure_changes for sheet in SheetPage.objects.all())


def test_page_says_what_each_figure_was(client):
    sheet = SheetPageFactory(slug="tva", title="TVA")
    publish(sheet, "2025-01-05", Seuil="36 800 €", Délai="4 mois", Cerfa="13824")
    sheet = publish(
        sheet, "2026-05-05", Seuil="37 500 €", Délai="4 mois", Cerfa="13824"
    )
    soup = BeautifulSoup(client.get(sheet.url).content, "html.parser")
    assert [
        " ".join(one.get_text().split()) for one in soup.select(".in-short > div")
    ] == [
        "Seuil 37 500 € 36 800 € avant le 5 mai 2026",
        "Délai 4 mois",
        "Cerfa 13824",
    ]
    changes = soup.find(id="changements").find_next("ul").select("li")
    assert [" ".join(one.get_text().split()) for one in changes] == [
        "5 mai 2026 : Seuil, de 36 800 € à 37 500 €"
    ]


def test_page_without_a_change_says_nothing_of_it(client):
    sheet = publish(SheetPageFactory(), "2026-01-05", Seuil="1")
    soup = BeautifulSoup(client.get(sheet.url).content, "html.parser")
    assert soup.find(id="changements") is None
    assert soup.select(".figure-before") == []


@pytest.mark.parametrize("figures", [1, 3])
def test_queries_of_the_page_do_not_grow_with_figures(client, count_queries, figures):
    sheet = SheetPageFactory()
    publish(sheet, "2026-01-05", **{f"Seuil {n}": "1" for n in range(figures)})
    sheet = publish(sheet, "2026-02-05", **{f"Seuil {n}": "2" for n in range(figures)})
    assert count_queries(lambda: client.get(sheet.url)) == 27


@pytest.mark.parametrize("figures", [1, 3])
def test_nothing_new_costs_two_queries(django_assert_num_queries, figures):
    sheet = publish(
        SheetPageFactory(), "2026-01-05", **{f"Seuil {n}": "1" for n in range(figures)}
    )
    with django_assert_num_queries(4):  # two of them the savepoint's
        note_figures(sheet, today=datetime.date(2026, 2, 5))
