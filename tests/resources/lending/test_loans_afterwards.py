"""Cancelling, returning, blocking; what a changed resource and the clock tell."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from resources.enums import LoanSide, ResourceKind
from resources.models import BlockedDays, Loan, SharedResource
from resources.services import lending_refusals as refusals
from resources.services.blocked_days import block_days, free_days
from resources.services.free_days import count_free_units, list_overbooked
from resources.services.lending import (
    ask_loan,
    cancel_loan,
    note_return,
)
from resources.services.lending_changes import remind_loans
from tests import personas
from tests.resources.lending.lent import (
    NOW,
    TODAY,
    ask,
    day,
    lend,
    make_lent,
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


def test_borrower_cancels_and_both_are_told(resource):
    loan = lend(resource)
    uid = loan.uid
    take_mails()
    cancel_loan(loan, side=LoanSide.BORROWER, by=loan.asked_by, now=NOW)
    assert set(count_free_units(resource, day(9), day(13)).values()) == {6}
    to_borrower, to_owner = take_mails()
    assert [to_borrower.to, to_owner.to] == [loan.asked_by.email, "owner@hub.test"]
    assert "annulé par le lieu qui emprunte" in to_owner.text
    content = to_borrower.file.replace(b"\r\n ", b"")
    assert f"UID:{uid}".encode() in content
    assert b"SEQUENCE:1" in content
    assert b"STATUS:CANCELLED" in content
    with pytest.raises(refusals.NothingToCancel):
        cancel_loan(loan, side=LoanSide.BORROWER, by=loan.asked_by, now=NOW)


def test_taking_a_request_back_sends_no_calendar_file(resource):
    owner_of(resource)
    loan = ask(resource)
    take_mails()
    row = cancel_loan(loan, side=LoanSide.BORROWER, by=loan.asked_by, now=NOW)
    assert row.sequence == 0
    assert [mail.file_name for mail in take_mails()] == ["", ""]


def test_owner_and_network_give_a_reason(resource):
    loan = lend(resource)
    sides = [
        (LoanSide.LENDER, owner_of(resource)),
        (LoanSide.NETWORK, personas.moderator()),
    ]
    for side, person in sides:
        with pytest.raises(refusals.NoReason):
            cancel_loan(loan, side=side, by=person, now=NOW)
    row = cancel_loan(
        loan, side=LoanSide.LENDER, by=owner_of(resource), now=NOW, reason="Cassé."
    )
    assert (row.cancelled_for, row.cancellation_reason) == (LoanSide.LENDER, "Cassé.")


@pytest.mark.parametrize(
    ("side", "who"),
    [
        (LoanSide.BORROWER, "owner"),
        (LoanSide.LENDER, "borrower"),
        (LoanSide.NETWORK, "owner"),
        (LoanSide.NETWORK, "editor"),
    ],
)
def test_nobody_cancels_for_another_side(resource, side, who):
    loan = lend(resource)
    people = {
        "owner": owner_of(resource),
        "borrower": loan.asked_by,
        "editor": personas.editor(),
    }
    with pytest.raises(refusals.NotSpeaker):
        cancel_loan(loan, side=side, by=people[who], now=NOW, reason="Pour rien.")


def test_owner_answers_what_waits_instead_of_cancelling(resource):
    loan = ask(resource)
    with pytest.raises(refusals.NothingToCancel):
        cancel_loan(
            loan, side=LoanSide.LENDER, by=owner_of(resource), now=NOW, reason="Non."
        )


def test_what_is_over_is_not_cancelled(resource):
    loan = lend(resource, wish(0, 1))
    later = NOW + datetime.timedelta(days=2)
    with pytest.raises(refusals.NothingToCancel):
        cancel_loan(loan, side=LoanSide.BORROWER, by=loan.asked_by, now=later)


def test_thing_brought_back_early_frees_its_days(resource):
    loan = lend(resource, wish(0, 4, units=6))
    owner = owner_of(resource)
    with pytest.raises(refusals.NotSpeaker):
        note_return(loan, by=loan.asked_by, now=NOW)
    note_return(loan, by=owner, now=NOW + datetime.timedelta(days=1))
    free = count_free_units(resource, day(0), day(4))
    assert list(free.values()) == [0, 0, 6, 6, 6]
    with pytest.raises(refusals.NotReturnable):
        note_return(loan, by=owner, now=NOW + datetime.timedelta(days=1))


def test_nothing_is_returned_before_it_leaves_nor_a_speaker_ever(resource):
    loan = lend(resource, wish(1, 1))
    with pytest.raises(refusals.NotReturnable):
        note_return(loan, by=owner_of(resource), now=NOW)
    speaker = make_lent(
        slug="oratrice", kind=ResourceKind.SPEAKER, quantity=1, space=resource.space
    )
    visit = lend(speaker, wish(0, 0, units=1))
    with pytest.raises(refusals.NotReturnable):
        note_return(visit, by=owner_of(resource), now=NOW)


def test_owner_blocks_what_is_not_promised(resource):
    lend(resource, wish(10, 10, units=4))
    with pytest.raises(refusals.DaysAreLent):
        block(resource, 9, 10, units=3)
    kept = block(resource, 9, 10, units=2, reason="Portes ouvertes")
    assert block(resource, 9, 10, units=2, reason="Portes ouvertes") == kept
    assert list(count_free_units(resource, day(9), day(10)).values()) == [4, 0]
    free_days(kept, by=owner_of(resource), now=NOW)
    free_days(kept, by=owner_of(resource), now=NOW)
    assert not BlockedDays.objects.exists()


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ((3, 2), refusals.EndsBeforeStart),
        ((-1, 2), refusals.InThePast),
        ((1, 900), refusals.TooFarAhead),
        ((1, 2, 0), refusals.NoUnits),
        ((1, 2, 7), refusals.MoreThanThere),
    ],
)
def test_wrong_block_is_refused(resource, values, refusal):
    with pytest.raises(refusal):
        block(resource, *values)


def test_nobody_else_blocks_or_frees_days(resource):
    kept = block(resource, 1, 1)
    stranger = personas.other_member()
    with pytest.raises(refusals.NotSpeaker):
        free_days(kept, by=stranger, now=NOW)
    with pytest.raises(refusals.NotSpeaker):
        block_days(
            resource,
            first_day=day(3),
            last_day=day(3),
            units=1,
            reason="",
            by=stranger,
            now=NOW,
        )


def test_quantity_under_what_is_lent_is_refused_in_a_form(resource, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    lend(resource, wish(units=4))
    lend(resource, wish(20, 20, units=3))
    resource.quantity = 4
    resource.full_clean()
    resource.quantity = 3
    with pytest.raises(ValidationError, match="4 sont prêtés un jour à venir"):
        resource.full_clean()


def test_old_draft_that_leaves_too_few_is_told_to_the_owner(resource, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    resource.quantity = 1
    revision = resource.save_revision()
    resource.quantity = 6
    lend(resource, wish(units=2))
    take_mails()
    revision.publish()
    stored = SharedResource.objects.get()
    assert list_overbooked(stored, TODAY) == [day(10), day(11), day(12)]
    [mail] = take_mails()
    assert mail.to == "owner@hub.test"
    assert mail.subject == "Plus de prêts que d’exemplaires : Grilles d’exposition"
    assert "du 3 au 5 décembre 2026" in mail.text
    # Publishing anything else says nothing.
    stored.save_revision().publish()
    assert told() == []


def test_unpublishing_tells_who_counts_on_it(resource, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    accepted, asked = lend(resource), ask(resource)
    cancelled = ask(resource)
    cancel_loan(cancelled, side=LoanSide.BORROWER, by=cancelled.asked_by, now=NOW)
    over = lend(resource, wish(-20, -18), now=NOW - datetime.timedelta(days=30))
    assert over.is_accepted
    take_mails()
    resource.unpublish()
    assert [to for to, _subject in told()] == [
        accepted.asked_by.email,
        asked.asked_by.email,
    ]


def test_lending_no_more_tells_too_and_once(resource, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    loan = lend(resource)
    take_mails()
    resource.is_lent = False
    resource.save_revision().publish()
    [mail] = take_mails()
    assert mail.to == loan.asked_by.email
    assert mail.subject == "Retiré du calendrier : Grilles d’exposition (2)"
    resource.save_revision().publish()
    assert told() == []


def test_reminder_leaves_once_on_the_eve(resource):
    lend(resource, wish(2, 3))
    take_mails()
    remind_loans(NOW)
    assert told() == []
    eve = NOW + datetime.timedelta(days=1)
    remind_loans(eve)
    assert [subject for _to, subject in told()] == [
        "Bientôt : Grilles d’exposition (2), prêt à Ti Numerik"
    ] * 2
    remind_loans(eve)
    assert told() == []


def test_nothing_reminds_of_what_was_accepted_today_or_cancelled(resource):
    lend(resource, wish(1, 1))
    loan = lend(resource, wish(2, 2))
    cancel_loan(loan, side=LoanSide.BORROWER, by=loan.asked_by, now=NOW)
    ask(resource, wish(2, 2))
    take_mails()
    remind_loans(NOW)
    remind_loans(NOW + datetime.timedelta(days=1))
    assert told() == []


def test_what_is_late_is_asked_for_once(resource):
    loan = lend(resource, wish(0, 1))
    back = lend(resource, wish(0, 0))
    note_return(back, by=owner_of(resource), now=NOW)
    take_mails()
    remind_loans(NOW + datetime.timedelta(days=1))
    take_mails()
    late = NOW + datetime.timedelta(days=2)
    remind_loans(late)
    remind_loans(late)
    assert told() == [
        (loan.asked_by.email, "À rendre : Grilles d’exposition (2)"),
        ("owner@hub.test", "À rendre : Grilles d’exposition (2)"),
    ]


def test_reminding_a_speaker_s_visit_never_says_late(resource):
    speaker = make_lent(
        slug="oratrice", kind=ResourceKind.SPEAKER, quantity=1, space=resource.space
    )
    lend(speaker, wish(0, 0, units=1))
    take_mails()
    remind_loans(NOW + datetime.timedelta(days=5))
    assert told() == []


def test_database_refuses_a_span_that_is_none(resource):
    loan = lend(resource)
    for change in ({"last_day": day(1)}, {"units": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Loan.objects.filter(pk=loan.pk).update(**change)


def test_forgotten_account_leaves_the_loan(resource):
    loan = lend(resource)
    loan.asked_by.delete()
    loan.refresh_from_db()
    assert (loan.asked_by, loan.space.name) == (None, "Ti Numerik")


def test_ask_loan_reads_the_published_row(resource):
    resource.quantity = 40
    person = personas.member()
    with pytest.raises(refusals.MoreThanThere):
        ask_loan(
            resource,
            wish(units=9),
            space=personas.space_of(person),
            by=person,
            now=NOW,
        )
