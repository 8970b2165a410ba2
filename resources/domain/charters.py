"""What may not be done to the text of a charter."""

from __future__ import annotations


class TextIsPublished(Exception):
    """A published version of a charter never changes: spaces signed it."""


class TextIsNotReady(Exception):
    """A version without an article cannot be published."""


class TextWasAltered(Exception):
    """A published text is no longer the one that its fingerprint covers."""


class RecordIsKept(Exception):
    """A signature is proof: it is withdrawn, never rewritten or erased."""


class AmendmentsWait(Exception):
    """A draft is not published while members amend it or wait for an answer."""
