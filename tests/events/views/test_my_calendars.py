"""Calendar addresses of one's own, in the member area."""

from __future__ import annotations

import datetime
import html
import re

import pytest

from events.enums import PersonalFeed
from events.models import FeedToken
from events.services.feed_tokens import MOST_TOKENS, give_token, hash_token
from network.models import SpaceMember
from tests import personas
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
PAGE = "/espace/calendriers/"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def mine(client, person):
    client.force_login(person)
    return client


def give(person, label="Téléphone"):
    return give_token(
        to=person, kind=PersonalFeed.REGISTRATIONS, space=None, label=label, now=NOW
    )


def read(response, status=200):
    assert response.status_code == status
    return html.unescape(response.content.decode()).replace("\xa0", " ")


def choices(page):
    return re.findall(r'name="content" value="([^"]+)"', page)


def test_address_is_shown_once_and_works_at_once(mine, client, person):
    space = personas.space_of(person)
    EventFactory(title="Entre nous", host=space, visibility="private")

    response = mine.post(
        PAGE, {"content": f"space-{space.pk}", "label": " Mon  bureau "}
    )

    page = read(response)
    [address] = re.findall(r"<textarea[^>]*>([^<]+)<", page)
    assert f'href="{address.replace("https", "webcal")}"' in page
    secret = re.search(r"/agenda/perso/([^.]+)\.ics$", address)[1]
    token = FeedToken.objects.get()
    assert (token.user, token.kind, token.space) == (person, "space", space)
    assert (token.label, token.token_hash) == ("Mon bureau", hash_token(secret))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    listed = read(mine.get(PAGE))
    assert secret not in listed
    assert "Mon bureau" in listed
    assert f"commence par {secret[:6]}…" in listed
    mine.logout()
    assert "Entre nous" in client.get(address.removeprefix("https://hub.test")).text


def test_form_offers_what_this_person_may_follow(mine, client, person):
    SpaceFactory(name="Ailleurs")
    space = personas.space_of(person)
    assert choices(read(mine.get(PAGE))) == [
        "registrations", f"space-{space.pk}", "members",
    ]  # fmt: skip

    client.force_login(UserFactory(email="canari@hub.test"))
    assert choices(read(client.get(PAGE))) == ["registrations"]


@pytest.mark.parametrize(
    "answers",
    [{}, {"content": "space-1000"}, {"content": "members\x00"}, {"content": "space"},
     {"content": "registrations", "label": "x" * 61}],
)  # fmt: skip
def test_wrong_answer_keeps_what_was_typed(mine, answers):
    page = read(mine.post(PAGE, {"label": "Canari", **answers}), 422)

    assert 'value="Canari"' in page or "x" * 61 in page
    assert not FeedToken.objects.exists()


def test_space_of_somebody_else_gives_nothing(mine):
    other = SpaceFactory()

    read(mine.post(PAGE, {"content": f"space-{other.pk}"}), 422)

    assert not FeedToken.objects.exists()


def test_right_that_ended_since_the_page_was_shown_gives_nothing(mine):
    SpaceMember.objects.update(until=datetime.date(2026, 11, 22))

    read(mine.post(PAGE, {"content": "members"}), 422)

    assert not FeedToken.objects.exists()


def test_too_many_addresses_are_refused_in_words(mine, person):
    for _number in range(MOST_TOKENS):
        give(person)

    page = read(mine.post(PAGE, {"content": "registrations"}), 409)

    assert "révoquez-en une" in page
    assert FeedToken.objects.count() == MOST_TOKENS


def test_list_tells_the_last_use_and_nothing_of_others(mine, client, person):
    _token, secret = give(person)
    give(UserFactory(), label="Canari")
    assert "pas encore" in read(mine.get(PAGE))

    client.get(f"/agenda/perso/{secret}.ics")

    page = read(mine.get(PAGE))
    assert "pas encore" not in page
    assert "23 novembre 2026" in page
    assert "Canari" not in page


def test_revoking_asks_first_and_ends_it_at_once(mine, client, person):
    token, secret = give(person)
    kept, other = give(person)
    address = f"/agenda/perso/{secret}.ics"
    etag = client.get(address)["ETag"]
    ask = f"{PAGE}{token.pk}/revoquer/"

    assert "Téléphone" in read(mine.get(ask))
    assert client.get(address).status_code == 200
    response = mine.post(ask, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "Téléphone" in read(response)
    warm = client.get(address, headers={"if-none-match": etag})
    assert (warm.status_code, client.get(address).status_code) == (404, 404)
    assert client.get(f"/agenda/perso/{other}.ics").status_code == 200
    assert mine.post(ask).status_code == 404
    kept.refresh_from_db()
    assert kept.revoked_at is None


def test_nobody_revokes_the_address_of_another(mine):
    token, _secret = give(UserFactory())

    for method in (mine.get, mine.post):
        assert method(f"{PAGE}{token.pk}/revoquer/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_visitor_is_sent_to_the_login(client):
    response = client.get(PAGE)

    assert response.status_code == 302
    assert response.url.endswith("?next=/espace/calendriers/")


def test_member_area_leads_there(mine):
    assert f'href="{PAGE}"' in mine.get("/espace/").text


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_as_many_queries_for_three_addresses(
    mine, person, django_assert_num_queries, count
):
    for _number in range(count):
        give(person)
    mine.get(PAGE)

    with django_assert_num_queries(8):
        mine.get(PAGE)
