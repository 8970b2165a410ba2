"""Whatever an address holds, it answers: never a failure, never a cookie."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client

from tests.hub.addresses import list_addresses

pytestmark = pytest.mark.django_db

LONG = "a" * 10_000
# As the address bar would send them: percent-encoded, each in one piece of a path.
PIECES = {
    "unknown": "inconnu",
    "long": LONG,
    "huge number": "9" * 40,
    "number of 5,000 digits": "9" * 5000,
    "zero": "0",
    "negative": "-1",
    "control characters": "%01%07%1B%7F",
    "new lines": "a%0D%0ASet-Cookie:%20a=b",
    "NUL": "%00",
    "emoji": quote("🦜"),
    "parent folder": "..%2F..%2Fetc%2Fpasswd",
    "dots": "../../etc/passwd",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
    "quotes": quote("'\"`;--"),
    "markup": quote("<script>alert(1)</script>"),
    "template": quote("{{ 7*7 }}{% debug %}"),
    "format": "%25s%25d{0}",
    "full-width digits": quote("١２"),
}
VALUES = PIECES | {
    "not a number": "NaN",
    "infinity": "inf",
    "far page": str(10**12),
    "fraction": "1.5",
    "empty": "",
    "no day": "0000-00-00",
    "no such day": "2026-02-30",
    "last day": "9999-12-31",
    "first day": "0001-01-01",
    "last month": "9999-12",
    "first month": "0001-01",
    "month 13": "2026-13",
    "like": "%25",
    "full-text operators": quote('"AND" OR NEAR( * ) : ^ - (('),
    "bidi override": quote("\u202e\u200b"),
}
ADDRESSES = list_addresses()
PAGES = ("NaN", "-1", "0", "1.5", "9" * 40, "9" * 5000, str(10**12), "inf", "%D9%A1")
DAYS = ("0000-00-00", "2026-02-30", "9999-12-31", "0001-01-01", "9" * 40, "%01", "1")
MONTHS = ("9999-12", "0001-01", "0000-00", "2026-13", "2026-1", "%D9%A1%D9%A1-01", "1")
WORDS = [
    PIECES[name] for name in ("unknown", "long", "emoji", "quotes", "markup", "format")
] + [quote('"AND" OR NEAR( * ) : ^ - (('), "%25", "%01%07", "%ED%A0%80"]
READ_BY_FILTERS = dict.fromkeys(("type", "dep", "lieu", "serie", "tag", "q"), WORDS)
# What each address with filters reads, and what to fill it with.
FILTERED = {
    "/agenda/": READ_BY_FILTERS
    | {"page": PAGES, "du": DAYS, "au": DAYS, "vue": WORDS, "passes": WORDS},
    "/agenda/?vue=mois": READ_BY_FILTERS | {"mois": MONTHS},
    "/agenda/?vue=carte": READ_BY_FILTERS | {"page": PAGES, "du": DAYS, "au": DAYS},
    "/agenda/programme.pdf": READ_BY_FILTERS | {"trimestre": MONTHS},
    "/agenda/abonnement/": READ_BY_FILTERS,
    "/agenda/flux.ics": READ_BY_FILTERS,
    "/lieux/": dict.fromkeys(("type", "dep", "statut", "q"), WORDS),
    "/ressources/": dict.fromkeys(("type", "theme", "licence", "tag", "q"), WORDS)
    | {"page": PAGES},
    "/simulateur/": dict.fromkeys(
        ("titre", "ouverture", "postes_fixes", "loyer", "taux_1", "aide_1_mois"),
        (*WORDS, *PAGES),
    )
    | {"format": ("csv", *WORDS)},
    "/recherche/": {"q": WORDS, "type": WORDS, "page": PAGES},
    "/recherche/?q=lieu": {"type": WORDS, "page": PAGES},
    "/espace/connexion/": {"next": WORDS},
    "/sitemap-pages.xml": {"p": PAGES},
}
PARAMETERS = sorted(
    {name for read in FILTERED.values() for name in read}
    | {"_connector", "owner__email__startswith", "order", "action", "kind"}
)
TRACES = re.compile(r"Traceback|TemplateSyntaxError|Exception Value|File &quot;/")


@pytest.fixture
def client() -> Client:
    """What fails is an answer here, as it is for a visitor."""
    return Client(raise_request_exception=False)


def ask(client: Client, address: str) -> int:
    """Return the status of ``address`` for a visitor, having looked at the answer."""
    response = client.get(address)
    label = address[:120]
    assert response.status_code < 500, f"{label}: {response.status_code}"
    # The login form alone needs one: it holds a CSRF token.
    if not address.partition("?")[0].removeprefix("/en").startswith("/espace/"):
        assert not response.cookies, f"{label} sets a cookie"
    content = b"" if response.streaming else response.content
    # A file of bytes, such as a poster, may hold any: what it says in ASCII is looked at.
    text = content.decode(errors="replace")
    assert not TRACES.search(text), label
    if response.headers["Content-Type"].startswith("text/html"):
        assert "<script>alert(1)" not in text, label
    return response.status_code


def test_every_pattern_can_be_filled_in():
    assert len({one.name for one in ADDRESSES}) > 40


@pytest.mark.parametrize(
    "address", [one for one in ADDRESSES if one.has_parameter], ids=lambda one: one.name
)
def test_hostile_path_is_answered(client, network, address):
    for piece in PIECES.values():
        values = dict.fromkeys(("slug", "pk", "filename", "key"), piece)
        for language in ("", "/en") if address.is_translated else ("",):
            ask(client, language + address.fill(values))


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.name)
def test_hostile_parameters_are_answered(client, network, address):
    known = {
        "slug": "ti-numerik",
        "pk": str(network.event.pk),
        "filename": "modele.pdf",
        "key": "set-password",
    }
    path = address.fill(known)
    ask(client, path)
    for value in VALUES.values():
        together = "&".join(f"{name}={value}" for name in PARAMETERS)
        ask(client, f"{path}?{together}")


@pytest.mark.parametrize("path", FILTERED)
def test_hostile_filter_is_answered(client, network, path):
    joint = "&" if "?" in path else "?"
    for name, values in FILTERED[path].items():
        for value in values:
            ask(client, f"{path}{joint}{name}={value}")
        # The same parameter again and again, with and without sense.
        many = "&".join(f"{name}={number}" for number in range(900))
        ask(client, f"{path}{joint}{many}")
        ask(client, f"{path}{joint}{name}=22&{name}=35&{name}[]=1&={name}&&;{name}")


@pytest.mark.parametrize(
    "method", ["post", "put", "delete", "patch", "options", "trace"]
)
def test_other_methods_are_answered(client, network, method):
    for address in ADDRESSES:
        path = address.fill(
            {"slug": "ti-numerik", "pk": "1", "filename": "a.pdf", "key": "a"}
        )
        response = getattr(client, method)(path)
        assert response.status_code < 500, path


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "xx-" * 3000},
        {"if-none-match": '"' + LONG},
        {"if-modified-since": "Mon, 99 Foo 0000 99:99:99 GMT"},
        {"range": "bytes=9999999-1,abc"},
        {"cookie": "sessionid=" + LONG},
        {"cookie": "csrftoken=\x01; messages=%00; django_language=../../x"},
        {"hx-request": "true", "hx-target": LONG, "hx-current-url": "https://[bad"},
        {"x-forwarded-for": "<script>", "x-forwarded-host": "evil.test"},
        {"referer": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_hostile_headers_are_answered(client, network, headers):
    for path in FILTERED:
        response = client.get(path, headers=headers)
        assert response.status_code < 500, path
        assert b"evil.test" not in response.content
