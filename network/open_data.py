"""What the directory gives away: one flat record for each listed space.

The names of the properties are a contract, described in docs/open-data.md: they stay,
new ones are added at the end.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from cms.record_text import SOURCE_LANGUAGE
from network.domain.csv_cells import Cell, write_cell
from network.domain.opening_hours import format_osm
from network.enums import KIND_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from network.models import Space

LICENCE = "Licence Ouverte / Open Licence 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"


COLUMNS = (
    "identifiant", "nom", "url", "statut", "types", "forme_juridique", "resume",
    "adresse", "code_postal", "commune", "departement", "latitude", "longitude",
    "fuseau_horaire", "ouvert_depuis", "ouverture_prevue", "horaires", "surface_m2",
    "postes_fixes", "postes_journee", "places_formation", "salles_reunion", "services",
    "accessibilite", "acces", "courriel", "telephone", "site_internet", "mis_a_jour",
)  # fmt: skip


def describe_space(space: Space, *, site_url: str) -> dict[str, Cell]:
    """Return the public properties of a space, by the names of ``COLUMNS``.

    ``site_url`` starts the address of its page. No query after ``with_parts``.
    """
    with override(SOURCE_LANGUAGE):
        url = f"{site_url}{space.get_absolute_url()}"
    return {
        "identifiant": space.slug,
        "nom": space.name,
        "url": url,
        "statut": STATUS_WORDS[space.status],
        "types": "|".join(KIND_WORDS[kind] for kind in space.kind_values),
        "forme_juridique": space.legal_form,
        "resume": space.summary,
        "adresse": space.street,
        "code_postal": space.postcode,
        "commune": space.city,
        "departement": space.department,
        "latitude": space.latitude,
        "longitude": space.longitude,
        "fuseau_horaire": space.zone,
        "ouvert_depuis": space.opened_on,
        "ouverture_prevue": space.opening_planned,
        "horaires": format_osm(space.week),
        "surface_m2": space.surface_m2,
        "postes_fixes": space.permanent_desks,
        "postes_journee": space.day_desks,
        "places_formation": space.training_seats,
        "salles_reunion": space.meeting_rooms,
        "services": "|".join(space.service_names),
        "accessibilite": space.accessibility,
        "acces": space.access,
        "courriel": space.email,
        "telephone": space.phone,
        "site_internet": space.website,
        "mis_a_jour": space.last_published_at and space.last_published_at.date(),
    }


def write_csv(spaces: Iterable[Space], *, site_url: str) -> str:
    """Write spaces as CSV (RFC 4180), a header line first even where there is none."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    for space in spaces:
        record = describe_space(space, site_url=site_url)
        writer.writerow(write_cell(record[name]) for name in COLUMNS)
    return output.getvalue()


def write_geojson(spaces: Iterable[Space], *, site_url: str) -> str:
    """Write spaces as GeoJSON (RFC 7946); one without a position has no geometry."""
    document = {
        "type": "FeatureCollection",
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "features": [_write_feature(space, site_url) for space in spaces],
    }
    return json.dumps(document, ensure_ascii=False, default=str)


def _write_feature(space: Space, site_url: str) -> dict[str, Any]:
    geometry = None
    if space.position is not None:
        geometry = {
            "type": "Point",
            "coordinates": list(space.position),
        }
    properties = describe_space(space, site_url=site_url)
    return {
        "type": "Feature",
        "id": space.slug,
        "geometry": geometry,
        "properties": {
            name: value
            for name, value in properties.items()
            if name not in {"latitude", "longitude"}
        },
    }
