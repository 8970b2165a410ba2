"""Saying which tools a space uses."""

from __future__ import annotations

import datetime

import pytest

from network.enums import SpaceStatus
from resources.enums import ResourceKind, ToolPurpose
from resources.models import ToolUse
from resources.services.tool_use_refusals import (
    NoPurpose,
    NotATool,
    NotSpeaker,
    NotUsed,
    ToolIsGone,
    UnknownPurpose,
    WrongYear,
)
from resources.services.tool_uses import declare_tool_use, withdraw_tool_use
from tests import personas
from tests.factories.network import SpaceFactory
from tests.factories.resources import SharedResourceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def tool():
    return SharedResourceFactory(kind=ResourceKind.TOOL, licence="", slug="paheko")


def declare(tool, person, **values):
    return declare_tool_use(
        tool,
        **{
            "space": personas.space_of(person),
            "purposes": [ToolPurpose.BOOKING, ToolPurpose.ACCESS],
            "since": 2024,
            "by": person,
            "now": NOW,
            **values,
        },
    )


def test_use_is_kept_once_and_replaced(tool, person):
    declare(tool, person)
    use = declare(tool, person, purposes=["invoicing"], since=None)
    assert list(ToolUse.objects.values_list("pk", "purposes", "since")) == [
        (use.pk, ["invoicing"], None)
    ]


def test_purposes_are_said_in_the_order_of_the_list(tool, person):
    use = declare(tool, person)
    assert use.purposes == ["access", "booking"]
    assert list(map(str, use.purpose_labels)) == ["réservations", "portes et accès"]
    use.purposes = ["booking", "a word of the past"]
    assert list(map(str, use.purpose_labels)) == ["réservations"]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"purposes": []}, NoPurpose),
        ({"purposes": ["booking", "espionage"]}, UnknownPurpose),
        ({"since": 2027}, WrongYear),
        ({"since": 23}, WrongYear),
        ({"since": -1}, WrongYear),
    ],
)
def test_wrong_answer_saves_nothing(tool, person, values, refusal):
    with pytest.raises(refusal):
        declare(tool, person, **values)
    assert not ToolUse.objects.exists()


def test_another_space_is_refused(tool, person):
    other = SpaceFactory()
    with pytest.raises(NotSpeaker):
        declare(tool, person, space=other)
    gone = personas.member(
        "gone@hub.test", spaces=[other], until=datetime.date(2026, 11, 22)
    )
    with pytest.raises(NotSpeaker):
        declare(tool, gone)
    assert not ToolUse.objects.exists()


def test_only_a_published_tool_is_used(tool, person):
    with pytest.raises(NotATool):
        declare(SharedResourceFactory(), person)
    # It was withdrawn since the page was read.
    type(tool).objects.update(live=False)
    with pytest.raises(ToolIsGone):
        declare(tool, person)
    assert not ToolUse.objects.exists()


def test_use_is_taken_back_even_of_a_tool_that_is_gone(tool, person):
    declare(tool, person)
    type(tool).objects.update(live=False)
    space = personas.space_of(person)
    stranger = personas.other_member()
    with pytest.raises(NotSpeaker):
        withdraw_tool_use(tool, space=space, by=stranger, now=NOW)
    withdraw_tool_use(tool, space=space, by=person, now=NOW)
    assert not ToolUse.objects.exists()
    with pytest.raises(NotUsed):
        withdraw_tool_use(tool, space=space, by=person, now=NOW)


def test_public_uses_are_of_public_spaces_and_tools(tool):
    for name, fields in (
        ("Viaduc", {}),
        ("Écluse", {"status": SpaceStatus.PAUSED}),
        ("Canari", {"status": SpaceStatus.CLOSED}),
        ("Canari", {"live": False}),
    ):
        space = SpaceFactory(name=name, **fields)
        ToolUse.objects.create(resource=tool, space=space, purposes=["booking"])
    uses = ToolUse.objects.filter(resource=tool).of_public_spaces()
    assert [use.space.name for use in uses] == ["Écluse", "Viaduc"]
    draft = SharedResourceFactory(kind=ResourceKind.TOOL, live=False)
    changed = SharedResourceFactory(kind=ResourceKind.DOCUMENT)
    for resource in (draft, changed):
        ToolUse.objects.create(resource=resource, space=space, purposes=["booking"])
    shown = ToolUse.objects.filter(space=space).of_public_tools()
    assert [use.resource for use in shown] == [tool]
