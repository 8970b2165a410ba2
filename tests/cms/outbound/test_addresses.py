from __future__ import annotations

from ipaddress import ip_address

import pytest

from cms.outbound.addresses import (
    Target,
    is_public,
    parse_target,
    read_ip,
    resolve_by_system,
)
from cms.outbound.refusals import (
    CredentialsInAddress,
    MalformedAddress,
    UnknownHost,
    UnsupportedPort,
    UnsupportedScheme,
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        (" https://EXAMPLE.org/A?b=c#d ", "https://example.org/A?b=c"),
        ("webcal://example.org/a.ics", "https://example.org/a.ics"),
        ("webcals://example.org/a.ics", "https://example.org/a.ics"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        (
            "https://café.example/été?q=é",
            "https://xn--caf-dma.example/%C3%A9t%C3%A9?q=%C3%A9",
        ),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://a_b.example./x%20y", "https://a_b.example/x%20y"),
        ("https://[2606:4700::1]/", "https://[2606:4700::1]/"),
    ],
)
def test_parse_target_gives_one_ascii_address(url, expected):
    assert parse_target(url).url == expected


def test_parse_target_of_webcal_is_secure():
    assert parse_target("webcal://example.org/") == Target(
        "https", "example.org", 443, "/"
    )


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("", MalformedAddress),
        ("example.org/a.ics", MalformedAddress),
        ("//example.org/a.ics", MalformedAddress),
        ("https:///a.ics", MalformedAddress),
        ("https://example.org/a b", MalformedAddress),
        ("https://example.org/a\r\nHost: x", MalformedAddress),
        ("https://example.org\\@127.0.0.1/", MalformedAddress),
        ("https://[::1", MalformedAddress),
        ("https://[fe80::1%25eth0]/", MalformedAddress),
        ("https://exa mple.org/", MalformedAddress),
        ("https://exa%20mple.org/", MalformedAddress),
        ("https://-.example/", MalformedAddress),
        ("https://" + "a" * 2048 + ".org/", MalformedAddress),
        ("https://" + "a." * 130 + "org/", MalformedAddress),
        ("https://example.org:99999/", MalformedAddress),
        ("file:///etc/passwd", UnsupportedScheme),
        ("ftp://example.org/", UnsupportedScheme),
        ("gopher://example.org/", UnsupportedScheme),
        ("javascript:alert(1)", UnsupportedScheme),
        ("data:text/calendar,BEGIN", UnsupportedScheme),
        ("https://me:secret@example.org/", CredentialsInAddress),
        ("https://me@example.org/", CredentialsInAddress),
        ("https://@example.org/", CredentialsInAddress),
        ("https://example.org:22/", UnsupportedPort),
        ("https://example.org:8000/", UnsupportedPort),
        ("https://example.org:0/", UnsupportedPort),
    ],
)
def test_parse_target_refuses(url, refusal):
    with pytest.raises(refusal):
        parse_target(url)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "193.0.6.139",
        "2606:4700::6810:84e5",
        "::ffff:8.8.8.8",
        "2002:808:808::1",
        "64:ff9b::8.8.8.8",
    ],
)
def test_is_public_accepts_the_internet(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2001:0:a00:1::",
        "2001:10::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_is_public_refuses_what_is_nearer(address):
    assert not is_public(ip_address(address))


def test_is_public_unwraps_both_ends_of_teredo():
    """The server of the tunnel stands in the clear, its client inverted."""
    client = int(ip_address("8.8.4.4")) ^ 0xFFFFFFFF
    prefix = int(ip_address("2001::")) | int(ip_address("8.8.8.8")) << 64
    assert is_public(ip_address(prefix | client))
    hidden = int(ip_address("127.0.0.1")) ^ 0xFFFFFFFF
    assert not is_public(ip_address(prefix | hidden))


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0"])
def test_resolve_by_system_unmasks_numeric_hosts(host):
    """What looks like a name is an address to the system: the policy sees it."""
    assert [is_public(read_ip(found)) for found in resolve_by_system(host, 80)] == [
        False
    ]


def test_resolve_by_system_refuses_a_name_that_cannot_exist():
    with pytest.raises(UnknownHost):
        resolve_by_system("nothing.invalid", 443)


def test_read_ip_refuses_what_is_no_address():
    with pytest.raises(UnknownHost):
        read_ip("not-an-address")
