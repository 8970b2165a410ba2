"""Fixtures of the events room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """A request leaves its language behind; each test begins in French."""
    with override("fr"):
        yield
