from __future__ import annotations

import datetime
import html
import re

import pytest

from events.enums import Visibility
from events.models import FeedAlias
from tests.factories.events import EventFactory, EventTypeFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
PAGE = "/agenda/abonnement/"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_page_gives_the_addresses_of_these_filters(client):
    EventFactory()

    page = read(client, f"{PAGE}?dep=22&type=drink-and-co&vue=mois&page=3")

    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
    feed = "hub.test/agenda/flux.ics?dep=22&type=drink-and-co"
    quoted = "hub.test%2Fagenda%2Fflux.ics%3Fdep%3D22%26type%3Ddrink-and-co"
    name = "Drink%20%26%20co%2C%20C%C3%B4tes-d%E2%80%99Armor"
    outlook = f"/calendar/0/addfromweb?url=https%3A%2F%2F{quoted}&name={name}"
    for link in (
        f"webcal://{feed}",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F{quoted}",
        f"https://outlook.live.com{outlook}",
        f"https://outlook.office.com{outlook}",
        "/agenda/flux.ics?dep=22&type=drink-and-co",
    ):
        assert link in links
    field = re.search(r"<textarea[^>]*readonly[^>]*>([^<]+)</textarea>", page)
    assert html.unescape(field[1]) == f"https://{feed}"
    assert 'data-copy="adresse"' in page
    assert "elle ne se mettra pas à jour" in page


def test_page_counts_the_public_dates_to_come(client):
    EventFactory.create_batch(2)
    EventFactory(start_date=datetime.date(2026, 10, 1))
    EventFactory(title="Canari", visibility=Visibility.MEMBERS)

    page = read(client, PAGE)

    assert "2 rendez-vous à venir" in page
    assert "Canari" not in page


def test_address_it_gives_is_the_feed(client):
    EventFactory()
    page = read(client, f"{PAGE}?q=saint+brieuc")
    address = html.unescape(re.search(r"<textarea[^>]*>([^<]+)<", page)[1])

    response = client.get(address.removeprefix("https://hub.test"))

    assert response.content.count(b"BEGIN:VEVENT") == 1


def test_unknown_value_is_said_and_left_out(client):
    page = read(client, f"{PAGE}?type=inconnu")

    assert "nous ne connaissons pas « inconnu »" in page
    assert "https://hub.test/agenda/flux.ics</textarea>" in page


SHORTEN = f"{PAGE}adresse/"
LONG = "?dep=22&type=drink-and-co"


def address_shown(page):
    return html.unescape(re.search(r"<textarea[^>]*>([^<]+)<", page)[1])


def test_one_filter_has_the_address_of_its_own_feed(client):
    EventFactory()

    page = read(client, f"{PAGE}?type=drink-and-co")

    assert address_shown(page) == "https://hub.test/agenda/type/drink-and-co.ics"
    assert "Obtenir une adresse courte" not in page


def test_long_address_is_made_short_for_everybody(client):
    EventFactory()
    page = read(client, f"{PAGE}{LONG}")
    assert "Obtenir une adresse courte" in page
    form = html.unescape(re.search(r'<form method="post" action="([^"]+)"', page)[1])
    assert form == f"{SHORTEN}{LONG}"

    response = client.post(form)

    assert (response.status_code, response.url) == (302, f"{PAGE}{LONG}#adresse")
    code = FeedAlias.objects.get().code
    page = read(client, f"{PAGE}{LONG}")
    assert address_shown(page) == f"https://hub.test/agenda/flux/{code}.ics"
    assert "Obtenir une adresse courte" not in page
    for view in ("", "&vue=mois", "&vue=carte"):
        agenda = read(client, f"/agenda/{LONG}{view}")
        assert f'href="/agenda/flux/{code}.ics"' in agenda
    assert client.post(form).status_code == 302
    assert FeedAlias.objects.count() == 1
    assert not response.cookies


def test_reloading_the_answer_leads_back_and_changes_nothing(client):
    EventTypeFactory()

    response = client.get(f"{SHORTEN}{LONG}")

    assert (response.status_code, response.url) == (302, PAGE + LONG)
    assert not FeedAlias.objects.exists()


@pytest.mark.parametrize("query", ["", "?type=inconnu", "?vue=mois"])
def test_nothing_to_shorten_is_said_on_the_page(client, query):
    response = client.post(SHORTEN + query)

    assert response.status_code == 422
    assert "Choisissez d’abord ce que vous suivez" in response.text
    assert not FeedAlias.objects.exists()


def test_who_shortens_without_end_must_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"short_address": "2/h/ip"}
    EventTypeFactory()

    codes = [client.post(f"{SHORTEN}?dep=22&q={n}").status_code for n in range(3)]
    last = client.post(f"{SHORTEN}?dep=22&q=3")

    assert codes == [302, 302, 429]
    assert "Trop d’essais" in last.text
    assert last.headers["Retry-After"] == "600"
    assert address_shown(last.text) == "https://hub.test/agenda/flux.ics?dep=22&q=3"


def test_programs_find_the_calendar_and_the_news_of_the_filters(client):
    EventFactory()

    page = read(client, f"{PAGE}?type=drink-and-co")

    assert 'type="text/calendar"' in page
    news = "/agenda/atom.xml?type=drink-and-co"
    assert page.count(f'href="{news}"') == 2
    assert client.get(news).status_code == 200
