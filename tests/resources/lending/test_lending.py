"""Asking and answering: each rule with the sentence it answers."""

from __future__ import annotations

import datetime

import pytest

from network.enums import SpaceStatus
from resources.enums import LoanState
from resources.models import Loan, SharedResource
from resources.services import lending_refusals as refusals
from resources.services.blocked_days import block_days
from resources.services.free_days import count_free_units
from resources.services.lending import (
    accept_loan,
    find_horizon,
    refuse_loan,
)
from tests import personas
from tests.factories.network import SpaceFactory
from tests.resources.lending.lent import (
    NOW,
    TODAY,
    ask,
    day,
    lend,
    owner_of,
    wish,
)
from tests.resources.told import take_mails

pytestmark = pytest.mark.django_db


def block(resource, first, last, units=1, reason=""):
    return block_days(
        resource,
        first_day=day(first),
        last_day=day(last),
        units=units,
        reason=reason,
        by=owner_of(resource),
        now=NOW,
    )


def told():
    return [(mail.to, mail.subject) for mail in take_mails()]


def test_request_waits_and_takes_nothing(resource):
    owner_of(resource)
    loan = ask(resource)
    assert (loan.state, loan.first_day, loan.last_day, loan.units) == (
        LoanState.ASKED,
        day(10),
        day(12),
        2,
    )
    assert set(count_free_units(resource, day(9), day(13)).values()) == {6}
    [mail] = take_mails()
    assert mail.to == "owner@hub.test"
    assert mail.subject == "Ti Numerik voudrait emprunter : Grilles d’exposition (2)"
    assert "du 3 au 5 décembre 2026" in mail.text
    assert f"/espace/prets/{loan.pk}/" in mail.text


@pytest.mark.parametrize(
    ("wanted", "refusal", "field", "sentence"),
    [
        (
            wish(3, 2),
            refusals.EndsBeforeStart,
            "last_day",
            "Le dernier jour est avant le premier.",
        ),
        (
            wish(-1, 2),
            refusals.InThePast,
            "first_day",
            "Ce jour est passé : choisissez aujourd’hui ou un jour à venir.",
        ),
        (
            wish(540, 549),
            refusals.TooFarAhead,
            "last_day",
            "On réserve au plus dix-huit mois à l’avance : jusqu’au mardi 23 mai 2028.",
        ),
        (
            wish(1, 8),
            refusals.TooLong,
            "last_day",
            "Le prêt dure au plus 7 jours, premier et dernier compris : "
            "vous demandez 8 jours.",
        ),
        (wish(units=0), refusals.NoUnits, "units", "Demandez-en au moins un."),
        (wish(units=-2), refusals.NoUnits, "units", "Demandez-en au moins un."),
        (wish(units=7), refusals.MoreThanThere, "units", "Il n’y en a que 6."),
    ],
)
def test_wrong_wish_is_refused_in_its_own_sentence(
    resource, wanted, refusal, field, sentence
):
    with pytest.raises(refusal) as raised:
        ask(resource, wanted)
    assert str(raised.value).replace("\u00a0", " ") == sentence
    assert raised.value.field == field
    assert not Loan.objects.exists()


def test_last_day_that_can_be_asked_for_is_eighteen_months_ahead(resource):
    horizon = find_horizon(TODAY)
    assert horizon == datetime.date(2028, 5, 23)
    far = (horizon - TODAY).days
    assert ask(resource, wish(far, far)).last_day == horizon


def test_longest_loan_counts_both_ends(resource):
    assert ask(resource, wish(1, 7)).length == 7


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        (3, "Il n’en reste que 2 une partie de ces jours : du 3 au 4 décembre 2026."),
        (2, None),
    ],
)
def test_more_than_is_free_is_refused(resource, units, sentence):
    lend(resource, wish(9, 11, units=4))
    wanted = wish(10, 13, units=units)
    if sentence is None:
        assert ask(resource, wanted).units == units
        return
    with pytest.raises(refusals.NotFree) as raised:
        ask(resource, wanted)
    assert str(raised.value).replace("\u00a0", " ") == sentence


def test_what_is_lent_whole_says_so(resource):
    lend(resource, wish(10, 10, units=6))
    with pytest.raises(refusals.NotFree) as raised:
        ask(resource, wish(9, 11, units=1))
    assert str(raised.value).replace("\u00a0", " ") == (
        "C’est déjà réservé une partie de ces jours : jeudi 3 décembre 2026."
    )


def test_days_that_the_owner_keeps_say_so(resource):
    block(resource, 10, 11, units=6)
    with pytest.raises(refusals.BlockedByOwner) as raised:
        ask(resource, wish(9, 10, units=1))
    assert str(raised.value).replace("\u00a0", " ") == (
        "Son lieu le garde pour lui une partie de ces jours : jeudi 3 décembre 2026."
    )


def test_loans_between_blocks_and_others_fit_to_the_last_unit(resource):
    block(resource, 10, 11, units=2)
    lend(resource, wish(10, 10, units=3))
    assert ask(resource, wish(10, 10, units=1))
    with pytest.raises(refusals.NotFree):
        ask(resource, wish(10, 10, units=2))


@pytest.mark.parametrize(
    "change",
    [{"live": False}, {"is_lent": False}, {"space": None}],
    ids=["unpublished", "lent no more", "nobody's"],
)
def test_resource_that_left_the_calendar_is_not_asked_for(resource, change):
    SharedResource.objects.filter(pk=resource.pk).update(**change)
    with pytest.raises(refusals.NotLent):
        ask(resource)


def test_own_resource_is_blocked_not_borrowed(resource):
    with pytest.raises(refusals.OwnResource):
        ask(resource, by=owner_of(resource))


def test_closed_space_borrows_nothing(resource):
    closed = SpaceFactory(name="Le Fournil", status=SpaceStatus.CLOSED)
    with pytest.raises(refusals.SpaceIsClosed):
        ask(resource, by=personas.member(spaces=[closed]))


def test_nobody_asks_for_a_space_of_others(resource):
    other = SpaceFactory(name="Le Sémaphore")
    with pytest.raises(refusals.NotSpeaker):
        ask(resource, space=other)


def test_past_member_asks_no_more(resource):
    person = personas.member(until=day(-1))
    with pytest.raises(refusals.NotSpeaker):
        ask(resource, by=person)


def test_asking_twice_makes_one_loan(resource):
    person = personas.member()
    loan = ask(resource, by=person)
    with pytest.raises(refusals.AlreadyAsked) as raised:
        ask(resource, by=person)
    assert raised.value.loan == loan
    accept_loan(loan, by=owner_of(resource), now=NOW)
    with pytest.raises(refusals.AlreadyAsked):
        ask(resource, by=person)
    assert Loan.objects.count() == 1


def test_what_was_refused_may_be_asked_for_again(resource):
    person = personas.member()
    refuse_loan(ask(resource, by=person), by=owner_of(resource), now=NOW, answer="Non.")
    assert ask(resource, by=person).state == LoanState.ASKED


def test_accepting_takes_the_days_and_mails_a_calendar_file(resource):
    loan = lend(resource)
    free = count_free_units(resource, day(9), day(13))
    assert list(free.values()) == [6, 4, 4, 4, 6]
    [mail] = take_mails()
    assert mail.to == loan.asked_by.email
    assert mail.subject == "On vous prête : Grilles d’exposition (2)"
    assert "Entendu." in mail.text
    assert mail.file_name == f"pret-{loan.pk}.ics"
    assert f"UID:{loan.uid}".encode() in mail.file.replace(b"\r\n ", b"")
    assert b"DTSTART;VALUE=DATE:20261203" in mail.file
    assert b"DTEND;VALUE=DATE:20261206" in mail.file


def test_accepting_counts_what_others_were_lent_meanwhile(resource):
    first, second = ask(resource, wish(units=4)), ask(resource, wish(units=3))
    accept_loan(first, by=owner_of(resource), now=NOW)
    with pytest.raises(refusals.NotFree):
        accept_loan(second, by=owner_of(resource), now=NOW)
    second.refresh_from_db()
    assert second.state == LoanState.ASKED


def test_accepting_what_left_the_calendar_is_refused(resource):
    loan = ask(resource)
    SharedResource.objects.filter(pk=resource.pk).update(is_lent=False)
    with pytest.raises(refusals.NotLent):
        accept_loan(loan, by=owner_of(resource), now=NOW)


def test_days_that_began_are_no_longer_accepted(resource):
    loan = ask(resource, wish(0, 1))
    tomorrow = NOW + datetime.timedelta(days=1)
    with pytest.raises(refusals.DaysHaveBegun):
        accept_loan(loan, by=owner_of(resource), now=tomorrow)
    assert accept_loan(loan, by=owner_of(resource), now=NOW).is_accepted


@pytest.mark.parametrize("answer", [accept_loan, refuse_loan])
def test_only_the_owner_answers_and_once(resource, answer):
    loan = ask(resource)
    for person in (loan.asked_by, personas.other_member(), personas.moderator()):
        with pytest.raises(refusals.NotSpeaker):
            answer(loan, by=person, now=NOW, answer="Oui.")
    answer(loan, by=owner_of(resource), now=NOW, answer="Oui.")
    with pytest.raises(refusals.AlreadyAnswered):
        accept_loan(loan, by=owner_of(resource), now=NOW)


def test_refusing_says_why(resource):
    loan = ask(resource)
    with pytest.raises(refusals.NoReason):
        refuse_loan(loan, by=owner_of(resource), now=NOW, answer="")
    take_mails()
    refuse_loan(loan, by=owner_of(resource), now=NOW, answer="En réparation.")
    [mail] = take_mails()
    assert (mail.to, mail.file_name) == (loan.asked_by.email, "")
    assert "En réparation." in mail.text
