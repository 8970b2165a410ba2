"""The whole guide as a PDF that a screen reader reads."""

from __future__ import annotations

import datetime
import json

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from cms.models import NetworkSettings
from resources.models import GlossaryTerm, GuidePage, StagePage
from resources.whole_guide.paper import make_guide_sheet
from resources.whole_guide.parts import gather_parts
from tests.factories.resources import GuidePageFactory, StagePageFactory
from tests.paper import read_facts, read_structure, read_text
from tests.resources.whole_guide.guides import (
    CANARY,
    LATE,
    add_sheet,
    hide_parts,
    make_guide,
    restrict,
    write_paragraph,
)

pytestmark = pytest.mark.django_db
PDF = "/guides/ouvrir/guide.pdf"
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _monday():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()


def fetch(client, **headers):
    response = client.get(PDF, **headers)
    assert response.status_code == 200
    return response


def read(client) -> str:
    return read_text(fetch(client).content).replace("\xa0", " ")


def list_tags(pdf: bytes) -> list[str]:
    lines = [line.strip() for line in read_structure(pdf).splitlines()]
    return [line.split()[0] for line in lines if line]


def test_pdf_is_tagged_titled_and_in_its_language(client):
    make_guide(stage_count=2)
    response = fetch(client)
    pdf = response.content
    facts = read_facts(pdf)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="ouvrir.pdf"'
    assert facts["Title"] == "Ouvrir un lieu"
    assert facts["Tagged"] == "yes"
    assert facts["Page size"].endswith("(A4)")
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang(fr)", b"/Outlines"):
        assert mark in pdf, mark
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_tags_follow_the_guide(client):
    make_guide(stage_count=1)
    tags = list_tags(fetch(client).content)
    headings = [tag for tag in tags if tag[0] == "H" and tag[1:].isdecimal()]
    # The guide, its contents, its stage, two titles, what to do, the sheet, its title,
    # its sources, the glossary.
    assert headings == ["H1", "H2", "H2", "H3", "H4", "H3", "H3", "H4", "H4", "H2"]
    assert {"TOC", "TOCI", "Link", "L", "LI", "P", "Document"} <= set(tags)


def test_pdf_says_everything_in_order(client):
    guide = make_guide(stage_count=2)
    guide.save_revision().publish()
    words = read(client)
    order = [
        "Ouvrir un lieu", "De l’idée à la première clé.", "Porteurs de projet", "Un an",
        "À jour au 23 novembre 2026.", "hub.test/guides/ouvrir", "Licence : CC BY-SA 4.0.",
        "Sommaire", "1. Pièce 1", "Fiche 1.1", "2. Pièce 2", "Fiche 2.1",
        "Les mots de ce guide", "Avant de commencer.",
        "Étape 1 sur 2", "1. Pièce 1", "Entrer dans la pièce 1.", "Le groupe",
        "Regarder", "De près", "un bail et le guide", "Avant d’aller plus loin",
        "Chose 1", "Fiche juridique", "Fiche 1.1", "Vérifié le 3 novembre 2026",
        "à relire avant le 3 novembre 2027", "ne remplace pas un conseil", "En bref",
        "Une ligne.", "Durée", "9 ans", "Détail", "Sources", "Code civil",
        "legifrance.invalid/a", "Étape 2 sur 2", "2. Pièce 2", "Chose 2",
        "Les mots de ce guide", "bail", "Il dure neuf ans.",
    ]  # fmt: skip
    place = 0
    for part in order:
        place = words.find(part, place)
        assert place >= 0, part
    pages = int(read_facts(fetch(client).content)["Pages"])
    assert f"page {pages} / {pages}" in words
    assert "Étape 2 sur 2 · Pièce 2 Ouvrir un lieu" in words


def test_late_sheet_warns(client):
    guide = make_guide(stage_count=1)
    stage = guide.get_children().get()
    add_sheet(stage, title="Vieille", verified_on=LATE)
    add_sheet(stage, title="Jamais", verified_on=None)
    words = read(client)
    assert "2 fiches sont à relire." in words
    assert "Vérifié pour la dernière fois le 2 janvier 2020, à relire depuis" in words
    assert "Pas encore vérifié, personne n’a relu ses sources" in words


def test_figure_that_changed_says_what_it_was(client):
    guide = make_guide(stage_count=1)
    sheet = guide.get_descendants().get(slug="fiche-11").specific
    for value, month in (("6 ans", 1), ("9 ans", 5)):
        sheet.figure_readings.create(
            label="Durée", value=value, published_on=datetime.date(2026, month, 2)
        )
    assert "9 ans (6 ans avant le 2 mai 2026)" in read(client)


def test_what_others_may_not_read_is_not_set(admin_client):
    guide = make_guide(stage_count=1)
    hide_parts(guide)
    words = read(admin_client)
    assert CANARY not in words
    assert "1. Pièce 1" in words
    whole = gather_parts(guide, today=timezone.localdate())
    assert CANARY not in json.dumps(make_guide_sheet(whole, find_network()).values)


def find_network() -> NetworkSettings:
    return NetworkSettings.for_site(Site.objects.get(is_default_site=True))


def test_who_has_the_pdf_is_told_so_without_typesetting(client, monkeypatch):
    make_guide()
    first = fetch(client)
    cache.clear()
    monkeypatch.setattr("typst.compile", None)
    again = client.get(PDF, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert [again[name] for name in ("ETag", "Cache-Control", "X-Robots-Tag")] == [
        first["ETag"],
        "public, max-age=600",
        "noindex",
    ]
    assert first["Link"] == '<https://hub.test/guides/ouvrir/>; rel="canonical"'
    assert "Cookie" not in first.get("Vary", "")


def test_pdf_is_set_once(client, monkeypatch):
    make_guide()
    first = fetch(client).content
    monkeypatch.setattr("typst.compile", None)
    assert fetch(client).content == first
    assert client.head(PDF)["Content-Length"] == str(len(first))


def test_any_change_makes_another_pdf(client):
    guide = make_guide(stage_count=1)
    stage = guide.get_children().get().specific
    tags = [fetch(client)["ETag"]]

    def look():
        tags.append(fetch(client)["ETag"])
        assert len(set(tags)) == len(tags)

    stage.introduction = "Autre"
    stage.save_revision().publish()
    look()
    GlossaryTerm.objects.update(definition="Il dure douze ans.")
    look()
    StagePageFactory(parent=guide, title="Pièce 2")
    look()
    network = find_network()
    network.network_name = "Autre réseau"
    network.save()
    look()
    with time_machine.travel(NOW + datetime.timedelta(days=400)):
        look()
    stage.unpublish()
    look()


def test_private_guide_is_for_no_shared_cache(client, admin_client):
    restrict(make_guide())
    caching = fetch(admin_client)["Cache-Control"].split(", ")
    assert "private" in caching
    assert "public" not in caching
    assert client.get(PDF).status_code == 302


def test_queries_do_not_grow_with_the_parts(client, count_queries):
    guide = make_guide(stage_count=1, sheet_count=1)
    of_one = count_queries(lambda: fetch(client))
    guide.delete()
    make_guide(stage_count=3, sheet_count=3)
    assert count_queries(lambda: fetch(client)) == of_one


@pytest.mark.parametrize(
    "typed",
    ['#panic("x")', "*a* _b_ `c`", "$x$ = <label> @ref", "\\u{41} \\ fin", "] #[ ) ("],
)
def test_nothing_typed_is_markup(client, typed):
    html = typed.replace("<", "&lt;").replace(">", "&gt;")
    guide = GuidePageFactory(
        slug="ouvrir", title=typed, introduction=typed, audience=typed,
        body=write_paragraph(html),
    )  # fmt: skip
    stage = StagePageFactory(
        parent=guide, title=typed, slug="a", cost=typed, body=write_paragraph(html)
    )
    add_sheet(stage, title=typed, slug="b", in_short=typed, introduction=typed)
    pdf = fetch(client).content
    assert read_facts(pdf)["Title"] == typed
    assert read_text(pdf).count(typed) >= 10


def test_guide_without_stages_has_a_pdf_that_says_so(client):
    GuidePageFactory(slug="ouvrir", title="Ouvrir")
    assert "Ce guide s’écrit" in read(client)


def test_endless_guide_is_set(client):
    guide = make_guide(stage_count=1)
    page = guide.get_children().get().specific
    page.body = write_paragraph("Une longue phrase de plus. " * 4000)
    page.save()
    facts = read_facts(fetch(client).content)
    assert int(facts["Pages"]) > 20


def test_word_that_is_gone_stays_as_text(client):
    make_guide(stage_count=1)
    GlossaryTerm.objects.all().delete()
    words = read(client)
    assert "un bail et le guide" in words
    assert "Les mots de ce guide" not in words


def test_pdf_speaks_the_language_of_the_page():
    make_guide(stage_count=1)
    whole = gather_parts(GuidePage.objects.get(), today=NOW.date())
    with override("en"):
        pdf = make_guide_sheet(whole, find_network()).write_pdf()
    assert b"/Lang(en)" in pdf
    assert "Stage 1 of 1" in read_text(pdf)
    assert StagePage.objects.count() == 1
