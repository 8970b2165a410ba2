"""Two members who say at once what their space uses, on PostgreSQL."""

from __future__ import annotations

import datetime

from resources.enums import ResourceKind
from resources.models import ToolUse
from resources.services.tool_uses import declare_tool_use
from tests import personas
from tests.factories.resources import SharedResourceFactory
from tests.racing import RACE_MARKS, at_once

pytestmark = RACE_MARKS


def test_use_is_kept_once():
    first = personas.member()
    space = personas.space_of(first)
    second = personas.member("autre@hub.test", spaces=[space])
    tool = SharedResourceFactory(kind=ResourceKind.TOOL)
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)
    at_once(
        *[
            lambda by=by: declare_tool_use(
                tool, space=space, purposes=["booking"], since=None, by=by, now=now
            )
            for by in (first, second) * 2
        ]
    )
    assert ToolUse.objects.count() == 1
