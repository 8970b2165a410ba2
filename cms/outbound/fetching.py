"""Fetching an address that a person gave, without trusting it in anything.

No proxy, cookie, password or setting of the environment takes part. Redirects are
followed by hand, each one checked like the first address.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Final
from urllib.parse import urljoin

from django.conf import settings

from .addresses import Target, parse_target
from .connection import Deadline, Route, connect
from .refusals import (
    AccessDenied,
    BrokenAnswer,
    InsecureRedirect,
    NotFound,
    TemporarilyUnavailable,
    TooLarge,
    TooManyRedirects,
    UnexpectedAnswer,
    Unreachable,
)

LARGEST_CONTENT: Final = 5 * 1024 * 1024
MOST_REDIRECTS: Final = 5
LONGEST_VALIDATOR: Final = {"ETag": 200, "Last-Modified": 60}
"""Characters of a validator that is kept; without one the whole is fetched again."""
PATIENCE: Final = timedelta(seconds=20)
IDLE: Final = timedelta(seconds=10)
PUBLIC_ROUTE: Final = Route()

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """The content, decompressed; the validators to send next time, empty if none.

    `url` is where the content came from, after redirects.
    """

    content: bytes
    url: str
    content_type: str
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True)
class NotModified:
    """The content is still the one that came with these validators."""

    url: str


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    accept: str = "text/calendar, */*;q=0.1",
    limit: int = LARGEST_CONTENT,
    patience: timedelta = PATIENCE,
    idle: timedelta = IDLE,
    route: Route = PUBLIC_ROUTE,
) -> Fetched | NotModified:
    """Return what is at `url`, or that it has not changed.

    `etag` and `last_modified` are what an earlier `Fetched` gave, unchanged. `limit`
    counts bytes after decompression. `patience` is for everything together: names,
    redirects, connection, content; `idle` for the next byte.

    Raises:
        FetchRefused: one of its subclasses, all in ``cms.outbound.refusals``.
    """
    deadline = Deadline(patience.total_seconds(), idle.total_seconds())
    headers = _list_headers(accept, etag, last_modified)
    target = parse_target(url, route.ports)
    for _hop in range(MOST_REDIRECTS + 1):
        answer = _ask(target, headers, limit, route, deadline)
        if not isinstance(answer, Target):
            return answer
        if target.is_secure and not answer.is_secure:
            raise InsecureRedirect(answer.url)
        target = answer
    raise TooManyRedirects(target.url)


def _list_headers(accept: str, etag: str, last_modified: str) -> dict[str, str]:
    headers = {
        "Accept": accept,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "User-Agent": f"Hub (+{settings.SITE_URL})",
    }
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return headers


def _ask(
    target: Target,
    headers: dict[str, str],
    limit: int,
    route: Route,
    deadline: Deadline,
) -> Fetched | NotModified | Target:
    """Return what one address answers; a `Target` where it sends elsewhere."""
    with connect(target, route, deadline) as connection:
        try:
            connection.request(
                "GET", target.path, headers={"Host": target.authority, **headers}
            )
            response = connection.getresponse()
        except OSError as error:
            raise Unreachable(str(error)) from error
        except HTTPException as error:
            raise BrokenAnswer(repr(error)) from error
        if response.status in _REDIRECTS:
            return _find_next(target, response, route)
        is_conditional = not headers.keys().isdisjoint(
            {"If-None-Match", "If-Modified-Since"}
        )
        if response.status == HTTPStatus.NOT_MODIFIED and is_conditional:
            return NotModified(target.url)
        _check_status(response)
        return Fetched(
            content=_read_content(response, limit),
            url=target.url,
            content_type=response.getheader("Content-Type", ""),
            etag=_find_validator(response, "ETag"),
            last_modified=_find_validator(response, "Last-Modified"),
        )


def _find_next(target: Target, response: HTTPResponse, route: Route) -> Target:
    location = response.getheader("Location")
    if not location:
        raise BrokenAnswer(f"{response.status} without Location")
    # http.client reads headers as Latin-1; what is not ASCII there is UTF-8.
    location = location.encode("latin-1").decode("utf-8", "replace")
    try:
        return parse_target(urljoin(target.url, location), route.ports)
    except ValueError as error:
        raise BrokenAnswer(location[:100]) from error


def _find_validator(response: HTTPResponse, name: str) -> str:
    """Return a validator that can be kept; one that is cut would match nothing."""
    value = response.getheader(name, "")
    return value if len(value) <= LONGEST_VALIDATOR[name] else ""


def _check_status(response: HTTPResponse) -> None:
    status = response.status
    if status == HTTPStatus.OK:
        return
    if status in {401, 403, 407}:
        raise AccessDenied(str(status))
    if status in {404, 410}:
        raise NotFound(str(status))
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500:
        delay = response.getheader("Retry-After", "")
        seconds = int(delay) if re.fullmatch("[0-9]{1,6}", delay) else None
        raise TemporarilyUnavailable(str(status), seconds)
    raise UnexpectedAnswer(str(status))


def _read_content(response: HTTPResponse, limit: int) -> bytes:
    encoding = response.getheader("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip", ""}:
        raise BrokenAnswer(f"Content-Encoding: {encoding}")
    if (response.length or 0) > limit:
        raise TooLarge(str(response.length))
    raw = _read_raw(response, limit)
    return _gunzip(raw, limit) if encoding.endswith("gzip") else raw


def _read_raw(response: HTTPResponse, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while part := response.read(_CHUNK):
            size += len(part)
            if size > limit:
                raise TooLarge
            parts.append(part)
    except (HTTPException, OSError) as error:
        raise BrokenAnswer(repr(error)) from error
    if response.length:
        raise BrokenAnswer(f"{response.length} bytes are missing")
    return b"".join(parts)


def _gunzip(raw: bytes, limit: int) -> bytes:
    """Decompress without ever holding more than one byte over `limit`."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        content = unpacking.decompress(raw, limit + 1)
    except zlib.error as error:
        raise BrokenAnswer(str(error)) from error
    if len(content) > limit:
        raise TooLarge
    if not unpacking.eof or unpacking.unused_data:
        raise BrokenAnswer("The compressed content does not end where it should")
    return content
