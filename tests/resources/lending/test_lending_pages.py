"""The member's pages: asking, answering, cancelling, returning."""

from __future__ import annotations

import datetime

import pytest

from network.models import SpaceMember
from resources.enums import LoanState
from resources.models import Loan
from tests import personas
from tests.factories.network import SpaceFactory
from tests.resources.lending.lent import (
    ask,
    day,
    lend,
    owner_of,
    wish,
)
from tests.resources.lending.reading import (
    ASK,
    BLOCK,
    PAGE,
    answers,
    buttons,
    errors,
    open_as,
    plain,
    read,
)
from tests.resources.told import take_mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_member_asks(client, resource, member):
    owner_of(resource)
    soup = read(client.get(ASK))
    assert soup.select_one("[name=space]") is None
    response = client.post(ASK, answers())
    [loan] = Loan.objects.all()
    assert response.url == f"/espace/prets/{loan.pk}/"
    assert (loan.space, loan.first_day, loan.last_day, loan.units, loan.asked_by) == (
        personas.space_of(member),
        day(3),
        day(4),
        2,
        member,
    )
    assert [mail.to for mail in take_mails()] == ["owner@hub.test"]
    # Sent again, it leads to the same loan.
    assert client.post(ASK, answers()).url == response.url
    assert Loan.objects.count() == 1
    assert "Votre lieu a déjà demandé" in plain(read(client.get(response.url)))


def test_one_day_needs_one_day_only(client, resource, member):
    client.post(ASK, answers(last_day=""))
    assert Loan.objects.get().last_day == day(3)


@pytest.mark.parametrize(
    ("changes", "status", "expected"),
    [
        ({"first_day": ""}, 422, ["Premier jour – Indiquez le jour."]),
        ({"units": "deux"}, 422, ["Combien – Écrivez un nombre. Exemple : 2"]),
        ({"units": "0"}, 409, ["Combien – Demandez-en au moins un."]),
        ({"units": "-3"}, 409, ["Combien – Demandez-en au moins un."]),
        ({"units": "9" * 30}, 409, ["Combien – Il n’y en a que 6."]),
        (
            {"first_day": str(day(-1))},
            409,
            [
                "Premier jour – Ce jour est passé : choisissez aujourd’hui ou un jour "
                "à venir."
            ],
        ),
        (
            {"last_day": str(day(1))},
            409,
            ["Dernier jour – Le dernier jour est avant le premier."],
        ),
        (
            {"first_day": "9999-12-31", "last_day": "9999-12-31"},
            409,
            [
                "Dernier jour – On réserve au plus dix-huit mois à l’avance : "
                "jusqu’au mardi 23 mai 2028."
            ],
        ),
        (
            {"purpose": "\x00"},
            422,
            ["Pour quoi faire – Le caractère nul n’est pas autorisé."],
        ),
    ],
)
def test_wrong_answers_keep_the_form(
    client, resource, member, changes, status, expected
):
    soup = read(client.post(ASK, answers(**changes)), status)
    assert errors(soup) == expected
    values = answers(**changes)
    assert soup.select_one("[name=first_day]")["value"] == values["first_day"] or (
        values["first_day"] == ""
    )
    if "\x00" not in values["purpose"]:
        assert (
            soup.select_one("[name=purpose]").get_text(strip=True)
            == (values["purpose"])
        )
    assert not Loan.objects.exists()


def test_days_that_are_taken_keep_the_form(client, resource, member):
    lend(resource, wish(3, 3, units=5))
    soup = read(client.post(ASK, answers()), 409)
    assert errors(soup) == [
        "Premier jour – Il n’en reste que 1 une partie de ces jours : "
        "jeudi 26 novembre 2026."
    ]
    assert soup.select_one("[name=last_day]")["value"] == str(day(4))


def test_who_speaks_for_two_says_which_and_never_another_s(client, resource, member):
    second = SpaceFactory(name="Le Préau")
    SpaceMember.objects.create(
        user=member, space=second, since=datetime.date(2020, 1, 1)
    )
    stranger = SpaceFactory(name="Le Sémaphore")
    soup = read(client.post(ASK, answers(space=str(stranger.pk))), 422)
    assert errors(soup) == [
        "Pour quel lieu – Vous ne parlez pas pour ce lieu : rien n’a été enregistré."
    ]
    client.post(ASK, answers(space=str(second.pk)))
    assert Loan.objects.get().space == second


def test_who_speaks_for_the_owner_too_may_not_ask_in_its_name(client, resource):
    person = personas.member("deux@hub.test", spaces=[resource.space, SpaceFactory()])
    client.force_login(person)
    soup = read(client.post(ASK, answers(space=str(resource.space_id))), 409)
    assert errors(soup) == [
        "Pour quel lieu – C’est à votre propre lieu : bloquez plutôt les jours, pour "
        "que personne d’autre ne les demande."
    ]


def test_owner_is_told_to_block(client, resource):
    client.force_login(owner_of(resource))
    for response in (client.get(ASK), client.post(ASK, answers())):
        soup = read(response, 409)
        assert soup.select_one(f'a[href="{BLOCK}"]') is not None


def test_what_left_the_calendar_says_so(client, resource, member):
    resource.is_lent = False
    resource.save()
    assert "ne se réserve plus" in plain(read(client.post(ASK, answers()), 409))
    response = client.get(ASK, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "ne se réserve plus" in plain(read(response))
    resource.live = False
    resource.save()
    assert client.get(ASK).status_code == 404


def test_each_side_has_its_buttons(client, resource):
    loan = ask(resource)
    soup = open_as(client, owner_of(resource), loan)
    assert "Libres ces jours-là 6 sur 6" in plain(soup.select_one(".facts"))
    assert buttons(soup) == [
        "Accepter",
        "Refuser",
        "Voir son calendrier",
    ]
    assert buttons(open_as(client, loan.asked_by, loan)) == [
        "Retirer la demande",
        "Voir son calendrier",
    ]
    loan = lend(resource, wish(0, 1))
    assert buttons(open_as(client, owner_of(resource), loan)) == [
        "C’est rendu",
        "Ajouter à mon agenda (.ics)",
        "Annuler le prêt",
        "Voir son calendrier",
    ]


def test_owner_accepts(client, resource):
    loan = ask(resource)
    client.force_login(owner_of(resource))
    url = f"/espace/prets/{loan.pk}/repondre/"
    response = client.post(url, {"decision": "accept", "reason": "Entendu."})
    assert response.url == f"/espace/prets/{loan.pk}/"
    loan.refresh_from_db()
    assert (loan.state, loan.answer) == (LoanState.ACCEPTED, "Entendu.")
    # A double press says that it is answered.
    soup = read(client.post(url, {"decision": "refuse", "reason": "Non."}), 409)
    assert errors(soup) == [
        "Cette demande n’attend plus de réponse : rien n’a été changé."
    ]


def test_refusing_without_a_reason_is_asked_again(client, resource):
    loan = ask(resource)
    client.force_login(owner_of(resource))
    url = f"/espace/prets/{loan.pk}/repondre/"
    soup = read(client.post(url, {"decision": "refuse", "reason": " "}), 422)
    assert errors(soup) == [
        "Un mot avec votre réponse – Dites pourquoi : l’autre lieu le lit."
    ]
    client.post(url, {"decision": "refuse", "reason": "En réparation."})
    soup = open_as(client, loan.asked_by, loan)
    assert "En réparation." in plain(soup.select_one(".notice-warn"))


def test_accepting_what_is_gone_keeps_the_words(client, resource):
    loan = ask(resource, wish(units=4))
    lend(resource, wish(units=3))
    client.force_login(owner_of(resource))
    url = f"/espace/prets/{loan.pk}/repondre/"
    soup = read(client.post(url, {"decision": "accept", "reason": "Venez."}), 409)
    assert errors(soup) == [
        "Il n’en reste que 3 une partie de ces jours : du 3 au 5 décembre 2026."
    ]
    assert "Venez." in soup.select_one("[name=reason]").get_text()


def test_borrower_may_not_answer(client, resource):
    loan = ask(resource)
    client.force_login(loan.asked_by)
    url = f"/espace/prets/{loan.pk}/repondre/"
    read(client.post(url, {"decision": "accept"}), 403)
    loan.refresh_from_db()
    assert loan.state == LoanState.ASKED


def test_cancelling_asks_first_and_owner_says_why(client, resource):
    loan = lend(resource)
    client.force_login(owner_of(resource))
    url = f"/espace/prets/{loan.pk}/annuler/"
    assert plain(read(client.get(url)).h1) == "Annuler le prêt ?"
    soup = read(client.post(url, {"reason": ""}), 422)
    assert errors(soup) == ["Pourquoi – Dites pourquoi : l’autre lieu le lit."]
    client.post(url, {"reason": "Cassé."})
    loan.refresh_from_db()
    assert loan.state == LoanState.CANCELLED
    soup = read(client.post(url, {"reason": "Cassé."}, follow=True))
    assert "Il n’y a plus rien à annuler ici" in plain(soup)


def test_return_is_noted_by_the_owner(client, resource):
    loan = lend(resource, wish(0, 3))
    url = f"/espace/prets/{loan.pk}/rendu/"
    client.force_login(loan.asked_by)
    read(client.post(url), 403)
    client.force_login(owner_of(resource))
    client.post(url)
    loan.refresh_from_db()
    assert loan.returned_on == day(0)
    soup = read(client.post(url, follow=True))
    assert "Il n’y a pas de retour à noter ici" in plain(soup)


def test_calendar_file_is_downloaded_once_accepted(client, resource):
    loan = ask(resource)
    url = f"/espace/prets/{loan.pk}/pret.ics"
    client.force_login(loan.asked_by)
    assert client.get(url).status_code == 404
    Loan.objects.filter(pk=loan.pk).update(state=LoanState.ACCEPTED)
    response = client.get(url)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.startswith(b"BEGIN:VCALENDAR")
    assert response.content == client.get(url).content


@pytest.mark.parametrize("path", ["", "annuler/", "pret.ics"])
def test_loan_of_others_does_not_exist(client, resource, path):
    loan = lend(resource)
    client.force_login(personas.other_member())
    assert client.get(f"/espace/prets/{loan.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["repondre/", "annuler/", "rendu/"])
def test_nobody_else_writes_a_loan(client, resource, path):
    loan = lend(resource, wish(0, 3))
    for person in (personas.other_member(), personas.moderator(), None):
        if person:
            client.force_login(person)
        else:
            client.logout()
        response = client.post(
            f"/espace/prets/{loan.pk}/{path}", {"decision": "accept", "reason": "x"}
        )
        assert response.status_code in (302, 403, 404)
        assert response.status_code != 302 or "/connexion/" in response.url
    loan.refresh_from_db()
    assert (loan.state, loan.returned_on) == (LoanState.ACCEPTED, None)
