"""Which addresses may be fetched: those of the public web, and nothing nearer.

An address that a person gives is the one thing by which they choose where the server
connects to. Everything here refuses by default: a host is accepted when each of its
IP addresses is known to be public, whatever notation or tunnel it hides behind.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote, urlsplit

import idna

from .refusals import (
    CredentialsInAddress,
    MalformedAddress,
    UnknownHost,
    UnsupportedPort,
    UnsupportedScheme,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

IPAddress: TypeAlias = IPv4Address | IPv6Address

LONGEST_ADDRESS: Final = 2048
WEB_PORTS: Final = frozenset({80, 443})

_SCHEMES: Final = {
    "http": ("http", 80),
    "https": ("https", 443),
    # A calendar program's word for “subscribe to this”: the server speaks https.
    "webcal": ("https", 443),
    "webcals": ("https", 443),
}
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_HOST: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_-]+)*\.?")

_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
# Special-purpose ranges (IANA registries) that the standard library of one of the
# supported Python versions takes for global.
_SPECIAL: Final[tuple[IPv4Network | IPv6Network, ...]] = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/23"),
    IPv6Network("3fff::/20"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """One address, ready to be asked for: every part in ASCII."""

    scheme: str
    host: str
    port: int
    path: str
    """Path and query, as the request line has them."""

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @property
    def authority(self) -> str:
        """What the ``Host`` header says: the port only where it is unusual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _SCHEMES[self.scheme][1] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def parse_target(url: str, ports: Collection[int] = WEB_PORTS) -> Target:
    """Return what `url` points to; its fragment is dropped.

    Raises:
        MalformedAddress: it is no absolute address, or too long.
        UnsupportedScheme: it is none of http, https and webcal.
        CredentialsInAddress: a name or password stands before the host.
        UnsupportedPort: its port is not one of `ports`.
    """
    url = url.strip()
    if len(url) > LONGEST_ADDRESS or _FORBIDDEN.search(url):
        raise MalformedAddress(url[:100])
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise MalformedAddress(url[:100]) from error
    if not parts.scheme or (not parts.netloc and parts.scheme in _SCHEMES):
        raise MalformedAddress(url[:100])
    if parts.scheme not in _SCHEMES:
        raise UnsupportedScheme(parts.scheme)
    if "@" in parts.netloc:
        raise CredentialsInAddress
    scheme, default_port = _SCHEMES[parts.scheme]
    port = default_port if port is None else port
    if port not in ports:
        raise UnsupportedPort(str(port))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return Target(scheme, _clean_host(parts.hostname or ""), port, path)


def is_public(address: IPAddress) -> bool:
    """Tell whether `address` is one that anybody on the Internet may reach.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) counts as what
    it leads to.
    """
    if isinstance(address, IPv4Address):
        return _is_plainly_public(address)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address.sixtofour is not None:
        return is_public(address.sixtofour)
    if address.teredo is not None:
        return all(is_public(inner) for inner in address.teredo)
    return address in _GLOBAL_UNICAST and _is_plainly_public(address)


def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of `host`, in the system's order of preference.

    Raises:
        UnknownHost: it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHost(host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def read_ip(text: str) -> IPAddress:
    """Return the IP address that a resolver gave.

    Raises:
        UnknownHost: it is none.
    """
    try:
        return ip_address(text)
    except ValueError as error:
        raise UnknownHost(text) from error


def _is_plainly_public(address: IPAddress) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(
            address in network
            for network in _SPECIAL
            if network.version == address.version
        )
    )


def _clean_host(host: str) -> str:
    """Return the host as DNS knows it; a zone identifier (``%eth0``) is refused."""
    if ":" in host and "%" not in host:
        return host
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError as error:
        raise MalformedAddress(host[:100]) from error
    if len(name) > 253 or not _HOST.fullmatch(name):
        raise MalformedAddress(host[:100])
    return name.removesuffix(".")
