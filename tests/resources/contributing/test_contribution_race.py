"""Members who share at once, on PostgreSQL: SQLite has one writer."""

from __future__ import annotations

import uuid

import pytest

from resources.models import SharedResource
from resources.services.contribution import create_resource, discard_resource
from resources.services.contribution_refusals import SentAlready
from resources.services.contribution_steps import publish_resource, submit_resource
from tests import personas
from tests.racing import RACE_MARKS, at_once
from tests.resources.contributing.member_site import NOW, draft_of, values

pytestmark = RACE_MARKS


@pytest.fixture
def person():
    return personas.trusted_member()


def test_form_sent_twice_at_once_makes_one_resource(person):
    sent = {"values": values(personas.space_of(person)), "by": person, "now": NOW}
    key = uuid.uuid4()
    results = at_once(*[lambda: create_resource(**sent, key=key)] * 3)
    assert SharedResource.objects.count() == 1
    names = sorted(type(one).__name__ for one in results)
    assert names == ["SentAlready", "SentAlready", "SharedResource"]
    assert all(one.says_the_same for one in results if isinstance(one, SentAlready))


def test_same_title_published_at_once_gives_two_addresses(person):
    drafts = [draft_of(person, title="Budget") for _number in range(2)]
    results = at_once(
        *[
            lambda draft=draft: publish_resource(draft, by=person, now=NOW)
            for draft in drafts
        ]
    )
    slugs = sorted(getattr(one, "slug", repr(one)) for one in results)
    assert slugs == ["budget", "budget-2"]


def test_draft_is_sent_or_erased_never_both(person):
    draft = draft_of(person)

    def send():
        try:
            return submit_resource(draft, by=person, now=NOW)
        except SharedResource.DoesNotExist:
            return "gone"

    sent, _erased = at_once(send, lambda: discard_resource(draft, by=person, now=NOW))
    left = SharedResource.objects.filter(pk=draft.pk).first()
    assert (sent == "gone") is (left is None)
    assert left is None or left.workflow_in_progress
