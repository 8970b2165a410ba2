"""Signing a charter: who may, what is kept, what is refused, how it ends."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from django.db import IntegrityError, transaction

from network.enums import SpaceStatus
from resources.domain.charters import RecordIsKept
from resources.enums import AnswerState
from resources.models import Signature, SignatureAnswer
from resources.services.charters import close_signing
from resources.services.signature_refusals import (
    AlreadySigned,
    AnswersIncomplete,
    NothingToWithdraw,
    NotSpeaker,
    SigningClosed,
    SpaceIsClosed,
    TextChanged,
)
from resources.services.signatures import withdraw_signature
from tests import personas
from tests.factories.resources import CharterVersionFactory
from tests.paper import read_text
from tests.resources.signing import (
    NOW,
    SIGNER,
    answer_all,
    make_charter,
    open_version,
    publish_next,
    sign,
)
from tests.resources.told import take_mails

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(days=30)


@pytest.fixture
def charter():
    return make_charter()


@pytest.fixture
def version(charter):
    return open_version(charter)


@pytest.fixture
def person():
    return personas.member()


def test_signature_records_text_person_right_and_answers(version, person):
    answers = answer_all(version, c1_1=AnswerState.NOT_YET)
    first = next(iter(answers))
    answers[first] = dataclasses.replace(answers[first], evidence="En mars.")
    signature = sign(version, by=person, answers=answers)
    signature.refresh_from_db()
    assert (
        signature.digest,
        signature.space_name,
        signature.signed_at,
        signature.signed_by,
        signature.signer_name,
        signature.right_details,
        signature.shows_signer,
    ) == (
        version.digest,
        "Ti Numerik",
        NOW,
        person,
        SIGNER.name,
        "présidente",
        False,
    )
    assert [
        (one.criterion.number, one.state, one.evidence)
        for one in signature.answers.all()
    ] == [
        ("1.1", "not_yet", "En mars."),
        ("1.2", "accepted", ""),
        ("2.1", "met", ""),
        ("2.2", "accepted", ""),
    ]


def test_receipt_goes_to_everybody_who_speaks_for_the_space(version, person):
    space = personas.space_of(person)
    personas.member("autre@hub.test", spaces=[space])
    personas.member("parti@hub.test", spaces=[space], until=datetime.date(2026, 1, 1))
    personas.other_member()
    take_mails()
    signature = sign(version, by=person)
    mails = take_mails()
    assert [(mail.to, mail.subject) for mail in mails] == [
        ("autre@hub.test", "Signée : Charte du réseau, version 1"),
        ("ti-numerik@hub.test", "Signée : Charte du réseau, version 1"),
    ]
    assert "Maëlle Le Goff a signé « Charte du réseau », version 1" in mails[0].text
    assert f"/espace/signatures/{signature.pk}/" in mails[0].text
    assert mails[0].file_name == f"recu-2026-{signature.pk:05d}.pdf"
    paper = read_text(mails[0].file)
    for words in (
        "Reçu de signature",
        "Charte du réseau",
        "Maëlle Le Goff",
        "présidente",
        "Premier critère de « Ouvrir la porte »",
        version.digest[:16],
    ):
        assert words in paper


def test_person_who_does_not_speak_for_the_space_signs_nothing(version, person):
    other = personas.space_of(personas.other_member())
    for space in (other, None):
        with pytest.raises(NotSpeaker):
            sign(version, by=person, space=space or other)
    gone = personas.member("parti@hub.test", until=datetime.date(2026, 1, 1))
    with pytest.raises(NotSpeaker):
        sign(version, by=gone)
    assert not Signature.objects.exists()


def test_closed_space_signs_nothing(version, person):
    space = personas.space_of(person)
    space.status = SpaceStatus.CLOSED
    space.save()
    with pytest.raises(SpaceIsClosed):
        sign(version, by=person)


def test_space_signs_a_version_once(version, person):
    first = sign(version, by=person)
    with pytest.raises(AlreadySigned) as refused:
        sign(version, by=person, now=LATER)
    assert refused.value.signature == first
    assert Signature.objects.count() == 1


def test_database_holds_one_signature_in_force(version, person):
    first = sign(version, by=person)
    first.pk = None
    first._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_space_signs_the_next_version_too(charter, version, person):
    sign(version, by=person)
    second = publish_next(charter)
    sign(second, by=person)
    assert list(
        Signature.objects.in_force().values_list("version__number", flat=True)
    ) == [2, 1]
    latest = Signature.objects.latest_of_each_space(charter.pk)
    assert [one.version.number for one in latest] == [2]


def test_version_closed_a_minute_ago_is_not_signed(charter, version, person):
    close_signing(version, now=NOW - datetime.timedelta(minutes=1))
    with pytest.raises(SigningClosed):
        sign(version, by=person)


def test_version_replaced_a_minute_ago_is_not_signed(charter, version, person):
    publish_next(charter)
    with pytest.raises(SigningClosed):
        sign(version, by=person)
    assert not Signature.objects.exists()


def test_draft_is_not_signed(charter, person):
    draft = CharterVersionFactory(charter=charter)
    with pytest.raises(SigningClosed):
        sign(draft, by=person)


def test_text_that_was_not_read_is_not_signed(version, person):
    with pytest.raises(TextChanged):
        sign(version, by=person, digest="0" * 64)


def test_criterion_removed_while_someone_signs_stops_it(charter, version, person):
    answers = answer_all(version)
    second = publish_next(charter, texts=["Ouvrir la porte"])
    with pytest.raises(TextChanged):
        sign(second, by=person, answers=answers)
    assert not SignatureAnswer.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"c1_2": AnswerState.NOT_YET},
        {"c1_1": AnswerState.ACCEPTED},
        {"c1_1": ""},
        {"c1_1": "oui"},
    ],
)
def test_answer_that_a_criterion_does_not_take_is_refused(version, person, changes):
    with pytest.raises(AnswersIncomplete):
        sign(version, by=person, answers=answer_all(version, **changes))
    assert not Signature.objects.exists()


# -- A signature stays as it was made ------------------------------------------------


def rewrite(signature):
    signature.signer_name = "Autre"
    signature.save()


def rewrite_answer(signature):
    answer = signature.answers.first()
    answer.state = AnswerState.NOT_YET
    answer.save(update_fields=["state"])


@pytest.mark.parametrize(
    "change",
    [
        rewrite,
        rewrite_answer,
        lambda one: one.delete(),
        lambda one: Signature.objects.all().delete(),
        lambda one: Signature.objects.update(signer_name="Autre"),
        lambda one: one.answers.all().delete(),
        lambda one: one.answers.update(evidence="Autre"),
        lambda one: one.answers.first().delete(),
    ],
)
def test_signature_is_never_rewritten_or_erased(version, person, change):
    signature = sign(version, by=person)
    with pytest.raises(RecordIsKept):
        change(signature)
    stored = Signature.objects.get()
    assert (stored.signer_name, stored.answers.count()) == (SIGNER.name, 4)


def test_signature_outlives_the_account(version, person):
    sign(version, by=person)
    person.delete()
    assert Signature.objects.get().signed_by is None
    assert Signature.objects.get().signer_name == SIGNER.name


# -- Withdrawing ---------------------------------------------------------------------


def test_withdrawing_leaves_the_record_and_tells_space_and_network(version, person):
    moderator = personas.moderator()
    signature = sign(version, by=person)
    take_mails()
    withdraw_signature(signature, by=person, now=LATER, reason="Nous fermons.")
    stored = Signature.objects.get()
    assert (stored.withdrawn_at, stored.withdrawn_by, stored.withdrawal_reason) == (
        LATER,
        person,
        "Nous fermons.",
    )
    assert not Signature.objects.in_force().exists()
    mails = take_mails()
    assert [mail.to for mail in mails] == [moderator.email, person.email]
    assert "Motif : Nous fermons." in mails[0].text


def test_space_may_sign_again_after_withdrawing(version, person):
    withdraw_signature(sign(version, by=person), by=person, now=LATER)
    again = sign(version, by=person, now=LATER)
    assert list(Signature.objects.in_force()) == [again]
    assert Signature.objects.count() == 2


def test_withdrawing_twice_and_by_others_is_refused(version, person):
    signature = sign(version, by=person)
    with pytest.raises(NotSpeaker):
        withdraw_signature(signature, by=personas.other_member(), now=LATER)
    withdraw_signature(signature, by=person, now=LATER)
    with pytest.raises(NothingToWithdraw):
        withdraw_signature(signature, by=person, now=LATER)
