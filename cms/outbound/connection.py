"""One connection to one checked address, which nothing can keep waiting for long.

``http.client`` speaks HTTP; where it connects to and how long it waits is decided
here. Libraries above it (urllib3, httpx) can pin an address too, but measure their
time for each read: a site that sends one byte of its headers every nine seconds
would hold a worker for days.
"""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, cast

from .addresses import (
    WEB_PORTS,
    Target,
    is_public,
    read_ip,
    resolve_by_system,
)
from .refusals import (
    ForbiddenHost,
    TooSlow,
    UnknownHost,
    Unreachable,
    UntrustedCertificate,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from _typeshed import WriteableBuffer

    from .addresses import IPAddress


@dataclass(frozen=True, kw_only=True)
class Route:
    """How the outside is reached; only tests take another one than the default.

    Attributes:
        resolve: the IP addresses of a host and port, in order of preference.
        may_reach: tells whether one of them is allowed.
        ports: those that an address may name.
        make_trust: makes what certificates are verified with.
    """

    resolve: Callable[[str, int], Sequence[str]] = resolve_by_system
    may_reach: Callable[[IPAddress], bool] = is_public
    ports: frozenset[int] = WEB_PORTS
    make_trust: Callable[[], ssl.SSLContext] = ssl.create_default_context


class Deadline:
    """The time that is left, for the whole and for the next byte, in seconds."""

    def __init__(self, total: float, idle: float) -> None:
        self._end = time.monotonic() + total
        self._idle = idle

    def left(self) -> float:
        """Return how long the next wait may last.

        Raises:
            TooSlow: no time is left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooSlow
        return min(left, self._idle)


@contextmanager
def connect(
    target: Target, route: Route, deadline: Deadline
) -> Iterator[HTTPConnection]:
    """Open the connection to `target` and close it after.

    Each of the host's addresses must be allowed before the first one is tried; the
    name is not looked up again, so that it cannot change its mind in between.

    Raises:
        UnknownHost: the name has no address.
        ForbiddenHost: one of its addresses is not allowed.
        Unreachable: none of them accepts a connection.
        UntrustedCertificate: the certificate does not vouch for the host.
        TooSlow: the time is up.
    """
    addresses = find_addresses(target, route, deadline)
    plain = _open_first(addresses, target.port, deadline)
    try:
        if target.is_secure:
            plain = _secure(plain, target.host, route, deadline)
        connection = HTTPConnection(target.host, target.port)
        # All that http.client asks of a socket is there; its type says more.
        connection.sock = cast("socket.socket", _TimedSocket(plain, deadline))
        yield connection
    finally:
        plain.close()


def find_addresses(target: Target, route: Route, deadline: Deadline) -> list[str]:
    """Return the allowed addresses of the host, in order of preference.

    Raises:
        UnknownHost: the name has no address.
        ForbiddenHost: one of its addresses is not allowed.
        TooSlow: the time is up.
    """
    answer: list[Sequence[str] | Exception] = []

    def ask() -> None:
        try:
            answer.append(route.resolve(target.host, target.port))
        except Exception as error:  # noqa: BLE001 - raised again by the caller
            answer.append(error)

    # The system's resolver takes no time limit; it is left behind when it is late.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(deadline.left())
    if not answer:
        raise TooSlow(target.host)
    found = answer[0]
    if isinstance(found, Exception):
        raise found
    if not found:
        raise UnknownHost(target.host)
    for address in found:
        if not route.may_reach(read_ip(address)):
            raise ForbiddenHost(f"{target.host} is {address}")
    return list(found)


def _open_first(addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
    error: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), deadline.left())
        except OSError as refused:
            error = refused
    if isinstance(error, TimeoutError):
        raise TooSlow(str(error)) from error
    raise Unreachable(str(error)) from error


def _secure(
    plain: socket.socket, host: str, route: Route, deadline: Deadline
) -> ssl.SSLSocket:
    # Python gives the handshake as a whole the time that the socket has.
    plain.settimeout(deadline.left())
    try:
        return route.make_trust().wrap_socket(plain, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raise UntrustedCertificate(error.verify_message) from error
    except TimeoutError as error:
        raise TooSlow(host) from error
    except (OSError, ValueError) as error:
        raise Unreachable(str(error)) from error


class _Incoming(io.RawIOBase):
    """The bytes that arrive, each wait for them within the deadline."""

    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._socket = plain
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._socket.settimeout(self._deadline.left())
        try:
            return self._socket.recv_into(buffer)
        except TimeoutError as error:
            raise TooSlow from error


class _TimedSocket:
    """What ``http.client`` needs of a socket; `connect` closes the real one."""

    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._socket = plain
        self._deadline = deadline

    def sendall(self, content: bytes) -> None:
        self._socket.settimeout(self._deadline.left())
        try:
            self._socket.sendall(content)
        except TimeoutError as error:
            raise TooSlow from error

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._socket, self._deadline))

    def close(self) -> None:
        """Leave the socket open: its answer is still being read."""
