"""Where a fetch may go (M12), and whom it believes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cms.outbound.addresses import is_public
from cms.outbound.connection import Route
from cms.outbound.fetching import fetch
from cms.outbound.refusals import (
    BrokenAnswer,
    ForbiddenHost,
    InsecureRedirect,
    MalformedAddress,
    TooManyRedirects,
    TooSlow,
    UnknownHost,
    Unreachable,
    UnsupportedPort,
    UnsupportedScheme,
    UntrustedCertificate,
)
from tests.cms.outbound.sites import (
    AUTHORITY,
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


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "0"]
)
def test_fetch_never_connects_to_this_machine(host):
    """Only the port is opened up here: names and addresses are production's."""
    with (
        open_site(make_answer(CALENDAR), host="127.0.0.1") as site,
        pytest.raises(ForbiddenHost),
    ):
        fetch(
            f"http://{host}:{site.port}/",
            route=Route(ports=frozenset({site.port})),
        )
    assert site.connections == 0


def test_fetch_never_connects_to_a_mapped_address():
    with (
        open_site(make_answer(CALENDAR), host="127.0.0.1") as site,
        pytest.raises(ForbiddenHost),
    ):
        fetch(
            f"http://[::ffff:127.0.0.1]:{site.port}/",
            route=Route(ports=frozenset({site.port})),
        )
    assert site.connections == 0


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::1]:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "//127.0.0.1:{port}/",
        "http://inside.example:{port}/",
    ],
)
def test_fetch_checks_where_a_redirect_leads(location):
    with open_site(make_answer(CALENDAR), host="127.0.0.1") as inside:
        answer = make_answer(
            status="302 Found", Location=location.format(port=inside.port)
        )
        with open_site(answer) as site:
            route = make_route(site, inside, names={"inside.example": [["127.0.0.1"]]})
            with pytest.raises(ForbiddenHost):
                fetch(f"http://site.example:{site.port}/", route=route)
    assert (site.connections, inside.connections) == (1, 0)


@pytest.mark.parametrize(
    ("location", "refusal"),
    [
        ("file:///etc/passwd", UnsupportedScheme),
        ("gopher://site.example/", UnsupportedScheme),
        ("http://site.example:22/", UnsupportedPort),
        ("http://[::1", BrokenAnswer),
        ("https://", MalformedAddress),
        ("", BrokenAnswer),
    ],
)
def test_fetch_refuses_a_redirect_to_no_web_address(location, refusal):
    with (
        open_site(make_answer(status="301 Moved", Location=location)) as site,
        pytest.raises(refusal),
    ):
        fetch(f"http://site.example:{site.port}/", route=make_route(site))
    assert site.connections == 1


def test_fetch_connects_to_the_address_that_was_checked():
    """The name changes its mind right after the check; nobody asks it again."""
    with open_site(make_answer(CALENDAR)) as site:
        route = make_route(site, names={"rebinding.example": [[PUBLIC], ["127.0.0.1"]]})
        answer = fetch(f"http://rebinding.example:{site.port}/", route=route)
    assert answer.content == CALENDAR


def test_fetch_checks_a_rebound_name_again_at_each_redirect():
    with open_site(make_answer(CALENDAR), host="127.0.0.1") as inside:
        again = make_answer(
            status="302 Found", Location=f"http://rebinding.example:{inside.port}/"
        )
        with open_site(again) as site:
            route = make_route(
                site, inside, names={"rebinding.example": [[PUBLIC], ["127.0.0.1"]]}
            )
            with pytest.raises(ForbiddenHost):
                fetch(f"http://rebinding.example:{site.port}/", route=route)
    assert (site.connections, inside.connections) == (1, 0)


@pytest.mark.parametrize("found", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC]])
def test_fetch_refuses_a_host_with_one_forbidden_address(found):
    with open_site(make_answer(CALENDAR)) as site:
        route = make_route(site, names={"mixed.example": [found]})
        with pytest.raises(ForbiddenHost):
            fetch(f"http://mixed.example:{site.port}/", route=route)
    assert site.connections == 0


def test_fetch_refuses_a_host_without_address():
    with pytest.raises(UnknownHost):
        fetch("http://site.example/", route=make_route(names={"site.example": [[]]}))


def test_fetch_reaches_public_addresses_only_by_default():
    assert (Route().may_reach, Route().ports) == (is_public, frozenset({80, 443}))


# --- redirects


def test_fetch_follows_five_redirects_and_no_more():
    def redirect(connection):
        step = len(site.requests)
        answer = make_answer(status="302 Found", Location=f"/{step}")
        connection.sendall(make_answer(CALENDAR) if step > last else answer)

    with open_site(redirect) as site:
        url = f"http://site.example:{site.port}/"
        last = 5
        assert fetch(url, route=make_route(site)).url == f"{url}5"
        site.requests.clear()
        last = 6
        with pytest.raises(TooManyRedirects):
            fetch(url, route=make_route(site))
    assert site.connections == 12


# --- certificates


def test_fetch_verifies_the_host_name_on_the_pinned_address():
    certificate = AUTHORITY.issue_cert("site.example")
    with open_site(make_answer(CALENDAR), certificate=certificate) as site:
        answer = fetch(f"webcal://site.example:{site.port}/", route=make_route(site))
    assert answer.content == CALENDAR
    assert site.server_names == ["site.example"]
    assert f"Host: site.example:{site.port}\r\n" in site.requests[0]


def test_fetch_refuses_the_certificate_of_another_host():
    certificate = AUTHORITY.issue_cert("other.example", PUBLIC)
    with (
        open_site(make_answer(CALENDAR), certificate=certificate) as site,
        pytest.raises(UntrustedCertificate),
    ):
        fetch(f"https://site.example:{site.port}/", route=make_route(site))
    assert site.requests == []


def test_fetch_refuses_a_certificate_of_nobody():
    certificate = AUTHORITY.issue_cert("site.example")
    with open_site(make_answer(CALENDAR), certificate=certificate) as site:
        route = make_route(site, make_trust=Route().make_trust)
        with pytest.raises(UntrustedCertificate):
            fetch(f"https://site.example:{site.port}/", route=route)
    assert site.requests == []


def test_fetch_refuses_to_leave_https():
    with open_site(make_answer(CALENDAR)) as plain:
        certificate = AUTHORITY.issue_cert("site.example")
        answer = make_answer(
            status="301 Moved", Location=f"http://site.example:{plain.port}/"
        )
        with (
            open_site(answer, certificate=certificate) as secure,
            pytest.raises(InsecureRedirect),
        ):
            fetch(
                f"https://site.example:{secure.port}/",
                route=make_route(plain, secure),
            )
    assert plain.connections == 0


def test_fetch_says_when_there_is_no_tls():
    with (
        open_site(make_answer(CALENDAR)) as site,
        pytest.raises((Unreachable, TooSlow)),
    ):
        fetch(f"https://site.example:{site.port}/", route=make_route(site), **SHORT)
