"""The mail of the month: asking, confirming, getting it, ending it."""

from __future__ import annotations

import datetime
import html
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.signing import Signer
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from cms.tasks.mail import deliver_mail
from events.jobs import erase_digests, send_digests
from events.models import DigestSubscription
from events.services.digest_mail import LARGEST
from events.services.digests import PURPOSE, manage_url
from tests import personas
from tests.events import registration_site
from tests.factories.events import EventFactory, EventTypeFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
DECEMBER = datetime.datetime(2026, 12, 1, 7, 0, tzinfo=datetime.UTC)
ASK = "/agenda/abonnement/courriel/"
LEA = "lea@example.org"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)
    # What one address asked for is counted there.
    cache.clear()


def ask(client, query="", email=LEA, **answers):
    return client.post(ASK + query, {"email": email, **answers})


def mails():
    """Return (recipient, subject, text) of each stored mail, spaces made plain."""
    return [
        tuple(one.replace("\xa0", " ") for one in found)
        for found in registration_site.mails()
    ]


def link_in(text):
    """Return the path of the page that a mail leads to."""
    [found] = re.findall(rf"https://hub\.test((?:/en)?{ASK}\S+)", text)
    return found


def subscribe(client, query="", email=LEA):
    """Ask and confirm; return the address of the subscription."""
    ask(client, query, email)
    [(_to, _subject, text)] = mails()
    link = link_in(text)
    assert client.post(link, {"action": "confirm"}).status_code == 302
    return link


def words(response, status=200):
    assert response.status_code == status
    return html.unescape(response.text).replace("\xa0", " ")


def december(**values):
    return EventFactory(start_date=datetime.date(2026, 12, 10), **values)


def test_nothing_is_sent_before_the_owner_confirms(client):
    december()
    response = ask(client, "?type=drink-and-co")

    assert (response.status_code, response.url) == (302, f"{ASK}envoye/")
    assert "Regardez vos courriels" in words(client.get(response.url))
    [(to, subject, text)] = mails()
    assert (to, subject) == (LEA, "À confirmer : le courriel du mois")
    assert "Drink & co" in text
    send_digests(DECEMBER)
    assert mails() == []

    link = link_in(text)
    for _look in range(2):
        assert "Oui, envoyez-le-moi" in words(client.get(link))
    assert DigestSubscription.objects.get().confirmed_at is None
    client.head(link)
    assert DigestSubscription.objects.get().confirmed_at is None

    client.post(link, {"action": "confirm"})

    assert DigestSubscription.objects.get().confirmed_at == NOW
    assert f"Il part à {LEA}" in words(client.get(link))


def test_mail_of_the_month_tells_the_dates_once(client):
    december(title="Apéro de Noël")
    december(title="Canari annulé", status="cancelled")
    december(title="Canari des membres", visibility="members")
    december(title="Canari ailleurs", type=EventTypeFactory(slug="x", name="X"))
    EventFactory(title="Canari de janvier", start_date=datetime.date(2027, 1, 7))
    link = subscribe(client, "?type=drink-and-co")

    send_digests(NOW)
    assert mails() == [], "the month in which one confirms is not sent"
    for minute in (0, 5):
        send_digests(DECEMBER + datetime.timedelta(minutes=minute))

    [(to, subject, text)] = mails()
    assert (to, subject) == (LEA, "Les rendez-vous de décembre 2026 – Drink & co")
    assert "Apéro de Noël" in text
    assert "Jeudi 10 décembre 2026, 18 h 30" in text
    assert "https://hub.test/agenda/apero-de-noel-2026-12-10/" in text
    assert "anari" not in text
    assert text.count(f"https://hub.test{link}") == 1


def test_mail_has_the_button_that_ends_it_in_one_press_and_follows_nobody(
    client, settings, django_capture_on_commit_callbacks
):
    december()
    link = subscribe(client)
    send_digests(DECEMBER)
    task = DBTaskResult.objects.get(task_path="cms.tasks.mail.deliver_mail")

    deliver_mail.func(_Context(task.id), **task.args_kwargs["kwargs"])

    [sent] = mail.outbox
    assert sent.extra_headers["List-Unsubscribe"] == f"<https://hub.test{link}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not sent.attachments
    assert getattr(sent, "alternatives", []) == []
    assert re.findall(r"[?&](?:utm|id|key)\w*=", sent.body) == []
    mails()

    response = client.post(
        link,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 200
    assert not response.cookies
    assert DigestSubscription.objects.get().ended_at == NOW
    send_digests(DECEMBER + datetime.timedelta(days=31))
    assert mails() == []


class _Context:
    def __init__(self, key):
        self.task_result = type("Result", (), {"id": key})
        self.attempt = 1


def test_looking_at_the_page_ends_nothing(client):
    link = subscribe(client)

    for method in (client.get, client.head, client.options):
        method(link)
    assert client.post(link, {}).status_code == 422
    assert client.post(f"{link}?List-Unsubscribe=One-Click").status_code == 422
    assert DigestSubscription.objects.get().ended_at is None

    assert "C’est arrêté" in words(client.post(link, {"action": "end"}))
    assert "C’est arrêté" in words(client.get(link))


def test_page_is_kept_by_no_cache_and_told_to_nobody(client):
    response = client.get(subscribe(client))

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    "key",
    [
        "x", "x.y", "%00", "%C3%A9.%F0%9F%98%80", "a" * 3000, "..", "%25",
        Signer(salt=PURPOSE, sep=".").sign("not-a-key"),
        Signer(salt=PURPOSE, sep=".").sign("0" * 32),
        Signer(salt="events.registration", sep=".").sign("0" * 32),
    ],
)  # fmt: skip
def test_bad_key_is_not_found(client, key):
    subscribe(client)

    for method in (client.get, client.post):
        assert method(f"{ASK}{key}/").status_code in (400, 404)
    assert DigestSubscription.objects.get().ended_at is None


def test_whatever_is_known_of_an_address_who_asks_learns_nothing(client):
    subscribe(client)
    known, unknown = ask(client), ask(client, email="noe@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    told = {to: subject for to, subject, _text in mails()}
    assert told == {
        LEA: "Vous recevez déjà le courriel du mois",
        "noe@example.org": "À confirmer : le courriel du mois",
    }
    assert DigestSubscription.objects.count() == 2
    ask(client, email="LEA@Example.org")
    assert DigestSubscription.objects.count() == 2


def test_who_ended_it_begins_again_with_a_new_address(client):
    old = subscribe(client)
    client.post(old, {"action": "end"})

    new = subscribe(client)

    assert new != old
    assert client.get(old).status_code == 404
    assert DigestSubscription.objects.get().ended_at is None


def test_request_refused_by_the_owner_is_erased(client):
    ask(client)
    [(_to, _subject, text)] = mails()

    page = words(client.post(link_in(text), {"action": "end"}))

    assert "La demande est effacée" in page
    assert not DigestSubscription.objects.exists()


def test_what_nobody_confirmed_and_old_proofs_are_erased(client, time_machine):
    ended = subscribe(client)
    client.post(ended, {"action": "end"})
    subscribe(client, email="reste@example.org")
    ask(client, email="noe@example.org")
    [(_to, _subject, text)] = mails()

    two_days = NOW + datetime.timedelta(hours=48)
    time_machine.move_to(two_days, tick=False)
    assert client.get(link_in(text)).status_code == 404
    erase_digests(two_days)
    assert set(DigestSubscription.objects.values_list("email", flat=True)) == {
        LEA, "reste@example.org",
    }  # fmt: skip
    erase_digests(NOW.replace(year=2029) - datetime.timedelta(days=1))
    assert DigestSubscription.objects.count() == 2
    erase_digests(NOW.replace(year=2029))
    assert DigestSubscription.objects.get().email == "reste@example.org"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"email": ""}, "Donnez l’adresse à laquelle"),
        ({"email": "lea@"}, "Donnez un courriel entier"),
    ],
)
def test_wrong_address_is_said_and_kept(client, answers, sentence):
    page = words(client.post(ASK, answers), 422)

    assert sentence in page
    assert f'value="{answers["email"]}"' in page or not answers["email"]
    assert not DigestSubscription.objects.exists()


@pytest.mark.parametrize("query", ["?q=halle", "?dep=22", "?type=unknown"])
def test_only_types_spaces_and_the_whole_agenda_make_a_mail(client, query):
    assert (
        "Recevoir le courriel du mois"
        not in words(client.get(f"/agenda/abonnement/{query}"))
        or "unknown" in query
    )
    words(ask(client, query), 422)
    assert not DigestSubscription.objects.exists()


def test_follower_of_a_space_gets_its_dates_after_it_was_renamed(client):
    space = SpaceFactory(slug="estran", name="L’Estran")
    december(title="Chez nous", host=space)
    december(title="Canari")
    link = subscribe(client, "?lieu=estran")
    space.slug = "estran-du-port"
    space.save()

    send_digests(DECEMBER)

    [(_to, subject, text)] = mails()
    assert subject == "Les rendez-vous de décembre 2026 – L’Estran"
    assert ("Chez nous" in text, "Canari" in text) == (True, False)
    assert "L’Estran" in words(client.get(link))


def test_month_without_dates_has_no_mail(client):
    subscribe(client)

    send_digests(DECEMBER)

    assert mails() == []


@pytest.mark.parametrize(
    ("day", "hour", "sent"), [(1, 5, 0), (1, 6, 1), (7, 22, 1), (8, 6, 0)]
)
def test_mail_leaves_in_the_first_days_and_not_at_night(client, day, hour, sent):
    december()
    subscribe(client)

    send_digests(datetime.datetime(2026, 12, day, hour, tzinfo=datetime.UTC))

    assert len(mails()) == sent


def test_large_month_says_how_many_more(client):
    for _number in range(LARGEST + 1):
        december()
    subscribe(client)

    send_digests(DECEMBER)

    [(_to, _subject, text)] = mails()
    assert text.count("\n* ") == LARGEST
    assert "Et 1 autre rendez-vous dans l’agenda" in text


def test_many_who_follow_the_same_cost_one_reading_of_the_agenda(
    client, django_assert_max_num_queries
):
    december()
    for number in range(5):
        subscribe(client, email=f"p{number}@example.org")

    with django_assert_max_num_queries(5 + 5 * 6):
        send_digests(DECEMBER)

    assert len(mails()) == 5


def test_mail_is_in_the_language_of_the_page(client):
    december()
    client.post("/en/agenda/abonnement/courriel/", {"email": LEA})
    [(_to, subject, text)] = mails()
    assert subject == "To confirm: the mail of the month"
    link = link_in(text)
    assert link.startswith("/en/")
    client.post(link, {"action": "confirm"})

    send_digests(DECEMBER)

    [(_to, subject, _text)] = mails()
    assert subject == "Dates of December 2026"


def test_who_asks_again_and_again_must_wait_and_programs_learn_nothing(
    client, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"event_digest": "2/h/key"}

    codes = [ask(client).status_code for _try in range(3)]

    assert codes == [302, 302, 429]
    assert f'value="{LEA}"' in ask(client).text
    mails()
    trapped = ask(client, email="spam@example.org", website="https://spam.test")
    assert trapped.url == f"{ASK}envoye/"
    assert mails() == []
    assert not DigestSubscription.objects.filter(email="spam@example.org").exists()


def test_admin_counts_readers_and_shows_no_address(client):
    EventTypeFactory()
    subscribe(client, "?type=drink-and-co")
    subscribe(client, "?type=drink-and-co", "noe@example.org")
    ask(client, email="zoe@example.org")
    address = reverse("events_digest_readers")

    client.force_login(personas.moderator())
    page = words(client.get(address))
    table = re.search(r'<table class="listing">.*?</table>', page, re.DOTALL)[0]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table)
    assert cells == ["Drink & co", "2", "0", "0", "Tout l’agenda", "0", "1", "0"]
    assert "@example.org" not in page
    assert address in words(client.get(reverse("wagtailadmin_home")))
    client.force_login(personas.member())
    assert client.get(address).status_code == 302


def test_address_in_the_mail_is_the_one_that_the_row_signs(client):
    link = subscribe(client)

    assert manage_url(DigestSubscription.objects.get()) == f"https://hub.test{link}"
