"""Answers that are slow, large or broken, and how a fetch ends."""

from __future__ import annotations

import gzip
import time
import zlib
from datetime import timedelta

import pytest

from cms.outbound.connection import Route
from cms.outbound.fetching import LARGEST_CONTENT, fetch
from cms.outbound.refusals import (
    AccessDenied,
    BrokenAnswer,
    NotFound,
    TemporarilyUnavailable,
    TooLarge,
    TooSlow,
    UnexpectedAnswer,
    Unreachable,
)
from tests.cms.outbound.sites import (
    PUBLIC,
    make_answer,
    make_route,
    open_site,
)

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
SHORT = {
    "patience": timedelta(seconds=0.6),
    "idle": timedelta(seconds=0.3),
}


# --- time


def drip(start: bytes, part: bytes):
    """Return an answer that sends `part` again and again, never idle for long."""

    def answer(connection):
        connection.sendall(start)
        while True:
            time.sleep(0.05)
            connection.sendall(part)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        drip(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"a"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        drip(b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
        lambda connection: time.sleep(3),
    ],
    ids=["header", "headers", "continue", "content", "chunks", "endless", "silence"],
)
def test_fetch_gives_up_in_time(answer):
    with open_site(answer) as site:
        begun = time.monotonic()
        with pytest.raises(TooSlow):
            fetch(f"http://site.example:{site.port}/", route=make_route(site), **SHORT)
        assert time.monotonic() - begun < 5


def test_fetch_gives_up_a_silent_handshake():
    with open_site(lambda connection: None) as site:
        begun = time.monotonic()
        with pytest.raises((TooSlow, Unreachable)):
            fetch(f"https://site.example:{site.port}/", route=make_route(site), **SHORT)
        assert time.monotonic() - begun < 5


def test_fetch_gives_up_a_resolver_that_hangs():
    def resolve(host, port):
        time.sleep(5)
        return [PUBLIC]

    begun = time.monotonic()
    with pytest.raises(TooSlow):
        fetch("http://site.example/", route=Route(resolve=resolve), **SHORT)
    assert time.monotonic() - begun < 4.5


# --- size and content


def test_fetch_decompresses():
    content = gzip.compress(CALENDAR)
    with open_site(make_answer(content, Content_Encoding="gzip")) as site:
        answer = fetch(f"http://site.example:{site.port}/", route=make_route(site))
    assert answer.content == CALENDAR


@pytest.mark.parametrize("size", [LARGEST_CONTENT, LARGEST_CONTENT + 1])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_fetch_takes_five_mebibytes_and_no_more(size, encoding):
    content = b"a" * size
    sent = gzip.compress(content) if encoding == "gzip" else content
    with open_site(make_answer(sent, Content_Encoding=encoding)) as site:
        url = f"http://site.example:{site.port}/"
        if size > LARGEST_CONTENT:
            with pytest.raises(TooLarge):
                fetch(url, route=make_route(site))
        else:
            assert fetch(url, route=make_route(site)).content == content


def test_fetch_stops_reading_what_never_ends():
    def pour(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"a" * 65536)

    with (
        open_site(pour) as site,
        pytest.raises(TooLarge),
    ):
        fetch(f"http://site.example:{site.port}/", route=make_route(site))


def make_bomb() -> bytes:
    """Return 200 MB of nothing in 200 kB."""
    packing = zlib.compressobj(9, wbits=31)
    block = bytes(1_000_000)
    return b"".join(
        [*(packing.compress(block) for _part in range(200)), packing.flush()]
    )


def test_fetch_defuses_a_gzip_bomb():
    bomb = make_bomb()
    with open_site(make_answer(bomb, Content_Encoding="gzip")) as site:
        begun = time.process_time()
        with pytest.raises(TooLarge):
            fetch(f"http://site.example:{site.port}/", route=make_route(site))
        assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
        make_answer(CALENDAR, length=1000),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        make_answer(CALENDAR, Content_Encoding="gzip"),
        make_answer(CALENDAR, Content_Encoding="br"),
        make_answer(gzip.compress(CALENDAR)[:-9], Content_Encoding="gzip"),
        make_answer(gzip.compress(CALENDAR) + b"more", Content_Encoding="gzip"),
    ],
    ids=[
        "nothing",
        "not-http",
        "many-headers",
        "long-header",
        "shorter-than-said",
        "cut-chunk",
        "bad-chunk",
        "not-gzip",
        "brotli",
        "cut-gzip",
        "more-than-gzip",
    ],
)
def test_fetch_refuses_a_broken_answer(answer):
    with (
        open_site(answer) as site,
        pytest.raises((BrokenAnswer, Unreachable)),
    ):
        fetch(f"http://site.example:{site.port}/", route=make_route(site))


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("204 No Content", UnexpectedAnswer),
        ("206 Partial Content", UnexpectedAnswer),
        ("300 Multiple Choices", UnexpectedAnswer),
        ("400 Bad Request", UnexpectedAnswer),
        ("401 Unauthorized", AccessDenied),
        ("403 Forbidden", AccessDenied),
        ("404 Not Found", NotFound),
        ("410 Gone", NotFound),
        ("429 Too Many Requests", TemporarilyUnavailable),
        ("500 Internal Server Error", TemporarilyUnavailable),
        ("503 Service Unavailable", TemporarilyUnavailable),
    ],
)
def test_fetch_names_what_the_status_says(status, refusal):
    with (
        open_site(make_answer(CALENDAR, status=status)) as site,
        pytest.raises(refusal),
    ):
        fetch(f"http://site.example:{site.port}/", route=make_route(site))


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [("120", 120), ("Mon, 05 Jan 2026 10:00:00 GMT", None), ("9" * 5000, None)],
)
def test_fetch_keeps_how_long_to_wait(delay, seconds):
    answer = make_answer(status="503 Service Unavailable", Retry_After=delay)
    with (
        open_site(answer) as site,
        pytest.raises(TemporarilyUnavailable) as refusal,
    ):
        fetch(f"http://site.example:{site.port}/", route=make_route(site))
    assert refusal.value.retry_after == seconds


def test_fetch_says_that_nobody_listens():
    with open_site() as site:
        route = make_route(site)
    with pytest.raises(Unreachable):
        fetch(f"http://site.example:{site.port}/", route=route)
