"""What the public may not see is in no public output; what it may see is in each."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import Site

from tests.hub.canary import (
    HIDDEN,
    NOW,
    SHOWN,
    hide_pages,
    hide_records,
    show_all,
)

pytestmark = pytest.mark.django_db


OUTPUTS = (
    "/agenda/",
    "/agenda/?vue=mois&mois=2026-11",
    f"/agenda/le-{SHOWN}/",
    f"/agenda/le-{SHOWN}/inscription/",
    f"/agenda/le-{SHOWN}/inscription/envoyee/",
    f"/agenda/le-{SHOWN}.ics",
    f"/agenda/serie/serie-{SHOWN}/",
    f"/agenda/serie/serie-{SHOWN}.ics",
    f"/agenda/lieu/{SHOWN}.ics",
    f"/agenda/tag/{SHOWN}.ics",
    "/agenda/type/drink-and-co.ics",
    "/agenda/departement/22.ics",
    "/agenda/flux.ics",
    "/agenda/abonnement/",
    f"/agenda/reunion-{SHOWN}-2026-10-22/",
    "/decisions/",
    "/decisions/1/",
    "/lieux/",
    f"/lieux/{SHOWN}/",
    "/lieux.geojson",
    "/lieux.csv",
    "/ressources/",
    f"/ressources/{SHOWN}/",
    "/guides/",
    f"/guides/{SHOWN}/",
    f"/guides/{SHOWN}/{SHOWN}/",
    f"/guides/{SHOWN}/{SHOWN}/{SHOWN}/",
    f"/guides/{SHOWN}/imprimer/",
    "/charte/",
    "/projets/",
    f"/projets/{SHOWN}/",
    f"/projets/{SHOWN}/?etat=envisagee",
    f"/projets/{SHOWN}/financements.csv",
    f"/projets/{SHOWN}/actions.csv",
    "/",
    "/sitemap-pages.xml",
    "/sitemap-rendez-vous.xml",
    "/sitemap-lieux.xml",
    "/sitemap-ressources.xml",
)
# Outputs that repeat in each language; pages are not translated yet.
TRANSLATED = (
    "/en/agenda/",
    "/en/agenda/?vue=mois&mois=2026-11",
    f"/en/agenda/le-{SHOWN}/",
    "/en/decisions/",
    "/en/decisions/1/",
    "/en/lieux/",
    f"/en/lieux/{SHOWN}/",
    "/en/ressources/",
    f"/en/ressources/{SHOWN}/",
    "/br/agenda/",
    "/br/lieux/",
)
FOUND = "/recherche/?q={}", "/en/recherche/?q={}", "/br/recherche/?q={}"


@pytest.fixture
def hidden_addresses(db, time_machine, django_capture_on_commit_callbacks):
    time_machine.move_to(NOW, tick=False)
    with django_capture_on_commit_callbacks(execute=True):
        show_all()
        return hide_pages() + hide_records()


def test_hidden_words_are_in_no_output_and_shown_ones_in_each(client, hidden_addresses):
    assert timezone.now() == NOW
    assert Site.objects.get().root_page.live
    for address in (*OUTPUTS, *TRANSLATED):
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.text.lower().replace("\r\n ", "")
        assert HIDDEN not in text, address
        assert SHOWN in text, address


def test_hidden_addresses_are_unknown_to_visitors(client, hidden_addresses):
    for address in filter(None, hidden_addresses):
        response = client.get(address)
        path = address.strip("/").split("/")[-1]
        if response.status_code == 302:
            # A private page: the login, and nothing of it.
            assert response.url.startswith("/espace/connexion/?next="), address
            continue
        if response.status_code == 410:
            # A closed space says so at its address, and nowhere else.
            assert path == f"{HIDDEN}-2", address
            continue
        assert response.status_code == 404, address
        # The 404 may repeat the address that was asked for.
        text = response.text.lower()
        for piece in sorted(address.strip("/").split("/"), key=len, reverse=True):
            text = text.replace(piece, "")
        assert HIDDEN not in text, address


def test_search_finds_what_is_shown_alone(client, hidden_addresses):
    for template in FOUND:
        found = client.get(template.format(SHOWN))
        assert found.context["results"].total >= 6, template
        lost = client.get(template.format(HIDDEN))
        assert lost.context["results"].total == 0, template
        assert lost.context["results"].facets.get("kind", ()) == ()
    for address in (f"/agenda/?q={HIDDEN}", f"/lieux/?q={HIDDEN}"):
        assert "draft" not in client.get(address).text, address
    # A hidden word is no filter either: it would say that it exists.
    assert client.get(f"/agenda/flux.ics?serie=serie-{HIDDEN}").status_code == 404
    assert client.get(f"/agenda/lieu/{HIDDEN}-1.ics").status_code == 404
    assert client.get(f"/agenda/tag/{HIDDEN}.ics").status_code == 404
