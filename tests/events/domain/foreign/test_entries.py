"""Words of others: what is left of markup, commands and control characters (M13)."""

from __future__ import annotations

import pytest

from events.domain.foreign.values import DESCRIPTION_LENGTH, TITLE_LENGTH
from tests.events.domain.foreign.files import make_event, read_events


def read_one(*lines: str):
    return read_events(make_event(*lines)).dates[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Deux\\nlignes", "Deux\nlignes"),
        ("Deux\\Nlignes\\, une \\\\ barre\\; fin", "Deux\nlignes, une \\ barre; fin"),
        ("<p>Un</p><p>deux</p>", "Un\n\ndeux"),
        ("Un<br>deux<br/>trois", "Un\ndeux\ntrois"),
        ("<b>Gras</b>\\net suite", "Gras\net suite"),
        ("L&#8217\\;ap&eacute\\;ro &amp\\; co", "L’apéro & co"),
        ("<script>alert(1)</script>Bonjour", "Bonjour"),
        ("<img src=x onerror=alert(1)>Bonjour", "Bonjour"),
        ("<svg/onload=alert(1)>Bonjour", "Bonjour"),
        ("<!-- caché -->Bonjour", "Bonjour"),
        (
            '<a href="https://example.org/a">Lien</a>',
            "Lien (https://example.org/a)",
        ),
        ('<a href="javascript:alert(1)">Lien</a>', "Lien"),
        ("Visio <https://example.org/v>", "Visio https://example.org/v"),
        ("1 < 2 et 3 > 2", "1 < 2 et 3 > 2"),
        ("<b>1 < 2</b>", "1 < 2"),
        ("<!-- <p> -->Bonjour<br>à tous", "Bonjour\nà tous"),
        (
            "{{7*7}} {% now %} =cmd|' /C calc'!A0",
            "{{7*7}} {% now %} =cmd|' /C calc'!A0",
        ),
        ("a\x00b\x07c\x85d\u2028e", "abc\nd\ne"),
        ("ma\tntabulation", "ma\tntabulation"),
    ],
)
def test_read_entry_keeps_the_words_of_a_description(written, read):
    assert read_one(f"DESCRIPTION:{written}").description == read


def test_read_entry_keeps_a_title_and_a_place_on_one_line():
    day = read_one("SUMMARY:<b>Un</b>\\n deux", "LOCATION:12 rue\\nNantes")
    assert (day.title, day.location) == ("Un deux", "12 rue Nantes")


def test_read_entry_shortens():
    day = read_one("SUMMARY:" + "mot " * 200, "DESCRIPTION:" + "mot " * 9_000)
    assert len(day.title) <= TITLE_LENGTH
    assert len(day.description) <= DESCRIPTION_LENGTH
    assert (day.title[-1], day.description[-1]) == ("…", "…")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("http://example.org/", "http://example.org/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("//example.org/", ""),
        ("example.org", ""),
        ("ftp://example.org/", ""),
    ],
)
def test_read_entry_keeps_web_addresses_only(written, read):
    assert read_one(f"URL:{written}").url == read


def test_read_entry_drops_people():
    day = read_one(
        "ORGANIZER;CN=Zebra:mailto:zebra@example.org",
        "ATTENDEE;CN=Zebra:mailto:zebra@example.org",
        "CONTACT:Zebra",
        "COMMENT:Zebra",
        "ATTACH:https://example.org/zebra.pdf",
        "X-ALT-DESC;FMTTYPE=text/html:<b>Zebra</b>",
    )
    assert "zebra" not in str(day).lower()


@pytest.mark.parametrize(
    ("written", "read"), [("7", 7), ("-1", 0), ("many", 0), ("9" * 12, 0)]
)
def test_read_entry_reads_a_sequence(written, read):
    assert read_one(f"SEQUENCE:{written}").sequence == read


@pytest.mark.parametrize(
    "change",
    [
        "SUMMARY:Autre",
        "DESCRIPTION:Autre",
        "LOCATION:Autre",
        "URL:https://example.org/",
        "STATUS:CANCELLED",
        "CATEGORIES:Autre",
        "DTEND:20260409T213000",
    ],
)
def test_content_hash_follows_what_a_reader_sees(change):
    plain = read_one("DTSTART:20260409T183000", "DTEND:20260409T203000")
    if change.startswith("DTEND"):
        changed = read_one("DTSTART:20260409T183000", change)
    else:
        changed = read_one("DTSTART:20260409T183000", "DTEND:20260409T203000", change)
    assert changed.content_hash != plain.content_hash


def test_content_hash_ignores_what_no_reader_sees():
    plain = read_one("DTSTAMP:20260101T000000Z", "SEQUENCE:1")
    again = read_one("DTSTAMP:20260102T000000Z", "SEQUENCE:2", "CREATED:20260101T0000Z")
    assert again.content_hash == plain.content_hash
