"""The network reviews answers with reasons; the space replies."""

from __future__ import annotations

import pytest
from django.urls import reverse

from resources.enums import ReviewVerdict
from resources.models import Signature, SignatureReview, SigningEvent
from resources.services.signature_refusals import (
    NothingToReview,
    NotSpeaker,
    ReplyGiven,
)
from resources.services.signature_review import (
    Finding,
    reply_to_review,
    review_signature,
)
from resources.services.signatures import withdraw_signature
from tests import personas
from tests.factories.events import EventFactory
from tests.resources.signing import NOW, make_charter, open_version, sign
from tests.resources.told import take_mails

pytestmark = pytest.mark.django_db
NOT_MET = Finding(ReviewVerdict.NOT_MET, "La table est fermée au public.")


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def moderator():
    return personas.moderator()


@pytest.fixture
def signature(person):
    signature = sign(open_version(make_charter()), by=person)
    take_mails()
    return signature


@pytest.fixture
def review(signature, moderator):
    answer = signature.answers.first()
    [review] = review_signature(
        signature, findings={answer.pk: NOT_MET}, by=moderator, now=NOW
    )
    take_mails()
    return review


def test_review_is_kept_and_told_to_the_space(signature, person, moderator):
    answer = signature.answers.first()
    findings = {answer.pk: NOT_MET}
    review_signature(signature, findings=findings, by=moderator, now=NOW)
    stored = SignatureReview.objects.get()
    assert (stored.answer, stored.verdict, stored.reason, stored.reviewed_by) == (
        answer,
        "not_met",
        NOT_MET.reason,
        moderator,
    )
    assert [(mail.to, mail.subject) for mail in take_mails()] == [
        (person.email, "Le réseau a relu vos réponses : Charte du réseau")
    ]


def test_same_finding_is_not_stored_twice(signature, review, moderator):
    findings = {review.answer_id: NOT_MET}
    assert review_signature(signature, findings=findings, by=moderator, now=NOW) == []
    assert take_mails() == []
    changed = {review.answer_id: Finding(ReviewVerdict.MET, "Elle a rouvert.")}
    review_signature(signature, findings=changed, by=moderator, now=NOW)
    assert signature.answers.first().latest_review.reason == "Elle a rouvert."
    assert SignatureReview.objects.count() == 2


def test_answer_of_another_signature_is_left_alone(signature, moderator):
    other = sign(signature.version, by=personas.other_member())
    findings = {other.answers.first().pk: NOT_MET}
    assert review_signature(signature, findings=findings, by=moderator, now=NOW) == []


def test_withdrawn_signature_is_not_reviewed(signature, person, moderator):
    withdraw_signature(signature, by=person, now=NOW)
    findings = {signature.answers.first().pk: NOT_MET}
    with pytest.raises(NothingToReview):
        review_signature(signature, findings=findings, by=moderator, now=NOW)


def test_reply_is_given_once_by_the_space(review, person, moderator):
    with pytest.raises(NotSpeaker):
        reply_to_review(review, text="Non.", by=personas.other_member(), now=NOW)
    reply_to_review(review, text="Elle rouvre en mars.", by=person, now=NOW)
    with pytest.raises(ReplyGiven):
        reply_to_review(review, text="Autre", by=person, now=NOW)
    assert SignatureReview.objects.get().reply == "Elle rouvre en mars."
    [mail] = take_mails()
    assert (mail.to, "Elle rouvre en mars." in mail.text) == (moderator.email, True)
    assert f"/review/{review.answer.signature_id}/" in mail.text


def test_member_reads_the_review_and_replies(client, review, person, signature):
    client.force_login(person)
    url = f"/espace/signatures/{signature.pk}/"
    page = client.get(url).content.decode()
    assert "non rempli" in page
    assert NOT_MET.reason in page
    reply_url = f"{url}repondre/{review.pk}/"
    name = f"review-{review.pk}-reply"
    response = client.post(reply_url, {name: ""})
    assert response.status_code == 422
    too_long = client.post(reply_url, {name: "Long " * 300})
    assert (too_long.status_code, "Long Long" in too_long.content.decode()) == (
        422,
        True,
    )
    page = client.post(reply_url, {name: "Elle rouvre."}, follow=True).content.decode()
    assert "Elle rouvre." in page
    late = client.post(reply_url, {name: "Encore."}, follow=True).content.decode()
    assert "Votre lieu a déjà répondu" in late


def test_reviews_are_not_public(client, review):
    for url in ("/charte/", "/charte/signataires/", "/charte/signataires.json"):
        body = client.get(url).content.decode()
        assert NOT_MET.reason not in body
        assert "rempli" not in body


# -- In the admin --------------------------------------------------------------------


def admin_url(name, *args):
    return reverse(Signature.snippet_viewset.get_url_name(name), args=args)


def test_moderator_reviews_in_the_admin(client, signature, moderator):
    client.force_login(moderator)
    assert "Ti Numerik" in client.get(admin_url("list")).content.decode()
    inspect = client.get(admin_url("inspect", signature.pk)).content.decode()
    assert admin_url("review", signature.pk) in inspect
    answer = signature.answers.first()
    url = admin_url("review", signature.pk)
    page = client.get(url).content.decode()
    assert "Premier critère de « Ouvrir la porte »" in page
    refused = client.post(url, {f"verdict-{answer.pk}": "not_met"})
    assert "Dites pourquoi" in refused.content.decode()
    assert not SignatureReview.objects.exists()
    client.post(
        url, {f"verdict-{answer.pk}": "not_met", f"reason-{answer.pk}": "Fermée."}
    )
    assert SignatureReview.objects.get().reason == "Fermée."
    withdraw_signature(signature, by=signature.signed_by, now=NOW)
    late = client.post(
        url, {f"verdict-{answer.pk}": "met", f"reason-{answer.pk}": "Ouverte."}
    )
    assert "retirée entre-temps" in late.content.decode()
    assert "Ouverte." in late.content.decode()


def test_signatures_are_not_written_in_the_admin(client, signature):
    client.force_login(personas.admin())
    for name, args in (
        ("add", []),
        ("edit", [signature.pk]),
        ("delete", [signature.pk]),
    ):
        url = admin_url(name, *args)
        client.post(url, {"space_name": "Autre"})
    stored = Signature.objects.get()
    assert stored.space_name == "Ti Numerik"


def test_signing_event_is_kept_in_the_admin(client, signature, moderator):
    client.force_login(moderator)
    event = EventFactory()
    url = reverse(SigningEvent.snippet_viewset.get_url_name("add"))
    assert client.get(url).status_code == 200
    response = client.post(
        url,
        {
            "version": signature.version_id,
            "event": event.pk,
            "account": "Il pleuvait.",
            "signatures": [signature.pk],
            "witnesses-TOTAL_FORMS": "1",
            "witnesses-INITIAL_FORMS": "0",
            "witnesses-0-office": "maire",
            "witnesses-0-organisation": "Carhaix",
            "witnesses-0-name": "",
            "witnesses-0-ORDER": "1",
            "photographs-TOTAL_FORMS": "0",
            "photographs-INITIAL_FORMS": "0",
        },
    )
    assert response.status_code == 302
    signing = SigningEvent.objects.get()
    assert [str(one) for one in signing.witnesses.all()] == ["Carhaix, maire"]
    assert list(signing.signatures.all()) == [signature]
