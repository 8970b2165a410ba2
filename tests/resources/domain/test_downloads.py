"""Which requests count as a download."""

from __future__ import annotations

import pytest

from resources.domain.downloads import counts_as_download

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"User-Agent": FIREFOX},
        {"User-Agent": FIREFOX, "Range": "bytes=0-"},
        {"User-Agent": FIREFOX, "Range": "bytes=0-1023"},
        {"User-Agent": FIREFOX, "Range": "lines=2-"},
        {"User-Agent": FIREFOX, "Purpose": "navigate"},
    ],
)
def test_person_counts(headers):
    assert counts_as_download("GET", headers)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", ""])
def test_other_methods_bring_no_file(method):
    assert not counts_as_download(method, {"User-Agent": FIREFOX})


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=1024-"},
        {"Range": "Bytes=1-2"},
        {"range": "bytes=-500"},
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"sec-purpose": "Prefetch"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"X-Moz": "prefetch"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "bingbot/2.0"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": "python-requests/2.32"},
    ],
)
def test_programs_and_later_pieces_do_not_count(headers):
    assert not counts_as_download("GET", {"User-Agent": FIREFOX, **headers})
