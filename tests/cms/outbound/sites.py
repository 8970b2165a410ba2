"""Real sites on the loopback interface, and the route that lets a test reach them.

Each test says which loopback address stands for the public Internet; any other one
is as forbidden as it is in production.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

import trustme

from cms.outbound.connection import Route

PUBLIC = "127.0.0.2"
"""The loopback address that stands for a public one."""

AUTHORITY = trustme.CA()


class Site:
    """A listening socket that answers each request with what it is told.

    ``answer`` is bytes, or a function that is given the open connection. Every
    accepted connection is counted, every request kept.
    """

    def __init__(
        self,
        answer: bytes | Callable[[socket.socket], None],
        *,
        host: str = PUBLIC,
        certificate: trustme.LeafCert | None = None,
    ) -> None:
        self.answer = answer
        self.connections = 0
        self.requests: list[str] = []
        self.server_names: list[str | None] = []
        self._listener = socket.create_server((host, 0))
        self.port = self._listener.getsockname()[1]
        self._context = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(self._context)
            self._context.sni_callback = self._keep_server_name
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _keep_server_name(self, _connection, name, _context) -> None:
        self.server_names.append(name)

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            with suppress(OSError), connection:
                connection.settimeout(5)
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        if self._context is not None:
            connection = self._context.wrap_socket(connection, server_side=True)
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                part = connection.recv(4096)
                if not part:
                    return
                request += part
            self.requests.append(request.decode("latin-1"))
            if callable(self.answer):
                self.answer(connection)
            else:
                connection.sendall(self.answer)


@contextmanager
def open_site(answer=b"", **options) -> Iterator[Site]:
    site = Site(answer, **options)
    try:
        yield site
    finally:
        site.close()


def make_answer(
    content: bytes = b"", status: str = "200 OK", length: int | None = None, **headers
) -> bytes:
    """Return an HTTP answer; header names take ``_`` for ``-``."""
    length = len(content) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def make_route(
    *sites: Site, names: dict[str, list[list[str]]] | None = None, **changes
) -> Route:
    """Return a route to the ports of `sites`, on `PUBLIC` only.

    `names` gives for each host what its successive look-ups answer, the last one
    for ever; any other host is at `PUBLIC`, a literal address at itself.
    """
    answers = {host: list(found) for host, found in (names or {}).items()}

    def resolve(host: str, port: int) -> list[str]:
        if host in answers:
            found = answers[host]
            return found.pop(0) if len(found) > 1 else found[0]
        with suppress(ValueError):
            return [str(ip_address(host))]
        return [PUBLIC]

    settings = {
        "resolve": resolve,
        "may_reach": lambda address: str(address) == PUBLIC,
        "ports": frozenset(site.port for site in sites) | {80, 443},
        "make_trust": make_trust,
    }
    return Route(**settings | changes)


def make_trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context
