"""The bytes that subscribers get, cut into dates by UID."""

from __future__ import annotations

import re

import icalendar
from django.test import Client

from events.models import Event


def read_feed(query: str = "") -> dict[str, bytes]:
    """Return each VEVENT of the network's feed, as its bytes, by UID."""
    response = Client().get(f"/agenda/flux.ics{query}")
    assert response.status_code == 200
    blocks = re.findall(
        rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", response.content, re.DOTALL
    )
    return {str(icalendar.Event.from_ical(block)["UID"]): block for block in blocks}


def read_vevent(event: Event, query: str = "") -> icalendar.Event:
    return icalendar.Event.from_ical(read_feed(query)[event.uid])


def list_changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return the UIDs whose bytes differ, appear or disappear."""
    return {uid for uid in {*before, *after} if before.get(uid) != after.get(uid)}
