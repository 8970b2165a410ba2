from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from events.domain.errors import UnsafeUrl
from events.domain.text import clean_line, clean_text, clean_url, html_to_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nBEGIN:VEVENT", "a BEGIN:VEVENT"),
        ("a\rX:1", "a X:1"),
        ("a\x00b", "ab"),
        ("a\x85b\u2028c\u2029d\x0be\x0cf", "a b c d e f"),
        ("  a \t b  ", "a b"),
        ("18\u00a0h\u202f30", "18\u00a0h\u202f30"),
        ("a\ud800b", "a?b"),
        ("", ""),
    ],
)
def test_line_keeps_words_and_drops_what_breaks_lines(text, expected):
    assert clean_line(text) == expected


def test_text_keeps_its_paragraphs():
    assert clean_text("a \r\n\r\n\r\n\r\n b\rc\x07\n") == "a\n\nb\nc"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("un deux trois", 11, "un deux…"),
        ("un\ndeux trois", 8, "un\ndeux…"),
        ("e\u0301" * 4, 6, "e\u0301e\u0301…"),
        ("👩\u200d👧\u200d👦" * 2, 7, "👩\u200d👧\u200d👦…"),
        ("abc", 0, ""),
    ],
)
def test_text_shortens_between_written_signs(text, limit, expected):
    assert clean_text(text, limit=limit) == expected


@given(st.text(), st.integers(0, 40))
def test_cleaning_twice_changes_nothing(text, limit):
    for clean in (clean_line, clean_text):
        once = clean(text, limit=limit)
        assert len(once) <= limit
        assert clean(once, limit=limit) == once


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://hub.invalid/agenda/", "https://hub.invalid/agenda/"),
        ("https://hub.invalid/é?q=a b#ç", "https://hub.invalid/%C3%A9?q=a%20b#%C3%A7"),
        ("https://hub.invalid/a%20b?c=1,2;3", "https://hub.invalid/a%20b?c=1,2;3"),
        ("https://élan.example:8443/", "https://xn--lan-9la.example:8443/"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("https://a.example/\r\nX:1", "https://a.example/X:1"),
    ],
)
def test_url_is_written_in_ascii(url, expected):
    assert clean_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/agenda/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://a b.example/",
        "https://[/",
        'https://a".example/',
        f"https://{'é' * 300}.example/",
    ],
)
def test_url_that_is_no_web_address_is_refused(url):
    with pytest.raises(UnsafeUrl):
        clean_url(url)


@given(st.text())
def test_url_is_ascii_or_refused(url):
    try:
        cleaned = clean_url("https://a.example/" + url)
    except UnsafeUrl:
        return
    assert cleaned.isascii()
    assert cleaned.isprintable()
    assert " " not in cleaned


def test_html_becomes_the_text_a_person_would_type():
    html = """
    <h2>Au programme&nbsp;:</h2>
    <p>Un
       verre, <b>trois</b> idées,
       <a href="https://hub.invalid/é?a=1&amp;b=2">le lieu</a>.</p>
    <ul> <li> <p>venir</p> </li>
      <li>rester<ul><li>tard</li></ul></li></ul>
    <p><a href="https://a.example/">https://a.example/</a><br>fin</p>
    <script>alert(1)</script><p><a href="javascript:alert(1)">clic</a></p>
    """
    assert html_to_text(html) == (
        "Au programme\u00a0:\n\n"
        "Un verre, trois idées, le lieu (https://hub.invalid/%C3%A9?a=1&b=2).\n\n"
        "- venir\n- rester\n- tard\n\n"
        "https://a.example/\nfin\n\n"
        "clic"
    )


HTML_PIECES = ["<p>", "</p>", "<li>", "</ul>", '<a href="https://a.example/">', "</a>"]
HTML_PIECES += ["<script>", "</script>", "<!--", "<br", ">", "&nbsp;", "&#0;", " ", "é"]


@given(st.lists(st.sampled_from(HTML_PIECES) | st.text(max_size=3)).map("".join))
def test_any_html_gives_clean_text(html):
    text = html_to_text(html)
    assert clean_text(text) == text
