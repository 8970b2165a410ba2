"""The breadcrumb of the pages where members keep their series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def make_series_trail(
    *steps: tuple[StrOrPromise, str],
) -> list[tuple[StrOrPromise, str]]:
    """Return the breadcrumb of a page below the member's series."""
    return [
        (_("Member area"), reverse("member_dashboard")),
        (_("Your series"), reverse("member_series:list")),
        *steps,
    ]
