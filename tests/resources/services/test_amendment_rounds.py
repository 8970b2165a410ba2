"""Members are told when a draft opens to them and before it closes."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cms.tasks.clock import find_jobs
from resources.services.amendment_rounds import tell_rounds
from tests import personas
from tests.resources.amending import make_round
from tests.resources.told import take_mails

pytestmark = pytest.mark.django_db

OPENS = "{}: le brouillon vous est ouvert"
CLOSES = "{}: les derniers jours pour l’amender"


def at(day: int, *, month: int = 11) -> datetime.datetime:
    return datetime.datetime(
        2026, month, day, 9, tzinfo=timezone.get_default_timezone()
    )


def tell(now: datetime.datetime) -> list[tuple[str, str]]:
    """Run the job; return who was written to, and under what subject."""
    tell_rounds(now)
    return [(one.to, one.subject) for one in take_mails()]


@pytest.fixture
def drafting():
    """Open from 1 to 15 November."""
    return make_round()


def test_everyone_who_speaks_for_a_space_is_told_once_when_a_draft_opens(drafting):
    personas.member()
    personas.trusted_member()
    personas.editor()
    personas.member("gone@hub.test", spaces=[], until=None)
    personas.member("past@hub.test", until=datetime.date(2026, 10, 31))
    subject = OPENS.format(f"{drafting.version} ")

    assert tell(at(31, month=10)) == []
    assert tell(at(1)) == [
        ("estran@hub.test", subject),
        ("ti-numerik@hub.test", subject),
    ]
    assert tell(at(1)) == []


def test_the_mail_says_what_it_is_about_and_until_when(drafting):
    personas.member()

    tell_rounds(at(1))

    [told] = take_mails()
    assert "Nous reprenons le texte." in told.text
    assert "Jusqu’au 15 novembre 2026 inclus" in told.text
    assert told.text.rstrip().endswith(drafting.get_absolute_url())


def test_members_are_reminded_once_three_days_before_the_last(drafting):
    personas.member()
    tell(at(1))
    subject = CLOSES.format(f"{drafting.version} ")

    assert tell(at(11)) == []
    assert tell(at(12)) == [("ti-numerik@hub.test", subject)]
    assert tell(at(13)) == []


def test_a_draft_that_opens_in_its_last_days_is_told_once(drafting):
    personas.member()
    subject = OPENS.format(f"{drafting.version} ")

    assert tell(at(13)) == [("ti-numerik@hub.test", subject)]
    assert tell(at(14)) == []


def test_a_closed_round_is_told_to_nobody(drafting):
    personas.member()

    assert tell(at(16)) == []


def test_a_network_without_members_is_told_nothing(drafting):
    assert tell(at(1)) == []


def test_the_clock_runs_it():
    assert "resources.tell_rounds" in {job.name for job in find_jobs()}
