"""Knowing a date again when its calendar gives it another UID at each reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .values import ReadDate

UNSTABLE_SHARE: Final = 0.8


def are_uids_unstable(
    stored: Iterable[tuple[str, str]], dates: Iterable[ReadDate]
) -> bool:
    """Tell whether a calendar makes up its UIDs anew each time.

    `stored` are the pairs (external UID, fingerprint) of an earlier reading. True
    when more than four in five of the dates that are known by their fingerprint
    bear a UID that is not.
    """
    uids: set[str] = set()
    fingerprints: set[str] = set()
    for uid, fingerprint in stored:
        uids.add(uid)
        fingerprints.add(fingerprint)
    again = [day for day in dates if day.fingerprint in fingerprints]
    strange = [day for day in again if day.external_uid not in uids]
    return len(strange) > UNSTABLE_SHARE * len(again)


def identify_by_fingerprint(dates: Iterable[ReadDate]) -> tuple[ReadDate, ...]:
    """Return the dates identified by start, title and place, each of them once.

    A date that moves is then another one, and the first is gone.
    """
    found: dict[str, ReadDate] = {}
    for day in dates:
        known = replace(
            day, external_uid=f"{day.fingerprint}@nowhere", recurrence_key=""
        )
        found.setdefault(day.fingerprint, known)
    return tuple(found.values())
