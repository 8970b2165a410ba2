"""The pages where one registers, and keeps one's registration."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from events.enums import EventStatus, RegistrationMode, Visibility
from events.models import Event
from events.services import registration as services
from tests import personas
from tests.events.registration_site import (
    NOW,
    SENT,
    answers,
    ask,
    come,
    date_with_places,
    find_link,
    form_of,
    list_statuses,
    mails,
    make_user,
    page_of,
    sentences,
)
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)


def test_visitor_registers_by_form_mail_and_button(client):
    event = date_with_places(2)
    sent = client.post(form_of(event), answers())
    assert (sent.status_code, sent.url) == (302, f"{form_of(event)}envoyee/")
    assert SENT in sentences(client.get(sent.url))
    [(_to, _subject, text)] = mails()
    link = find_link(text)

    # A mail program looks first: that changes nothing.
    for _turn in range(2):
        page = client.get(link)
        assert "Encore un pas" in sentences(page)
        assert client.head(link).status_code == 200
    assert list_statuses(event) == {"léa": "pending"}

    done = client.post(link, {"action": "confirm"})
    assert (done.status_code, done.url) == (302, link)
    assert "Vous venez." in sentences(client.get(link))
    assert list_statuses(event) == {"léa": "confirmed"}

    client.post(link, {"action": "cancel"})
    client.post(link, {"action": "cancel"})
    assert "Cette inscription est annulée." in sentences(client.get(link))
    assert list_statuses(event) == {"léa": "cancelled"}


def test_member_registers_at_once(client):
    event = date_with_places(2, companions_allowed=2, question="Un plat ?")
    person = make_user("lea")
    client.force_login(person)
    page = client.get(form_of(event))
    assert 'name="email"' not in page.text
    sent = client.post(form_of(event), answers(companions="1", answer="Du pain"))
    registration = event.registrations.get()
    assert sent.url == page_of(registration)
    assert (registration.user, registration.email) == (person, "lea@hub.test")
    assert (registration.companions, registration.answer) == (1, "Du pain")
    assert "Vous venez." in sentences(client.get(form_of(event)))
    again = client.post(form_of(event), answers())
    assert again.url == sent.url
    assert len(mails()) == 1


def test_page_says_the_same_whether_the_address_is_known_or_not(client):
    event = date_with_places(5)
    ask(event, "lea")
    asked = event.registrations.get()
    services.confirm_registration(asked, now=NOW)
    pages = []
    for address in ("lea@example.org", "LEA@example.org", "unknown@example.org"):
        response = client.post(form_of(event), answers(email=address))
        pages.append((response.status_code, response.url, dict(response.cookies)))
    assert len({str(page) for page in pages}) == 1


def test_full_date_keeps_the_form_and_offers_the_waiting_list(client):
    event = date_with_places(1)
    form = client.get(form_of(event))
    assert "Rejoindre la liste d’attente" not in sentences(form)
    come(event, "first")

    refused = client.post(form_of(event), answers())
    assert refused.status_code == 409
    assert "Il ne reste pas assez de places." in sentences(refused)
    soup = BeautifulSoup(refused.text, "html.parser")
    assert soup.select_one("[name=name]")["value"] == "Léa"
    assert soup.select_one("[name=accepts_waiting]")["value"] == "on"
    assert not event.registrations.filter(email="lea@example.org").exists()

    assert client.post(form_of(event), answers(accepts_waiting="on")).status_code == 302
    assert "Complet : une liste d’attente est ouverte." in sentences(
        client.get(form_of(event))
    ).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"opens_days_before": 1}, "ouvrent le mercredi 25 novembre à 18 h 30"),
        ({"closes_hours_before": 300}, "fermé"),
        ({"status": EventStatus.CANCELLED}, "n’a pas lieu"),
        ({"start_date": datetime.date(2026, 11, 20),
          "end_date": datetime.date(2026, 11, 20)}, "passé"),
    ],
)  # fmt: skip
def test_closed_date_says_why_and_keeps_what_was_typed(client, terms, sentence):
    event = date_with_places(5, **terms)
    page = client.get(form_of(event))
    assert page.status_code == 200
    assert sentence in sentences(page).replace("\xa0", " ")
    assert "<form" not in str(BeautifulSoup(page.text, "html.parser").main)
    refused = client.post(form_of(event), answers())
    assert refused.status_code == 409
    assert 'value="Léa"' in refused.text
    assert not event.registrations.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a" * 121}, "name"),
        ({"email": ""}, "email"),
        ({"email": "lea"}, "email"),
        ({"email": "lea@example.org\nBcc: x@y.z"}, "email"),
        ({"companions": "-1"}, "companions"),
        ({"companions": "9" * 40}, "companions"),
        ({"companions": "deux"}, "companions"),
        ({"answer": "a" * 301}, "answer"),
    ],
)
def test_mistake_is_said_on_its_field(client, values, field):
    event = date_with_places(5, companions_allowed=2, question="Un plat ?")
    response = client.post(form_of(event), answers(**values))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "<title>Erreur" in response.text


def test_more_companions_than_allowed_are_refused_in_words(client):
    event = date_with_places(5, companions_allowed=2)
    response = client.post(form_of(event), answers(companions="3"))
    assert response.status_code == 409
    assert "Vous pouvez amener 2 personnes au plus." in sentences(response)


HOSTILE = (
    "", "a\x00b", "\x01\x07\x1b", "a\r\nBcc: evil@evil.test", "9" * 40, "9" * 5000, "-1",
    "é" * 10_000, "🦜", "\u202e\u200b\ufeff", "<script>alert(1)</script>", "\ud800",
    "%s%(title)s{0}{{ 7*7 }}", "None",
)  # fmt: skip


@pytest.mark.parametrize("field", sorted(answers()))
def test_hostile_answer_is_refused_or_kept(settings, field):
    settings.ACCOUNT_RATE_LIMITS = {}
    browser = Client(raise_request_exception=False)
    event = date_with_places(
        500, companions_allowed=2, question="Un plat ?", second_question="Un jeu ?"
    )
    for value in HOSTILE[:-4] if field == "email" else HOSTILE:
        if "\ud800" in value:
            value = value.encode("utf-8", "surrogatepass")
        response = browser.post(form_of(event), answers(**{field: value}))
        assert response.status_code in (302, 409, 422), (field, value[:40])
        assert "<script>alert(1)" not in response.text
    sent = answers()
    del sent[field]
    assert browser.post(form_of(event), sent).status_code in (302, 422)


def test_forged_columns_are_ignored(client):
    event, other = date_with_places(1), date_with_places(1)
    come(event, "first")
    client.post(
        form_of(event),
        answers(
            status="confirmed", event=other.pk, user="1", pk="1", key="x",
            attended="on", confirmed_at="2020-01-01", accepts_waiting="on",
        ),
    )  # fmt: skip
    asked = event.registrations.get(email="lea@example.org")
    assert (asked.status, asked.user, asked.attended) == ("pending", None, None)
    assert not other.registrations.exists()


def test_program_that_fills_in_everything_sees_what_people_see(client):
    event = date_with_places(5)
    response = client.post(form_of(event), answers(website="https://spam.test"))
    assert response.url == f"{form_of(event)}envoyee/"
    assert not event.registrations.exists()
    assert mails() == []


def test_address_that_is_used_again_and_again_must_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"event_registration": "3/h/key"}
    dates = [date_with_places(5) for _number in range(4)]
    codes = [client.post(form_of(date), answers()).status_code for date in dates]
    assert codes == [302, 302, 302, 429]
    last = client.post(form_of(dates[3]), answers())
    assert "Trop d’essais" in sentences(last)
    assert 'value="Léa"' in last.text
    assert last.headers["Retry-After"] == "600"
    assert len(mails()) == 3
    others = answers(email="noe@example.org")
    assert client.post(form_of(dates[3]), others).status_code == 302


def test_network_address_is_limited_and_forged_headers_do_not_help(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"event_registration": "2/h/ip"}
    event = date_with_places(5)
    codes = [
        client.post(
            form_of(event),
            answers(email=f"p{number}@example.org"),
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        ).status_code
        for number in range(3)
    ]
    assert codes == [302, 302, 429]


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.PRIVATE])
def test_hidden_date_does_not_exist_for_others(client, visibility):
    event = date_with_places(5, visibility=visibility)
    for path in (form_of(event), f"{form_of(event)}envoyee/"):
        assert client.get(path).status_code == 404
    assert client.post(form_of(event), answers()).status_code == 404
    client.force_login(personas.member(spaces=[event.host] if event.host else None))
    expected = 200 if visibility == Visibility.MEMBERS else 404
    assert client.get(form_of(event)).status_code == expected


def test_date_without_registration_has_no_form(client):
    event = EventFactory()
    assert client.get(form_of(event)).status_code == 404
    assert client.post(form_of(event), answers()).status_code == 404
    assert "Inscription" not in sentences(client.get(event.get_absolute_url()))


def test_registration_elsewhere_leads_there(client):
    event = EventFactory(
        registration_mode=RegistrationMode.ELSEWHERE,
        registration_url="https://www.billets.example/soupe",
    )
    for path in (form_of(event), event.get_absolute_url()):
        page = client.get(path)
        assert 'href="https://www.billets.example/soupe"' in page.text
        assert "S’inscrire sur billets.example" in sentences(page)
    assert client.post(form_of(event), answers()).status_code == 409


@pytest.mark.parametrize(
    ("capacity", "comers", "words"),
    [
        (None, 1, ["Les inscriptions restent ouvertes jusqu’au début.", "Je viens"]),
        (3, 1, ["Il reste 2 places sur 3.", "Je viens"]),
        (3, 2, ["Il reste 1 place sur 3."]),
        (1, 1, ["Complet : une liste d’attente est ouverte.",
                "Rejoindre la liste d’attente"]),
    ],
)  # fmt: skip
def test_page_of_a_date_says_how_many_places_are_left(client, capacity, comers, words):
    event = date_with_places(capacity)
    for number in range(comers):
        come(event, f"canary{number}")
    page = sentences(client.get(event.get_absolute_url())).replace("\xa0", " ")
    for sentence in words:
        assert sentence in page
    assert "canary" not in page.lower()


def test_page_of_a_date_tells_me_that_i_am_coming(client):
    event = date_with_places(5)
    registration = come(event)
    client.force_login(registration.user)
    page = client.get(event.get_absolute_url())
    assert "Vous venez." in sentences(page)
    assert page_of(registration) in page.text
    assert form_of(event) not in page.text
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)
    for path in (event.get_absolute_url(), form_of(event)):
        assert "Vous venez." not in sentences(client.get(path))


@pytest.mark.parametrize("registered", [1, 3])
def test_pages_cost_the_same_for_one_person_and_three(
    client, django_assert_num_queries, registered
):
    event = date_with_places(2)
    for number in range(registered):
        come(event, f"person{number}")
    for address, queries in ((form_of(event), 7), (event.get_absolute_url(), 7)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


@pytest.mark.parametrize("total", [1, 3])
def test_agenda_says_full_without_a_query_more(
    client, django_assert_num_queries, total
):
    for _number in range(total):
        come(date_with_places(1), "lea")
    client.get("/agenda/")
    with django_assert_num_queries(10):
        page = client.get("/agenda/")
    assert sentences(page).count("complet") == total


def test_privacy_is_told_beside_the_form(client, settings):
    page = sentences(client.get(form_of(date_with_places()))).replace("\xa0", " ")
    for words in (
        "pour rien d’autre", "3 mois après le rendez-vous", "CNIL", "liste d’envoi",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("language", ["en", "br"])
def test_form_speaks_the_language_of_its_address(client, language):
    event = date_with_places()
    address = f"/{language}{form_of(event)}"
    assert client.get(address).status_code == 200
    sent = client.post(address, answers())
    assert sent.url.startswith(f"/{language}/")
    assert event.registrations.get().language == language
