"""Fixtures of the whole suite, and the services it may lean on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import translation

from tests.database import copy_template, find_template

# What tests share asserts too, and must under ``python -O``, where only what pytest
# rewrote still does. Before anything of it is imported.
pytest.register_assert_rewrite(
    "tests.clients", "tests.cms", "tests.events", "tests.home", "tests.hub",
    "tests.network", "tests.paper", "tests.personas", "tests.resources", "tests.search",
)  # fmt: skip

# A test with one of these marks needs a service that its variable points to.
SERVICE_VARIABLES = {
    "postgresql": "HUB_TEST_POSTGRES_URL",
    "redis": "HUB_TEST_REDIS_URL",
    "elasticsearch": "HUB_TEST_SEARCH_URL",
    "browser": "HUB_TEST_CHROMIUM",
    "calendar_clients": "HUB_TEST_CALENDAR_CLIENTS",
}
SERVICES_REQUIRED = os.environ.get("HUB_REQUIRE_SERVICES") == "1"


# A case of the specification: ``test_a03_…``, ``…_s15``, or a module that says “M16”.
CASE_IN_NAME = re.compile(r"(?:^test|_)_?[acthsm]\d\d(?=_|$)")
CASE_IN_WORDS = re.compile(r"\b[ACTHSM]\d\d\b")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the cases, which also run under ``python -O``."""
    for item in items:
        name = getattr(item, "originalname", item.name)
        words = getattr(getattr(item, "module", None), "__doc__", None) or ""
        if CASE_IN_NAME.search(name) or CASE_IN_WORDS.search(words):
            item.add_marker(pytest.mark.case)


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


@pytest.fixture(autouse=True)
def site_language() -> Iterator[None]:
    """Begin in the site's language: a request to /en/ leaves English behind."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Put the migrated template in place of the tables that Django made."""
    if connection.vendor != "sqlite":
        return
    with django_db_blocker.unblock():
        connection.ensure_connection()
        copy_template(find_template(), connection.connection)
        # What `serialized_rollback` puts back before a test with real transactions.
        connection._test_serialized_contents = (
            connection.creation.serialize_db_to_string()
        )
    # The tables that were replaced had numbered the content types otherwise.
    ContentType.objects.clear_cache()
