"""What a fetch sends, gives and says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cms.outbound.fetching import Fetched, NotModified, fetch
from cms.outbound.refusals import (
    REFUSALS,
    FetchRefused,
    UnexpectedAnswer,
    find_sentence,
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


def test_fetch_returns_content_and_validators():
    answer = make_answer(
        CALENDAR,
        Content_Type="text/calendar",
        ETag='"1"',
        Last_Modified="Mon, 05 Jan 2026 10:00:00 GMT",
    )
    with open_site(answer) as site:
        url = f"http://site.example:{site.port}/été.ics"
        assert fetch(url, route=make_route(site)) == Fetched(
            content=CALENDAR,
            url=f"http://site.example:{site.port}/%C3%A9t%C3%A9.ics",
            content_type="text/calendar",
            etag='"1"',
            last_modified="Mon, 05 Jan 2026 10:00:00 GMT",
        )
    assert site.requests == [
        "GET /%C3%A9t%C3%A9.ics HTTP/1.1\r\n"
        f"Host: site.example:{site.port}\r\n"
        "Accept: text/calendar, */*;q=0.1\r\n"
        "Accept-Encoding: gzip\r\n"
        "Connection: close\r\n"
        "User-Agent: Hub (+https://hub.test)\r\n\r\n"
    ]


def test_fetch_sends_validators_and_knows_304():
    with open_site(make_answer(status="304 Not Modified")) as site:
        url = f"http://site.example:{site.port}/"
        answer = fetch(url, etag='W/"1"', last_modified="then", route=make_route(site))
    assert answer == NotModified(url)
    assert 'If-None-Match: W/"1"\r\nIf-Modified-Since: then\r\n' in site.requests[0]


def test_fetch_keeps_no_endless_validator():
    headers = {"ETag": '"' + "a" * 200 + '"', "Last_Modified": "a" * 61}
    with open_site(make_answer(CALENDAR, **headers)) as site:
        answer = fetch(f"http://site.example:{site.port}/", route=make_route(site))
    assert (answer.etag, answer.last_modified) == ("", "")


def test_fetch_refuses_a_304_nobody_asked_for():
    with (
        open_site(make_answer(status="304 Not Modified")) as site,
        pytest.raises(UnexpectedAnswer),
    ):
        fetch(f"http://site.example:{site.port}/", route=make_route(site))


def test_fetch_takes_no_proxy_from_the_environment(monkeypatch):
    with open_site(make_answer(CALENDAR)) as site, open_site() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{PUBLIC}:{proxy.port}")
        fetch(f"http://site.example:{site.port}/", route=make_route(site))
    assert (site.connections, proxy.connections) == (1, 0)


def test_fetch_tries_the_next_address_of_a_host():
    with open_site(make_answer(CALENDAR)) as site:
        route = make_route(
            site,
            names={"site.example": [["127.0.0.3", PUBLIC]]},
            may_reach=lambda address: str(address) in {"127.0.0.3", PUBLIC},
        )
        answer = fetch(f"http://site.example:{site.port}/", route=route)
    assert answer.content == CALENDAR


@pytest.mark.parametrize("code", REFUSALS)
def test_find_sentence_speaks_plain_french(code):
    sentence = find_sentence(code)
    assert sentence.endswith((".", "?"))
    assert str(REFUSALS[code].sentence) == sentence


def test_refusals_have_codes_of_their_own():
    assert len(REFUSALS) == len(FetchRefused.__subclasses__())
