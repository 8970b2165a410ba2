"""A space's calendar on a real site, read again and again."""

from __future__ import annotations

import pytest

from tests.cms.outbound.sites import open_site
from tests.events.services.mirror.source import Reader, make_feed
from tests.factories.network import SpaceFactory


@pytest.fixture
def reader():
    with open_site() as site:
        space = SpaceFactory(name="Le Bocal")
        feed = make_feed(space, f"http://bocal.example:{site.port}/a.ics")
        yield Reader(feed, site)
