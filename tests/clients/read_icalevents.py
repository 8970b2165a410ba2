"""Prints what icalevents makes of a calendar given on standard input, as read.mjs does.

A process of its own: importing icalevents makes icalendar use pytz everywhere.
"""

from __future__ import annotations

import datetime
import json
import sys

from icalevents import icalparser

if __name__ == "__main__":
    for event in icalparser.parse_events(
        sys.stdin.read(),
        start=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC),
        end=datetime.datetime(2041, 1, 1, tzinfo=datetime.UTC),
    ):
        start = event.start.date() if event.all_day else event.start
        if isinstance(start, datetime.datetime):
            start = start.astimezone(datetime.UTC)
        print(json.dumps({"start": start.isoformat(), "summary": event.summary}))
