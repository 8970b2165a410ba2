"""Who sees which spaces, and who speaks for them, to the day."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from network.models import Space, SpaceMember
from tests.factories.network import SpaceFactory, SpaceMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

FIRST = datetime.date(2026, 3, 1)
LAST = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "speaks"),
    [
        (FIRST - DAY, False),
        (FIRST, True),
        (FIRST + DAY, True),
        (LAST, True),
        (LAST + DAY, False),
    ],
)
def test_managed_by_counts_both_ends(today, speaks):
    link = SpaceMemberFactory(since=FIRST, until=LAST)
    managed = Space.objects.managed_by(link.user, today)
    assert list(managed) == ([link.space] if speaks else [])
    assert list(SpaceMember.objects.current(today)) == ([link] if speaks else [])


def test_managed_by_has_no_end_where_none_is_set():
    link = SpaceMemberFactory(since=FIRST, until=None)
    far = datetime.date(2099, 1, 1)
    assert list(Space.objects.managed_by(link.user, far)) == [link.space]


def test_managed_by_mixes_no_two_links():
    # Spoke for the first until spring, for the second since autumn: never both, and a
    # colleague's running link lends nothing.
    user = UserFactory()
    before = SpaceMemberFactory(user=user, since=FIRST, until=FIRST + 30 * DAY)
    after = SpaceMemberFactory(user=user, since=LAST, until=None)
    SpaceMemberFactory(space=before.space, since=FIRST, until=None)
    assert list(Space.objects.managed_by(user, FIRST)) == [before.space]
    assert list(Space.objects.managed_by(user, FIRST + 60 * DAY)) == []
    assert list(Space.objects.managed_by(user, LAST)) == [after.space]


def test_managed_by_gives_a_space_once():
    link = SpaceMemberFactory(since=FIRST, until=LAST)
    SpaceMemberFactory(user=link.user, space=link.space, since=FIRST, until=None)
    assert list(Space.objects.managed_by(link.user, LAST)) == [link.space]


@pytest.mark.parametrize("hidden", [{"live": False}, {"status": "closed"}])
def test_managed_by_gives_drafts_and_closed_spaces_too(hidden):
    link = SpaceMemberFactory(space=SpaceFactory(**hidden))
    assert list(Space.objects.managed_by(link.user, LAST)) == [link.space]


@pytest.mark.parametrize("is_staff", [True, False])
def test_managed_by_is_empty_for_who_speaks_for_nothing(is_staff):
    SpaceMemberFactory()
    user = UserFactory(is_staff=is_staff, is_superuser=is_staff)
    assert list(Space.objects.managed_by(user, LAST)) == []
    assert list(Space.objects.managed_by(AnonymousUser(), LAST)) == []


def test_member_speaks_for_a_space_once_at_a_time():
    link = SpaceMemberFactory()
    again = SpaceMember(user=link.user, space=link.space)
    with pytest.raises(ValidationError) as error:
        again.full_clean()
    assert list(error.value.message_dict) == ["user"]
    again.until = again.since
    again.full_clean()
    link.full_clean()


def test_member_cannot_end_before_it_begins():
    link = SpaceMemberFactory.build(
        user=UserFactory(), space=SpaceFactory(), since=LAST, until=FIRST
    )
    with pytest.raises(ValidationError) as error:
        link.full_clean()
    assert list(error.value.message_dict) == ["until"]


def test_listed_leaves_drafts_and_closed_spaces_out():
    shown = [SpaceFactory(status=one) for one in ("open", "paused", "project")]
    SpaceFactory(status="closed")
    SpaceFactory(live=False)
    assert set(Space.objects.listed()) == set(shown)


def test_of_kinds_gives_a_space_with_both_once():
    both = SpaceFactory(kinds=["fablab", "kitchen"])
    SpaceFactory(kinds=["media"])
    SpaceFactory()
    assert list(Space.objects.of_kinds(["fablab", "kitchen"])) == [both]
    assert list(Space.objects.of_kinds([])) == []


@pytest.mark.parametrize(
    "text", ["ECLUSE", "écluse", "redon", "Four pain", "ille et vilaine", "l’écluse"]
)
def test_containing_ignores_accents_capitals_and_order(text):
    found = SpaceFactory(
        name="L’Écluse", city="Redon", postcode="35600", services=["Four à pain"]
    )
    SpaceFactory()
    assert list(Space.objects.containing(text)) == [found]


@pytest.mark.parametrize("text", ["redon rostrenen", "zeppelin", "%", "_"])
def test_containing_wants_every_word(text):
    SpaceFactory(city="Redon")
    SpaceFactory(city="Rostrenen")
    assert list(Space.objects.containing(text)) == []
