"""Writing to whoever shares a resource, whose address nobody is shown."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from cms.models import NetworkSettings
from network.models import SpaceMember
from resources.enums import ResourceKind
from resources.services.enquiries import find_addressee
from tests import personas
from tests.factories.network import SpaceFactory, UserFactory
from tests.factories.resources import SharedResourceFactory
from tests.resources.told import take_mails

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)
FORM = "/ressources/sono/demander/"
SENT = f"{FORM}envoyee/"
NETWORK = "bonjour@hub.test"
OWNER = "ti-numerik@hub.test"


@pytest.fixture(autouse=True)
def _network(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)
    settings = NetworkSettings.for_site(Site.objects.get(is_default_site=True))
    settings.contact_email = NETWORK
    settings.save()


@pytest.fixture
def owner():
    return personas.member()


@pytest.fixture
def resource(owner):
    return SharedResourceFactory(
        title="La sono\nde L’Estran",
        slug="sono",
        kind=ResourceKind.EQUIPMENT,
        licence="",
        space=personas.space_of(owner),
    )


def answers(**changes):
    return {
        "name": "Léa",
        "email": "lea@example.org",
        "days": "Un jeudi",
        "message": "Est-elle libre ?\nMerci.",
        "website": "",
        **changes,
    }


def read(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.get_text().split())


def read_reply_to():
    return [
        task.args_kwargs["kwargs"]["message"]["headers"].get("Reply-To")
        for task in DBTaskResult.objects.filter(
            task_path="cms.tasks.mail.deliver_mail"
        ).order_by("enqueued_at")
    ]


def test_visitor_writes_and_both_get_a_mail(client, resource):
    page = client.get(FORM)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-cache"
    sent = client.post(FORM, answers())
    assert (sent.status_code, sent.url) == (302, SENT)
    assert "Votre message est parti" in read(client.get(SENT))

    assert read_reply_to() == ["lea@example.org", None]
    copy, asked = take_mails()
    assert (asked.to, asked.subject) == (OWNER, "Demande : La sono de L’Estran")
    assert "Léa vous écrit depuis le site" in asked.text
    assert "Jours souhaités : Un jeudi" in asked.text
    assert "Est-elle libre ?\nMerci." in asked.text
    assert "https://hub.test/ressources/sono/" in asked.text
    assert (copy.to, copy.subject) == (
        "lea@example.org",
        "Votre demande : La sono de L’Estran",
    )
    assert "Est-elle libre ?\nMerci." in copy.text
    assert OWNER not in copy.text


def test_addresses_of_those_who_answer_are_nowhere(client, resource, owner):
    client.post(FORM, answers())
    refused = client.post(FORM, answers(email=""))
    pages = [client.get("/ressources/sono/"), client.get(FORM), client.get(SENT)]
    assert [OWNER in page.text for page in [*pages, refused]] == [False] * 4


def test_copy_is_in_the_language_of_the_page(client, resource):
    client.post(f"/en{FORM}", answers())
    copy, asked = take_mails()
    assert copy.subject == "Your request: La sono de L’Estran"
    assert asked.subject == "Demande : La sono de L’Estran"


def test_member_writes_with_their_account(client, resource):
    asker = UserFactory(email="noe@hub.test", first_name="Noé", last_name="Le Gall")
    client.force_login(asker)
    soup = BeautifulSoup(client.get(FORM).content, "html.parser")
    assert soup.select_one("[name=name]")["value"] == "Noé Le Gall"
    assert soup.select_one("[name=email]") is None
    assert "noe@hub.test, l’adresse de votre compte" in soup.get_text()
    # Their address is proved: the copy may hold a link.
    sent = client.post(FORM, answers(message="Voir https://noe.example/", email="x"))
    assert sent.url == SENT
    assert [mail.to for mail in take_mails()] == ["noe@hub.test", OWNER]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Donnez un nom"),
        ({"name": "promo.com"}, "sans adresse de site"),
        ({"email": ""}, "c’est là que va la réponse"),
        ({"email": "lea"}, "Exemple"),
        ({"email": '"a\x0cBcc: b"@example.org'}, "Exemple"),
        ({"email": "lea@example.org\nBcc: noe@example.org"}, "Exemple"),
        ({"message": ""}, "Écrivez quelques mots"),
        ({"message": "Voir www.promo.example"}, "sans adresse de site"),
        ({"message": "a" * 2001}, "2000"),
        ({"days": "b" * 161}, "160"),
        ({"message": "a\x00b"}, "nul"),
    ],
)
def test_refusal_keeps_what_was_typed(client, resource, changes, sentence):
    response = client.post(FORM, answers(**changes))
    assert response.status_code == 422
    assert sentence in read(response)
    soup = BeautifulSoup(response.content, "html.parser")
    typed = answers(**changes)
    if "message" not in changes:
        assert soup.textarea.get_text().strip() == typed["message"].strip()
    if "days" not in changes:
        assert soup.select_one("[name=days]")["value"] == typed["days"]
    assert take_mails() == []


def test_line_breaks_in_a_name_write_no_header(client, resource):
    client.post(FORM, answers(name="Léa\r\nBcc: noe", days="lundi\x1cmardi"))
    _copy, asked = take_mails()
    assert "Léa Bcc: noe vous écrit" in asked.text
    assert "Jours souhaités : lundi mardi" in asked.text


def test_program_that_fills_in_everything_sees_what_people_see(client, resource):
    response = client.post(FORM, answers(website="https://spam.test"))
    assert (response.status_code, response.url) == (302, SENT)
    assert take_mails() == []


def test_same_words_sent_again_leave_once(client, resource):
    for _turn in range(2):
        assert client.post(FORM, answers()).url == SENT
    assert len(take_mails()) == 2
    client.post(FORM, answers(message="Autre chose."))
    assert len(take_mails()) == 2


@pytest.mark.parametrize(
    ("limits", "vary"),
    [
        ({"resource_enquiry": "2/h/key"}, "message"),
        ({"resource_enquiry": "2/h/ip"}, "email"),
        ({"resource_enquiries_of_one": "2/h/key"}, "email"),
    ],
)
def test_too_many_messages_must_wait(client, resource, settings, limits, vary):
    settings.ACCOUNT_RATE_LIMITS = limits
    changes = [{vary: f"p{number}@example.org"} for number in range(3)]
    if vary == "message":
        changes = [{vary: f"Message {number}"} for number in range(3)]
    responses = [client.post(FORM, answers(**change)) for change in changes]
    assert [one.status_code for one in responses] == [302, 302, 429]
    assert "Trop d’essais" in read(responses[2])
    assert 'value="Léa"' in responses[2].text
    assert responses[2].headers["Retry-After"] == "600"
    assert len(take_mails()) == 4


def test_days_are_asked_for_what_is_lent(client, resource):
    SharedResourceFactory(slug="modele", space=resource.space)
    assert 'name="days"' in client.get(FORM).text
    page = client.get("/ressources/modele/demander/").text
    assert 'name="days"' not in page


def test_draft_cannot_be_asked_for(client):
    SharedResourceFactory(slug="sono", live=False)
    assert client.get(FORM).status_code == 404
    assert client.get(SENT).status_code == 404
    assert client.post(FORM, answers()).status_code == 404
    assert take_mails() == []


def test_only_those_who_speak_for_the_space_today_are_asked(resource):
    space = resource.space
    gone = UserFactory(email="gone@hub.test")
    barred = UserFactory(email="barred@hub.test", is_active=False)
    second = UserFactory(email="second@hub.test")
    personas.other_member()
    for user, until in ((gone, datetime.date(2026, 11, 22)), (barred, None)):
        SpaceMember.objects.create(
            user=user, space=space, since=datetime.date(2020, 1, 1), until=until
        )
    SpaceMember.objects.create(
        user=second, space=space, since=datetime.date(2026, 11, 23)
    )
    addressee = find_addressee(resource, now=NOW)
    assert list(addressee.emails) == [OWNER, "second@hub.test"]
    assert addressee.name == "Ti Numerik"


@pytest.mark.parametrize("space", [None, {}, {"live": False}])
def test_network_answers_where_nobody_speaks_for_a_public_space(client, space):
    shared_by = None if space is None else SpaceFactory(name="Canari", **space)
    if shared_by is not None and not shared_by.live:
        personas.member(spaces=[shared_by])
    SharedResourceFactory(slug="sono", space=shared_by)
    assert "Hub, qui tient cette liste." in read(client.get(FORM))
    client.post(FORM, answers())
    assert [mail.to for mail in take_mails()] == [NETWORK, "lea@example.org"]


def test_moderators_answer_for_a_network_without_contact(client):
    NetworkSettings.objects.update(contact_email="")
    SharedResourceFactory(slug="sono")
    assert "Écrire un message" not in client.get("/ressources/sono/").text
    refused = client.post(FORM, answers())
    assert refused.status_code == 409
    assert "rien n’est parti" in read(refused)
    assert 'value="Léa"' in refused.text

    moderator = personas.moderator()
    client.post(FORM, answers())
    assert [mail.to for mail in take_mails()] == ["lea@example.org", moderator.email]


def test_form_says_what_becomes_of_the_address(client, resource):
    page = read(client.get(FORM))
    assert "Ce que nous faisons de votre adresse" in page
    assert "Le site n’en garde rien" in page
    assert "CNIL" in page
