"""M06: a calendar that makes up its UIDs anew at each reading."""

from __future__ import annotations

from events.domain.foreign.fingerprints import (
    are_uids_unstable,
    identify_by_fingerprint,
)
from tests.events.domain.foreign.files import make_event, read_events

TITLES = ("Apéro", "Atelier", "Midi", "Visite", "Projection")


def read_again(number: int, titles=TITLES):
    """Return the dates of a calendar whose UIDs are those of its n-th reading."""
    return read_events(
        *(
            make_event(uid=f"{title}-{number}".replace("é", "e"), title=title)
            for title in titles
        )
    ).dates


def list_pairs(dates):
    return [(day.external_uid, day.fingerprint) for day in dates]


def test_three_readings_with_new_uids_give_no_double():
    first = read_again(1)
    assert are_uids_unstable(list_pairs(first), read_again(2))
    known = {}
    for number in (1, 2, 3):
        for day in identify_by_fingerprint(read_again(number)):
            known[day.external_uid, day.recurrence_key] = day
    assert sorted(day.title for day in known.values()) == sorted(TITLES)


def test_are_uids_unstable_leaves_a_stable_calendar_alone():
    first = read_again(1)
    assert not are_uids_unstable(list_pairs(first), read_again(1))
    assert not are_uids_unstable(list_pairs(first), read_again(1)[:1])


def test_are_uids_unstable_takes_new_dates_for_new():
    stored = list_pairs(read_again(1, ("Apéro",)))
    assert not are_uids_unstable(stored, read_again(2, ("Autre", "Encore")))
    assert not are_uids_unstable([], read_again(1))


def test_are_uids_unstable_needs_more_than_four_in_five():
    stored = list_pairs(read_again(1))
    mixed = (*read_again(1, TITLES[:1]), *read_again(2, TITLES[1:]))
    assert not are_uids_unstable(stored, mixed)


def test_fingerprint_changes_with_start_title_and_place():
    dates = read_events(
        make_event(uid="a"),
        make_event("DTSTART:20260410T183000", uid="b"),
        make_event(uid="c", title="Autre"),
        make_event("LOCATION:Ailleurs", uid="d"),
        make_event("DESCRIPTION:Plus", uid="e"),
    ).dates
    prints = {day.external_uid: day.fingerprint for day in dates}
    assert len(set(prints.values())) == 4
    assert prints["a"] == prints["e"]


def test_identify_by_fingerprint_tells_the_dates_of_a_series_apart():
    dates = read_events(make_event("RRULE:FREQ=WEEKLY;COUNT=3")).dates
    assert len(identify_by_fingerprint(dates)) == 3
