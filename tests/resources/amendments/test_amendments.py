"""Drafting together: who may amend when, what is kept, what is answered."""

from __future__ import annotations

import datetime

import pytest

from resources.domain.charters import AmendmentsWait
from resources.enums import AmendmentState, AmendmentTarget, CommentState
from resources.models import Amendment, AmendmentComment, Article, Criterion
from resources.services.amendment_refusals import (
    AmendmentAnswered,
    ArticleChanged,
    ArticleGone,
    CannotApply,
    CommentAnswered,
    NothingProposed,
    NotSpeaker,
    OwnAmendment,
    RoundClosed,
)
from resources.services.amendments import (
    Proposal,
    answer_amendment,
    comment_amendment,
    moderate_comment,
    support_amendment,
    withdraw_amendment,
)
from resources.services.charters import publish_version
from tests import personas
from tests.resources.amending import (
    AFTER,
    BEFORE,
    NOW,
    make_round,
    propose,
    propose_criterion,
)
from tests.resources.signing import ADOPTED
from tests.resources.told import take_mails

pytestmark = pytest.mark.django_db
TEXT = "Texte de « Ouvrir la porte »."


@pytest.fixture
def drafting():
    return make_round()


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def other():
    return personas.other_member()


@pytest.fixture
def editor():
    return personas.editor()


def answer(amendment, editor, state=AmendmentState.ACCEPTED, **values):
    arguments = {"state": state, "answer": "Oui.", "by": editor, "now": AFTER}
    return answer_amendment(amendment, **arguments | values)


def test_amendment_keeps_what_stood_there_and_its_number(drafting, person, other):
    first = propose(drafting, by=person)
    second = propose_criterion(drafting, "1.2", by=other)
    assert (first.number, first.article_slug, first.original, first.space.name) == (
        1,
        "ouvrir-la-porte",
        TEXT,
        "Ti Numerik",
    )
    assert (second.number, second.target, second.original) == (
        2,
        AmendmentTarget.CRITERION,
        "Second critère de « Ouvrir la porte »",
    )


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_nothing_is_taken_outside_the_period(drafting, person, other, now):
    amendment = propose(drafting, by=person)
    space = personas.space_of(other)
    for refused in (
        lambda: propose(drafting, by=person, now=now),
        lambda: support_amendment(amendment, space=space, by=other, now=now),
        lambda: comment_amendment(
            amendment, text="Oui", space=space, by=other, now=now
        ),
        lambda: withdraw_amendment(amendment, by=person, now=now),
    ):
        with pytest.raises(RoundClosed):
            refused()
    assert (Amendment.objects.count(), AmendmentComment.objects.count()) == (1, 0)


@pytest.mark.parametrize("day", ["opens_on", "closes_on"])
def test_first_and_last_day_are_open(drafting, person, day):
    noon = datetime.time(12, tzinfo=datetime.UTC)
    propose(
        drafting, by=person, now=datetime.datetime.combine(getattr(drafting, day), noon)
    )


def test_only_who_speaks_for_the_space_proposes(drafting, person, other):
    with pytest.raises(NotSpeaker):
        propose(drafting, by=person, space=personas.space_of(other))
    assert not Amendment.objects.exists()


def test_what_changed_or_went_meanwhile_is_refused(drafting, person):
    with pytest.raises(NothingProposed):
        propose(drafting, by=person, text=TEXT.replace(" ", "\r\n"))
    with pytest.raises(ArticleChanged):
        propose(drafting, by=person, original="Un texte d’avant")
    with pytest.raises(ArticleGone):
        propose(drafting, by=person, article_slug="disparu")
    criterion = Criterion.objects.get(number="1.2", article__version=drafting.version)
    proposal = Proposal(
        "a-voix-egale", AmendmentTarget.CRITERION, "", "x", "y", criterion.key
    )
    with pytest.raises(ArticleGone):
        propose(drafting, by=person, proposal=proposal)
    assert not Amendment.objects.exists()


def test_one_space_has_one_voice(drafting, person, other):
    amendment = propose(drafting, by=person)
    space = personas.space_of(other)
    for _ in range(2):
        support_amendment(amendment, space=space, by=other, now=NOW)
    assert [one.space for one in amendment.supports.all()] == [space]
    with pytest.raises(OwnAmendment):
        support_amendment(
            amendment, space=personas.space_of(person), by=person, now=NOW
        )
    with pytest.raises(NotSpeaker):
        support_amendment(amendment, space=space, by=person, now=NOW)
    support_amendment(amendment, space=space, by=other, now=NOW, is_supported=False)
    assert not amendment.supports.exists()


def test_withdrawn_amendment_keeps_its_number(drafting, person, other, editor):
    amendment = propose(drafting, by=person)
    with pytest.raises(NotSpeaker):
        withdraw_amendment(amendment, by=other, now=NOW)
    withdraw_amendment(amendment, by=person, now=NOW)
    with pytest.raises(AmendmentAnswered):
        answer(amendment, editor)
    assert propose(drafting, by=person).number == 2


def test_comment_waits_for_a_moderator_unless_its_space_is_trusted(
    drafting, person, other
):
    amendment = propose(drafting, by=other)
    trusted = personas.trusted_member()
    states = [
        comment_amendment(
            amendment, text="Oui", space=personas.space_of(one), by=one, now=NOW
        ).state
        for one in (person, trusted)
    ]
    assert states == [CommentState.WAITING, CommentState.SHOWN]
    take_mails()
    waiting = AmendmentComment.objects.first()
    moderate_comment(waiting, is_shown=False, refusal="Restons courtois.")
    assert [(mail.to, "Restons courtois." in mail.text) for mail in take_mails()] == [
        (person.email, True)
    ]
    with pytest.raises(CommentAnswered):
        moderate_comment(waiting, is_shown=True)


def test_answer_is_told_and_given_once(drafting, person, editor):
    amendment = propose(drafting, by=person)
    take_mails()
    answer(amendment, editor, AmendmentState.PARTLY, answer="Moitié.")
    stored = Amendment.objects.get()
    assert (stored.state, stored.answer, stored.answered_at, stored.answered_by) == (
        AmendmentState.PARTLY,
        "Moitié.",
        AFTER,
        editor,
    )
    [mail] = take_mails()
    assert (mail.to, mail.subject) == (
        person.email,
        "Votre amendement n° 1 : accepté en partie",
    )
    with pytest.raises(AmendmentAnswered):
        answer(amendment, editor)
    with pytest.raises(ValueError, match="proposed"):
        answer(amendment, editor, "proposed")


def test_accepted_words_are_written_into_the_draft(drafting, person, editor):
    text = propose(drafting, by=person, text="La porte est ouverte.")
    criterion = propose_criterion(drafting, "1.1", by=person, text="Ouvrir à tous")
    proposal = Proposal(
        "ouvrir-la-porte", AmendmentTarget.NEW_CRITERION, "", "Un banc\ndehors", "Pluie"
    )
    new = propose(drafting, by=person, proposal=proposal)
    for one in (text, criterion, new):
        answer(one, editor, is_applied=True)
    article = Article.objects.get(version=drafting.version, slug="ouvrir-la-porte")
    assert article.text == "La porte est ouverte."
    assert [(one.number, one.text) for one in article.ordered_criteria] == [
        ("1.1", "Ouvrir à tous"),
        ("1.2", "Second critère de « Ouvrir la porte »"),
        ("1.3", "Un banc dehors"),
    ]


def test_words_are_not_written_over_others(drafting, person, other, editor):
    first = propose(drafting, by=person, text="La porte est ouverte.")
    second = propose(drafting, by=other, text="La porte est grande ouverte.")
    answer(first, editor, is_applied=True)
    with pytest.raises(CannotApply):
        answer(second, editor, is_applied=True)
    assert Amendment.objects.get(pk=second.pk).is_waiting
    Article.objects.filter(version=drafting.version, slug="ouvrir-la-porte").delete()
    with pytest.raises(ArticleGone):
        answer(second, editor, is_applied=True)
    answer(second, editor, AmendmentState.REFUSED)


def test_version_waits_for_its_amendments(drafting, person, editor):
    amendment = propose(drafting, by=person)
    version = drafting.version
    for now in (NOW, AFTER):
        with pytest.raises(AmendmentsWait):
            publish_version(version, adopted_on=ADOPTED, now=now)
    answer(amendment, editor)
    with pytest.raises(AmendmentsWait):
        publish_version(version, adopted_on=ADOPTED, now=NOW)
    published = publish_version(version, adopted_on=ADOPTED, now=AFTER)
    assert published.is_published
    late = Amendment.objects.get()
    Amendment.objects.update(state=AmendmentState.PROPOSED)
    with pytest.raises(RoundClosed):
        answer(late, editor)
