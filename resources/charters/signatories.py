"""Who signed a charter, as everybody reads it: list, CSV and JSON.

The names of the columns are a contract, described in docs/open-data.md: they stay, new
ones are added at the end.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from cms.querystrings import with_parameter
from cms.record_text import SOURCE_LANGUAGE
from network.departments import DEPARTMENT_NAMES
from network.domain.csv_cells import Cell, write_cell
from network.open_data import LICENCE, LICENCE_URL
from resources.models.signature import Signature

if TYPE_CHECKING:
    from resources.models.charter import CharterVersion
    from resources.querysets import SignatureQuerySet

COLUMNS: Final = (
    "identifiant", "nom", "url", "commune", "departement", "version", "signe_le",
    "a_confirmer", "empreinte", "signataire",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignatorySelection:
    """The filters of an address: a department's code and a year, "" for any.

    What answers to nothing selects nobody.
    """

    department: str = ""
    year: str = ""

    def filter(self, signatures: SignatureQuerySet) -> SignatureQuerySet:
        found = signatures
        if self.department:
            found = found.filter(space__department=self.department)
        if self.year:
            if not re.fullmatch(r"(19|20|21)\d\d", self.year, re.ASCII):
                return found.none()
            found = found.filter(signed_at__year=int(self.year))
        return found

    @property
    def query(self) -> str:
        """The query string of its address, "" without filters."""
        query: str = with_parameter(
            {}, dep=self.department or None, annee=self.year or None
        )
        return query

    @property
    def active_labels(self) -> list[tuple[str, str]]:
        """The parameter and the words of each filter in force."""
        labels = []
        if self.department:
            name = DEPARTMENT_NAMES.get(self.department, self.department[:10])
            labels.append(("dep", name))
        if self.year:
            labels.append(("annee", self.year[:10]))
        return labels


def read_selection(parameters: Mapping[str, str]) -> SignatorySelection:
    """Read ``?dep=22&annee=2026``."""
    return SignatorySelection(
        department=parameters.get("dep", "").strip(),
        year=parameters.get("annee", "").strip(),
    )


def find_signatories(charter_id: int) -> SignatureQuerySet:
    """Return the latest public signature of each space, by the name of the space."""
    signatures: SignatureQuerySet = (
        Signature.objects.public()
        .latest_of_each_space(charter_id)
        .with_relations()
        .order_by("space__sort_key", "space__pk")
    )
    return signatures


def list_choices(
    signatories: SignatureQuerySet,
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the departments (code, name) and years that lead somewhere; one query."""
    rows = signatories.order_by().values_list("space__department", "signed_at")
    codes, years = set(), set()
    for code, moment in rows:
        years.add(str(localtime(moment).year))
        if code in DEPARTMENT_NAMES:
            codes.add(code)
    departments = [(code, DEPARTMENT_NAMES[code]) for code in sorted(codes)]
    return departments, sorted(years, reverse=True)


def say_version(signature: Signature, current: CharterVersion | None) -> str:
    """“Version 2, version 3 to be confirmed”, beside a signatory."""
    signed = signature.version.number
    if current is not None and signed < current.number:
        words = gettext("version %(signed)d, version %(next)d to be confirmed")
        return words % {"signed": signed, "next": current.number}
    return gettext("version %(signed)d") % {"signed": signed}


def describe_signatory(
    signature: Signature, current: CharterVersion | None
) -> dict[str, Cell]:
    """Return the public properties of a signatory, by the names of ``COLUMNS``.

    The person is named only where they agreed to it.
    """
    space, number = signature.space, signature.version.number
    with override(SOURCE_LANGUAGE):
        url = f"{settings.SITE_URL}{space.get_absolute_url()}"
    return {
        "identifiant": space.slug,
        "nom": space.name,
        "url": url,
        "commune": space.city,
        "departement": space.department,
        "version": number,
        "signe_le": localtime(signature.signed_at).date(),
        "a_confirmer": "oui" if current and number < current.number else "non",
        "empreinte": signature.digest,
        "signataire": signature.signer_name if signature.shows_signer else "",
    }


def write_csv(signatures: Iterable[Signature], current: CharterVersion | None) -> str:
    """Write signatories as CSV (RFC 4180), a header line first; formulas are texts."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    for signature in signatures:
        record = describe_signatory(signature, current)
        writer.writerow(write_cell(record[name]) for name in COLUMNS)
    return output.getvalue()


def write_json(
    signatures: Iterable[Signature], current: CharterVersion | None, *, title: str
) -> str:
    """Write signatories as JSON (RFC 8259), with the charter and the licence."""
    document = {
        "charte": title,
        "version_en_vigueur": current.number if current else None,
        "empreinte": current.digest if current else None,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "signataires": [describe_signatory(one, current) for one in signatures],
    }
    return json.dumps(document, ensure_ascii=False, default=str)
