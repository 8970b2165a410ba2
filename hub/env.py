"""The environment, read in one place.

Each reader takes the name of a variable and an example of a good value. A wrong
value stops the start with its name, what is wrong with it, and that example.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

_env = Env()
_Value = TypeVar("_Value")


def _refusal(name: str, problem: str, example: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {problem} Example: {name}={example}")


def _read(
    reader: Callable[..., _Value], name: str, example: str, **options: Any
) -> _Value:
    try:
        return reader(name, **options)
    except (EnvError, ValueError, KeyError) as error:
        problem = str(error).replace(f'Environment variable "{name}"', "").strip()
        raise _refusal(name, f"{problem or 'cannot be read'}.", example) from error


def read_text(name: str, *, default: str | None = None, example: str = "…") -> str:
    """Return the variable's text; it is required where ``default`` is None.

    Raises:
        ImproperlyConfigured: the variable is missing or empty and has no default.
    """
    options = {} if default is None else {"default": default}
    value: str = _read(_env.str, name, example, **options)
    if default is None and not value:
        raise _refusal(name, "it is empty.", example)
    return value


def read_choice(name: str, choices: Sequence[str], *, default: str) -> str:
    """Return one of ``choices``.

    Raises:
        ImproperlyConfigured: the value is none of them.
    """
    value = read_text(name, default=default)
    if value not in choices:
        known = ", ".join(choices)
        raise _refusal(name, f"“{value}” is none of: {known}.", choices[0])
    return value


def read_list(name: str, *, default: Sequence[str], example: str) -> list[str]:
    """Return the words of a comma-separated variable."""
    words: list[str] = _read(_env.list, name, example, default=list(default))
    return [word.strip() for word in words if word.strip()]


def read_positive_int(name: str, *, default: int) -> int:
    """Return a whole number above zero.

    Raises:
        ImproperlyConfigured: the value is no such number.
    """
    value: int = _read(_env.int, name, str(default), default=default)
    if value < 1:
        raise _refusal(name, f"{value} is not above zero.", str(default))
    return value


def read_positive_ints(name: str, *, default: Sequence[int]) -> list[int]:
    """Return the whole numbers above zero of a comma-separated variable; at least one.

    Raises:
        ImproperlyConfigured: it holds something else, or nothing.
    """
    example = ",".join(str(number) for number in default)
    words = read_list(name, default=example.split(","), example=example)
    if not words:
        raise _refusal(name, "it is empty.", example)
    for word in words:
        if not word.isdecimal() or int(word) < 1:
            raise _refusal(name, f"“{word}” is no whole number above zero.", example)
    return [int(word) for word in words]


def read_zone(name: str, *, default: str) -> str:
    """Return the name of an IANA time zone.

    Raises:
        ImproperlyConfigured: no such zone is known.
    """
    value = read_text(name, default=default)
    if value not in zoneinfo.available_timezones():
        raise _refusal(name, f"“{value}” is not an IANA time zone.", default)
    return value


def read_url(
    name: str, *, schemes: Sequence[str], default: str | None, example: str
) -> SplitResult:
    """Return a split address; an empty one is allowed where the default is empty.

    Raises:
        ImproperlyConfigured: it has another scheme, or no host for http(s).
    """
    value = read_text(name, default=default, example=example)
    parts = urlsplit(value)
    if not value and default == "":
        return parts
    if parts.scheme not in schemes:
        known = ", ".join(f"{scheme}:" for scheme in schemes)
        raise _refusal(name, f"“{value}” does not begin with one of {known}.", example)
    if parts.scheme in {"http", "https"} and not parts.hostname:
        raise _refusal(name, f"“{value}” names no host.", example)
    return parts


def read_site_url(*, default: str | None) -> str:
    """Return ``SITE_URL`` without its closing slash: scheme and host, no path.

    Raises:
        ImproperlyConfigured: it has a path, a query or another scheme than http(s).
    """
    example = "https://hub.example.org"
    parts = read_url(
        "SITE_URL", schemes=("http", "https"), default=default, example=example
    )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise _refusal("SITE_URL", "it has a path; give scheme and host only.", example)
    return f"{parts.scheme}://{parts.netloc}"


def read_database(*, default: str) -> dict[str, Any]:
    """Return Django's description of the database at ``DATABASE_URL``.

    SQLite runs in WAL mode with IMMEDIATE transactions: deferred ones fail with
    "database is locked" as soon as two requests write at once.

    Raises:
        ImproperlyConfigured: the address is neither SQLite's nor PostgreSQL's.
    """
    name, example = "DATABASE_URL", "postgres://hub:secret@localhost:5432/hub"
    scheme = urlsplit(read_text(name, default=default)).scheme
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise _refusal(name, f"“{scheme}” is neither sqlite nor postgres.", example)
    database: dict[str, Any] = dict(
        _read(_env.dj_db_url, name, example, default=default, conn_health_checks=True)
    )
    if scheme == "sqlite":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;"
            ),
        }
    else:
        if not database.get("NAME"):
            raise _refusal(name, "it names no database.", example)
        database["CONN_MAX_AGE"] = 60
        database.setdefault("OPTIONS", {})["options"] = (
            "-c statement_timeout=15000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000"
        )
    return database


def read_cache(*, default: str) -> dict[str, Any]:
    """Return Django's description of the cache at ``CACHE_URL``."""
    example = "redis://localhost:6379/0"
    return dict(_read(_env.dj_cache_url, "CACHE_URL", example, default=default))


def read_email(*, default: str) -> dict[str, Any]:
    """Return Django's mail settings for ``EMAIL_URL``, by their setting names.

    Raises:
        ImproperlyConfigured: no way of sending goes by that scheme.
    """
    name, example = "EMAIL_URL", "smtp://user:secret@mail.example.org:465/?ssl=True"
    schemes = ("submission", "smtp", "console", "file", "memory", "dummy")
    read_url(name, schemes=schemes, default=default, example=example)
    email = _read(_env.dj_email_url, name, example, default=default)
    read = {
        name: value for name, value in dict(email).items() if name.startswith("EMAIL_")
    }
    # A mail server that is silent must not hold a request or a worker for minutes.
    return read | {"EMAIL_TIMEOUT": read.get("EMAIL_TIMEOUT") or 10}


def read_storage(*, default: str) -> dict[str, Any]:
    """Return Django's description of the media storage at ``STORAGE_URL``.

    ``file:///folder`` keeps media on disk; ``s3://key:secret@host/bucket`` in an
    object store that speaks S3 over https.

    Raises:
        ImproperlyConfigured: another scheme, or a folder, bucket or host is missing.
    """
    name, example = "STORAGE_URL", "s3://key:secret@s3.example.org/bucket"
    parts = read_url(name, schemes=("file", "s3"), default=default, example=example)
    if parts.scheme == "file":
        folder = unquote(parts.path)
        if not folder.startswith("/"):
            raise _refusal(name, "the folder is not absolute.", "file:///srv/hub/media")
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": "/media/"},
        }
    bucket = parts.path.strip("/")
    if not (parts.hostname and bucket and "/" not in bucket):
        raise _refusal(name, "it needs a host and one bucket.", example)
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"https://{parts.netloc.rpartition('@')[2]}",
            "bucket_name": bucket,
            "file_overwrite": False,
            "default_acl": "private",
            "querystring_auth": True,
        },
    }
