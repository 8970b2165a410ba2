"""Fixtures of the resources room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override


@pytest.fixture
def count_queries(db: None) -> Callable[[Callable[[], Any]], int]:
    """Count the queries of a call whose caches (sites, content types) are warm."""

    def count(call: Callable[[], Any]) -> int:
        call()
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """A request leaves its language behind in the thread; each test begins in French."""
    with override("fr"):
        yield
