"""Where a space stands with a charter: which version it signed, what to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from resources.models import CharterVersion, Signature

if TYPE_CHECKING:
    from network.models import Space


@dataclass(frozen=True, slots=True)
class Standing:
    """One space and one charter.

    ``open_version`` is the one that can be signed, ``signature`` the latest in force.
    """

    space: Space
    open_version: CharterVersion | None
    signature: Signature | None

    @property
    def is_to_sign(self) -> bool:
        """True while the version that is open waits for this space."""
        if self.open_version is None:
            return False
        return (
            self.signature is None or self.signature.version_id != self.open_version.pk
        )

    @property
    def sentence(self) -> str:
        """“Version 2 signed; version 3 to be confirmed”."""
        if self.signature is None:
            return gettext("Not signed")
        signed = self.signature.version.number
        if self.is_to_sign and self.open_version is not None:
            return gettext(
                "Version %(signed)d signed; version %(next)d to be confirmed"
            ) % {"signed": signed, "next": self.open_version.number}
        return gettext("Version %(signed)d signed") % {"signed": signed}

    @property
    def sign_url(self) -> str:
        assert self.open_version is not None  # noqa: S101 (asked of what is to sign)
        slug = self.open_version.charter.slug
        return reverse("member_charters:sign", args=[slug, self.space.slug])


@dataclass(frozen=True, slots=True)
class CharterStanding:
    """One charter and where each of some spaces stands."""

    version: CharterVersion
    standings: Sequence[Standing]

    @property
    def waiting(self) -> list[Standing]:
        return [one for one in self.standings if one.is_to_sign]


def list_standings(spaces: Sequence[Space]) -> list[CharterStanding]:
    """Return each charter that can be signed, with where ``spaces`` stand.

    Two queries.
    """
    versions = (
        CharterVersion.objects.open_to_signatures()
        .select_related("charter")
        .order_by("charter__title")
    )
    latest: dict[tuple[int, int], Signature] = {}
    signatures = Signature.objects.in_force().filter(
        space__in=[one.pk for one in spaces]
    )
    for one in signatures.with_relations().order_by("version__number"):
        latest[one.version.charter_id, one.space_id] = one
    return [
        CharterStanding(
            version,
            [
                Standing(space, version, latest.get((version.charter_id, space.pk)))
                for space in spaces
            ],
        )
        for version in versions
    ]
