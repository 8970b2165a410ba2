"""Two workers at one calendar at once.

PostgreSQL alone: SQLite writes one transaction at a time, and ignores row locks.
"""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from cms.outbound.fetching import Fetched
from events.models import Event, ExternalFeed, ImportedDate
from events.services.archive.plan import plan_archive, read_archive
from events.services.archive.store import store_plan
from events.services.mirror import reading
from events.services.mirror.reading import read_feed
from tests.events.services.mirror.source import NOW, make_feed, make_file, make_vevent
from tests.factories.events import EventTypeFactory
from tests.factories.network import SpaceFactory

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("calendar race"),
]

CONTENT = make_file(make_vevent(1), make_vevent(2, "RRULE:FREQ=WEEKLY;COUNT=3"))


@pytest.fixture(autouse=True)
def _on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("this run is on SQLite")


def run_at_once(act, times=4):
    """Run ``act`` in threads with connections of their own; return what they gave."""
    barrier = threading.Barrier(times)
    given = []

    def run():
        try:
            barrier.wait(timeout=20)
            given.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def answer(url, **validators):
    return Fetched(CONTENT, url, "text/calendar", etag="", last_modified="")


def test_of_workers_that_read_one_calendar_at_once_one_stores():
    feed = make_feed(SpaceFactory())
    given = run_at_once(lambda: read_feed(feed, now=NOW, fetch=answer))
    assert sorted(given) == [False, False, False, True]
    assert Event.objects.count() == ImportedDate.objects.count() == 4


def test_of_workers_whose_claims_overlap_the_later_stores():
    """The first one was so slow that its claim ended: it finds another's and stops."""
    feed = make_feed(SpaceFactory())
    late = NOW + reading.CLAIM

    def fetch_slowly(url, **validators):
        assert read_feed(feed, now=late, fetch=answer)
        return answer(url)

    assert not read_feed(feed, now=NOW, fetch=fetch_slowly)
    assert Event.objects.count() == ImportedDate.objects.count() == 4
    assert ExternalFeed.objects.get().checked_at == late


def test_of_two_runs_that_bring_one_file_at_once_nothing_is_doubled():
    space, event_type = SpaceFactory(), EventTypeFactory()
    calendar = read_archive(CONTENT, space=space, now=NOW)

    def bring():
        plan = plan_archive(calendar, space=space, default_type=event_type, now=NOW)
        list(store_plan(plan, now=NOW))
        return plan.size

    assert len(run_at_once(bring)) == 4
    assert Event.objects.count() == ImportedDate.objects.count() == 4
