"""Blocking days, the list of loans, the panel of the member area, the admin."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from resources.models import BlockedDays, Loan
from tests import personas
from tests.factories.network import SpaceFactory
from tests.resources.lending.lent import (
    NOW,
    ask,
    day,
    lend,
    make_lent,
    owner_of,
    wish,
)
from tests.resources.lending.reading import (
    BLOCK,
    cell,
    errors,
    plain,
    read,
)
from tests.resources.told import take_mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_owner_blocks_and_gives_back(client, resource):
    client.force_login(owner_of(resource))
    response = client.post(
        BLOCK,
        {
            "first_day": str(day(2)),
            "last_day": "",
            "units": "6",
            "reason": "Portes ouvertes",
        },
    )
    assert response.url == BLOCK
    [kept] = BlockedDays.objects.all()
    assert (kept.first_day, kept.last_day, kept.units) == (day(2), day(2), 6)
    soup = read(client.get(BLOCK))
    assert cell(soup, 2) == "25 aucun libre sur 6 Portes ouvertes (6)"
    url = f"{BLOCK}{kept.pk}/"
    for _turn in range(2):
        assert client.post(url).url == BLOCK
    assert not BlockedDays.objects.exists()


def test_blocking_what_is_lent_keeps_the_form(client, resource):
    lend(resource, wish(2, 2, units=1))
    client.force_login(owner_of(resource))
    values = {"first_day": str(day(2)), "last_day": "", "units": "6", "reason": "x"}
    soup = read(client.post(BLOCK, values), 409)
    assert errors(soup) == [
        "Premier jour – Vous l’avez prêté ou bloqué une partie de ces jours : mercredi "
        "25 novembre 2026. Annulez d’abord le prêt, ou bloquez d’autres jours."
    ]
    assert soup.select_one("[name=units]")["value"] == "6"


def test_nobody_else_blocks(client, resource, member):
    kept = BlockedDays.objects.create(
        resource=resource, first_day=day(2), last_day=day(2), blocked_at=NOW
    )
    assert client.get(BLOCK).status_code == 404
    assert client.post(BLOCK, {"first_day": str(day(2))}).status_code == 404
    assert client.post(f"{BLOCK}{kept.pk}/").status_code == 404
    assert BlockedDays.objects.count() == 1


def test_list_sorts_by_what_is_to_do(client, resource):
    owner = owner_of(resource)
    waiting, coming = ask(resource, wish(5, 6)), lend(resource, wish(7, 8))
    late = lend(resource, wish(-5, -4), now=NOW - datetime.timedelta(days=9))
    ask(resource, wish(-3, -2), now=NOW - datetime.timedelta(days=9))
    stranger = make_lent(slug="autre", space=SpaceFactory(name="Le Sémaphore"))
    ask(stranger)
    client.force_login(owner)
    soup = read(client.get("/espace/prets/"))
    tasks = [one["href"] for one in soup.select(".tasks a")]
    assert tasks == [late.get_absolute_url(), waiting.get_absolute_url()]
    tables = {
        plain(table.caption): [plain(row) for row in table.select("tbody tr")]
        for table in soup.select("table.loans")
    }
    assert list(tables) == [
        "Prêts en cours et à venir",
        "Prêts terminés, refusés ou annulés",
    ]
    assert [len(rows) for rows in tables.values()] == [1, 1]
    assert "Resté sans réponse" in tables["Prêts terminés, refusés ou annulés"][0]
    client.force_login(waiting.asked_by)
    soup = read(client.get("/espace/prets/"))
    assert [plain(one.caption) for one in soup.select("table.loans")] == [
        "Vos demandes en attente de réponse"
    ]
    assert coming.get_absolute_url() not in str(soup)


def test_empty_list_leads_to_what_is_lent(client, member):
    soup = read(client.get("/espace/prets/"))
    assert "Aucun prêt pour le moment" in plain(soup)
    assert soup.select_one('a[href="/ressources/?type=equipment"]') is not None


@pytest.mark.parametrize("loans", [1, 3])
def test_list_costs_the_same_however_many_the_loans(
    client, resource, count_queries, loans
):
    before = NOW - datetime.timedelta(days=9)
    for number in range(loans):
        ask(resource, wish(number + 1, 5))
        lend(resource, wish(number + 8, 11, units=1))
        lend(resource, wish(-5, -4, units=1), now=before)
        ask(resource, wish(-5, -4, units=1), now=before)
    client.force_login(owner_of(resource))
    assert count_queries(lambda: client.get("/espace/prets/")) == 11


def test_member_area_tells_what_waits(client, resource):
    loan = ask(resource)
    client.force_login(owner_of(resource))
    soup = read(client.get("/espace/"))
    panel = soup.select_one("section[aria-labelledby=your-loans]")
    [link] = panel.select(".tasks a")
    assert link["href"] == loan.get_absolute_url()
    assert "Ti Numerik demande : du 3 au 5 décembre 2026." in plain(panel)
    client.force_login(loan.asked_by)
    assert read(client.get("/espace/")).select_one("#your-loans") is None


@pytest.mark.parametrize("loans", [1, 3])
def test_panel_costs_the_same_however_many_the_loans(
    client, resource, count_queries, loans
):
    for number in range(loans):
        ask(resource, wish(number + 1, 5))
    client.force_login(owner_of(resource))
    url = reverse("member_dashboard")
    assert count_queries(lambda: client.get(url)) == 31


def test_editors_read_and_moderators_cancel(client, resource):
    loan = lend(resource)
    list_url = reverse(Loan.snippet_viewset.get_url_name("list"))
    cancel_url = reverse(Loan.snippet_viewset.get_url_name("cancel"), args=[loan.pk])
    client.force_login(personas.editor())
    soup = read(client.get(list_url))
    assert "Ti Numerik" in plain(soup)
    assert cancel_url not in str(soup)
    assert client.get(cancel_url).status_code == 302
    assert client.post(cancel_url, {"reason": "Non."}).status_code == 302
    loan.refresh_from_db()
    assert loan.is_accepted
    moderator = personas.moderator()
    client.force_login(moderator)
    assert cancel_url in str(read(client.get(list_url, {"state": "accepted"})))
    assert cancel_url not in str(read(client.get(list_url, {"state": "refused"})))
    read(client.post(cancel_url, {"reason": ""}))
    take_mails()
    assert client.post(cancel_url, {"reason": "Signalé deux fois."}).url == list_url
    loan.refresh_from_db()
    assert (loan.cancelled_by, loan.cancelled_for) == (moderator, "network")
    mails = take_mails()
    assert len(mails) == 2
    assert all("Signalé deux fois." in mail.text for mail in mails)
    soup = read(client.post(cancel_url, {"reason": "Encore."}))
    assert "plus rien à annuler" in plain(soup)


@pytest.mark.parametrize("name", ["add", "edit", "delete"])
def test_nobody_writes_a_loan_in_the_admin(client, resource, name):
    loan = lend(resource)
    url_name = Loan.snippet_viewset.get_url_name(name)
    url = reverse(url_name, args=[] if name == "add" else [loan.pk])
    for person in (personas.moderator(), personas.admin()):
        client.force_login(person)
        assert client.post(url, {}).status_code in (302, 403)
    assert Loan.objects.get() == loan


def test_list_of_the_admin_costs_the_same_however_many_the_loans(
    client, resource, count_queries
):
    client.force_login(personas.moderator())
    url = reverse(Loan.snippet_viewset.get_url_name("list"))
    lend(resource, wish(1, 1))
    one = count_queries(lambda: client.get(url))
    lend(resource, wish(2, 2))
    lend(resource, wish(3, 3))
    assert count_queries(lambda: client.get(url)) == one


@pytest.mark.parametrize("who", ["resource", "space"])
def test_what_lends_or_borrows_is_never_deleted(client, resource, who):
    loan = lend(resource)
    record = {"resource": loan.resource, "space": loan.space}[who]
    client.force_login(personas.admin())
    url_name = record.snippet_viewset.get_url_name("delete")
    url = reverse(url_name, args=[record.pk])
    soup = read(client.post(url, follow=True))
    assert "garder la trace de ses prêts" in plain(soup)
    record.refresh_from_db()
    # What was never lent goes.
    free = make_lent(slug="libre", space=resource.space)
    url_name = free.snippet_viewset.get_url_name("delete")
    client.post(reverse(url_name, args=[free.pk]))
    assert not type(free).objects.filter(pk=free.pk).exists()
