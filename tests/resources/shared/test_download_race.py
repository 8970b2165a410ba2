"""Downloads that come at once, on PostgreSQL: SQLite has one writer."""

from __future__ import annotations

import datetime

from resources.models import DownloadCount
from resources.services.downloads import count_download
from tests.factories.resources import SharedResourceFactory
from tests.racing import RACE_MARKS, at_once

pytestmark = RACE_MARKS


def test_each_of_those_who_come_at_once_is_counted():
    resource = SharedResourceFactory()
    now = datetime.datetime(2026, 11, 1, 10, tzinfo=datetime.UTC)
    at_once(*[lambda: count_download(resource, now=now)] * 8)
    assert [row.number for row in DownloadCount.objects.all()] == [8]
