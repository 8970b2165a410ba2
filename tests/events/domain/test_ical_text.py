from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from events.domain.calendar_values import Conference
from events.domain.ical import (
    assemble_single,
    serialise_event,
)
from tests.events.domain.readers import (
    PARIS,
    line,
    parse,
    parse_with_second_reader,
    unfolded,
)
from tests.events.domain.values import make_event


@pytest.mark.parametrize(
    "text", ["C:\\Notes\\notes", "\\\\N", "\\n", "\\,\\;", 'a:b=c"d"^n', "%2C%5C"]
)
def test_what_looks_escaped_comes_back_as_it_was_typed(text):
    event = make_event(
        uid=text, summary=text, description=text, categories=(text,), series_uid=text
    )
    content = assemble_single(serialise_event(event), PARIS)
    assert line(content, "SUMMARY") == "SUMMARY:" + re.sub(r"([\\;,])", r"\\\1", text)
    parsed = parse(content)
    assert [str(parsed[name]) for name in ("UID", "SUMMARY", "RELATED-TO")] == [
        text
    ] * 3
    assert list(parsed["CATEGORIES"].cats) == [text]
    [other] = parse_with_second_reader(content).events
    assert (other.uid, other.summary, other.description) == (text, text, text)


@pytest.mark.parametrize("text", ["é" * 120, "👩\u200d👩\u200d👧\u200d👦" * 40])
def test_a04_lines_are_folded_between_characters(text):
    content = assemble_single(
        serialise_event(make_event(summary=text[:200], description=text)), PARIS
    )
    for physical in content.split(b"\r\n"):
        assert len(physical) <= 75
        physical.decode("utf-8")
    assert str(parse(content)["DESCRIPTION"]) == text


@pytest.mark.parametrize("length", range(50, 80))
def test_a05_no_fold_parts_a_backslash_from_its_letter(length):
    content = serialise_event(make_event(description="x" * length + "\ny;z,\\"))
    assert b"\\\r\n n" not in content
    assert not re.search(rb"(?<!\\)(?:\\\\)*\\\r\n ", content)


# Any code point, lone surrogates included, and often what the format gives a meaning.
ANY_TEXT = st.text(
    st.characters(codec=None) | st.sampled_from("\\Nn,;:\"^'=%\r\n\t \u2028"),
    max_size=200,
)


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
def test_any_text_comes_back_as_it_was_kept(line_text, text, categories):
    event = make_event(
        summary=line_text,
        description=text,
        location=line_text,
        contact=text,
        categories=tuple(categories),
        conference=Conference(url="https://visio.invalid/", label=line_text),
    )
    content = assemble_single(serialise_event(event), PARIS)
    assert unfolded(content).count("BEGIN:VEVENT") == 1
    assert all(len(each) <= 75 for each in content.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content)
    assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
    parsed = parse(content)
    kept = {
        "SUMMARY": event.summary,
        "DESCRIPTION": event.description,
        "LOCATION": event.location,
        "CONTACT": event.contact,
    }
    assert {name: str(parsed.get(name, "")) for name in kept} == kept
    found = parsed["CATEGORIES"].cats if event.categories else []
    assert tuple(str(each) for each in found) == event.categories
    [other] = parse_with_second_reader(content).events
    assert (other.summary, other.description or "", other.location or "") == (
        event.summary,
        event.description,
        event.location,
    )
