"""The end of an address that opens one record to whoever was mailed it.

It carries the record's random key, signed: nothing secret is stored, a mail can be
written again, and a forged address costs no query.
"""

from __future__ import annotations

import uuid

from django.core.signing import BadSignature, Signer


def sign_key(key: uuid.UUID, *, purpose: str) -> str:
    """Return ``key`` signed for ``purpose``, which no other purpose accepts."""
    return _signer(purpose).sign(key.hex)


def read_key(token: str, *, purpose: str) -> uuid.UUID | None:
    """Return the key that ``token`` carries; None when nobody here signed it."""
    try:
        return uuid.UUID(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    # A dot stands in no signature, and mail programs keep it in a link.
    return Signer(salt=purpose, sep=".")
