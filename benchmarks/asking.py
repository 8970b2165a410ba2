"""How long one request takes, how often it asks the database, what it holds in memory."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from collections.abc import Callable

Ask = Callable[[], object]

ROUNDS = 15


def time_request(ask: Ask) -> float:
    """Return the median processor time of one request, in seconds."""
    times = []
    for _round in range(ROUNDS):
        before = time.process_time()
        ask()
        times.append(time.process_time() - before)
    return statistics.median(times)


def count_queries(ask: Ask) -> int:
    """Return how many queries one request makes, once what is read once was read."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
        # The next request empties the log.
        return len(queries)


def measure_peak(ask: Ask) -> int:
    """Return the most bytes that one request holds at once."""
    ask()
    tracemalloc.start()
    try:
        ask()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
