"""The demonstration network's texts, parsed, and the words they may use."""

from __future__ import annotations

import tomllib
from datetime import time
from pathlib import Path

CONTENT = Path(__file__).parents[2] / "home" / "demo" / "content"
FILES = CONTENT / "files"

SPACE_STATUSES = {"project", "open", "paused", "closed"}
SPACE_KINDS = {
    "coworking",
    "fablab",
    "crafts",
    "culture",
    "kitchen",
    "food",
    "living-lab",
    "media",
}
LEGAL_FORMS = {"association", "cooperative", "company", "public"}
PRICE_UNITS = {"hour", "half_day", "day", "month", "ten_days"}
WEEKDAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
EVENT_STATUSES = {"confirmed", "cancelled", "postponed", "tentative"}
DECISION_STATES = {"acted", "considered", "to_explore", "to_follow", "done"}
RESOURCE_KINDS = {
    "document",
    "template",
    "communication_kit",
    "tool",
    "equipment",
    "speaker",
    "skill",
    "service",
    "good_practice",
}
RESOURCE_THEMES = {
    "ouvrir",
    "gerer",
    "animer",
    "communiquer",
    "financer",
    "se-former",
}
# What somebody wrote or drew: it has a licence.
WORKS = {"document", "template", "communication_kit", "good_practice"}
LICENCES = {"cc-by-sa", "cc-by", "cc0", "etalab-2", "all-rights-reserved"}
BLOCK_KEYS = {
    "heading": {"text"},
    "paragraph": {"html"},
    "key_point": {"title", "text"},
    "steps": {"items"},
    "quote": {"text", "attribution"},
    "call_to_action": {"text", "url", "label"},
}

# Rough boxes (south, north, west, east) around each department of the places.
DEPARTMENT_BOXES = {
    "22": (48.0, 48.95, -3.75, -1.9),
    "29": (47.7, 48.8, -5.2, -3.35),
    "35": (47.6, 48.75, -2.35, -1.0),
    "56": (47.2, 48.25, -3.75, -2.0),
    "974": (-21.4, -20.8, 55.2, 55.9),
}

# Public bodies and their observatories, cited as sources or as a right of appeal, and
# the free software that spaces say they use.
PUBLIC_HOSTS = {
    "bofip.impots.gouv.fr",
    "bpifrance-creation.fr",
    "entreprendre.service-public.fr",
    "grr.devome.com",
    "nextcloud.com",
    "observatoire.francetierslieux.fr",
    "paheko.cloud",
    "travail-emploi.gouv.fr",
    "www.cnc.fr",
    "www.cnil.fr",
    "www.collectivites-locales.gouv.fr",
    "www.defenseurdesdroits.fr",
    "www.dolibarr.org",
    "www.impots.gouv.fr",
    "www.legifrance.gouv.fr",
    "www.les-scic.coop",
    "www.sacem.fr",
    "www.service-public.fr",
    "www.urssaf.fr",
}

ODF_MIMETYPES = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
}


def read(name):
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def slugs_of(records):
    return [record["slug"] for record in records]


SPACES = read("spaces.toml")["space"]
TYPES = read("types.toml")["type"]
SERIES = read("series.toml")["series"]
PROGRAMMES = read("series.toml")["programme"]
SINGLES = read("singles.toml")["event"]
REGISTRATIONS = read("registrations.toml")
MINUTES = read("minutes.toml")["minutes"]
CHARTER = read("charter.toml")
CHARTERS = read("charters.toml")
SIGNATURES = read("signatures.toml")
AMENDMENTS = read("amendments.toml")
RESOURCES = read("resources.toml")["resource"]
CONTRIBUTIONS = read("contributions.toml")["contribution"]
PAGES = read("pages.toml")["page"]
PROJECTS = read("projects.toml")["project"]
GUIDES = [
    read(f"guides/{path.name}") for path in sorted((CONTENT / "guides").iterdir())
]
STAGES = [stage for guide in GUIDES for stage in guide["stage"]]
SHEETS = [sheet for stage in STAGES for sheet in stage.get("sheet", [])]
BODIES = [
    record["body"]
    for record in [*PAGES, *PROJECTS, *STAGES, *SHEETS]
    if record.get("body")
]
TOML_PATHS = sorted(CONTENT.rglob("*.toml"))


def strings_in(value):
    """Every string of a parsed document, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item)


def parse_spans(text):
    """Half-open spans of "HH:MM-HH:MM", separated by commas, in order."""
    spans = []
    for span in text.split(","):
        opening, closing = span.split("-")
        spans.append((time.fromisoformat(opening), time.fromisoformat(closing)))
    return spans
