from __future__ import annotations

import icalendar
import pytest

from events.calendar_file import write_event_file
from events.enums import Visibility
from events.models import CalendarState
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def read(content: bytes) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


def test_file_is_that_of_the_page(client):
    event = EventFactory(title="Soupe")
    CalendarState.objects.filter(event=event).update(sequence=3)
    read_one = read(write_event_file(event, language="fr"))
    assert (read_one["UID"], read_one["SEQUENCE"], read_one["SUMMARY"]) == (
        event.uid, 3, "Soupe",
    )  # fmt: skip
    served = read(client.get(f"/agenda/{event.slug}.ics").content)
    assert served["DTSTART"].dt == read_one["DTSTART"].dt
    assert served["DESCRIPTION"] == read_one["DESCRIPTION"]


def test_file_of_a_date_for_members_has_its_words():
    event = EventFactory(title="Pilotes", visibility=Visibility.MEMBERS)
    first = write_event_file(event, language="fr")
    assert read(first)["SUMMARY"] == "Pilotes"
    assert first == write_event_file(event, language="fr")


def test_link_for_members_is_in_the_file_of_who_may_have_it():
    link = "https://visio.example/salle"
    event = EventFactory(online_url=link, online_visibility=Visibility.MEMBERS)
    assert b"visio" not in write_event_file(event, language="fr")
    mine = read(write_event_file(event, language="en", online_url=link))
    assert mine["CONFERENCE"] == link
    assert f"Online: {link}" in mine["DESCRIPTION"]


def test_link_that_is_no_address_is_left_out():
    event = EventFactory()
    content = write_event_file(event, language="fr", online_url="javascript:alert(1)")
    assert b"javascript" not in content


def test_file_costs_as_much_whatever_the_language(django_assert_num_queries):
    event = EventFactory(tags=["soupe"])
    with django_assert_num_queries(3):
        write_event_file(event, language="br")
