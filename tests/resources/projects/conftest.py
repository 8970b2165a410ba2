"""A day on which the projects of the tests are under way."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup


@pytest.fixture(autouse=True)
def _day(time_machine):
    time_machine.move_to(
        datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC), tick=False
    )


@pytest.fixture
def read(client):
    """Read a page that is there."""

    def read(url):
        response = client.get(url)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read
