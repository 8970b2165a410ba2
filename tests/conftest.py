"""Fixtures of the whole suite."""

from __future__ import annotations

import os

import pytest

# A test with one of these marks needs a service that its variable points to.
SERVICE_VARIABLES = {
    "postgresql": "HUB_TEST_POSTGRES_URL",
    "redis": "HUB_TEST_REDIS_URL",
    "elasticsearch": "HUB_TEST_SEARCH_URL",
    "browser": "HUB_TEST_CHROMIUM",
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without its service a test is left out; CI requires every service."""
    for mark, variable in SERVICE_VARIABLES.items():
        if item.get_closest_marker(mark) is None or os.environ.get(variable):
            continue
        message = f"{variable} is not set, and this test needs it"
        if os.environ.get("HUB_REQUIRE_SERVICES") == "1":
            pytest.fail(message)
        pytest.skip(message)
