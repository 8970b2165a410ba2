"""Fixtures of the whole suite, and the services it may lean on."""

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
SERVICES_REQUIRED = os.environ.get("HUB_REQUIRE_SERVICES") == "1"


def pytest_sessionstart(session: pytest.Session) -> None:
    """CI must not go green on SQLite alone."""
    variable = SERVICE_VARIABLES["postgresql"]
    if SERVICES_REQUIRED and not os.environ.get(variable):
        pytest.exit(f"HUB_REQUIRE_SERVICES=1 needs {variable}", returncode=2)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without its service a test is left out; where services are required, it fails."""
    for mark, variable in SERVICE_VARIABLES.items():
        if item.get_closest_marker(mark) is None or os.environ.get(variable):
            continue
        message = f"{variable} is not set, and this test needs it"
        if SERVICES_REQUIRED:
            pytest.fail(message)
        pytest.skip(message)
