"""What the tests of projects read on a page."""

from __future__ import annotations


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


# The seeds of the network of Aquitaine: two texts, two days for one decision.
FUNDING = {
    "number": 1,
    "title": "Initialiser le réseau",
    "amount": 3_804_000,
    "nature": "operating",
    "funder": "Région Aquitaine",
    "beneficiary": "Arrêt Minute",
    "deciding_body": "Commission permanente",
    "decided_on": "2011-10-17",
    "reference": "2011.1775",
}
SOURCES = [
    {
        "title": "Initialisation d’un réseau",
        "url": "https://region.invalid/initialisation",
        "funding_number": 1,
        "amount": 3_804_000,
        "decided_on": "2011-10-26",
    },
    {
        "title": "Le réseau des tiers-lieux",
        "funding_number": 1,
        "decided_on": "2011-10-17",
        "reference": "2011.1775",
    },
]
PHASES = [
    {"number": 1, "title": "Prospecter", "starts": "2025", "ends": "2025"},
    {"number": 2, "title": "Animer", "starts": "2026-03", "ends": "2027-06"},
]
OBJECTIVES = [
    {"number": "1", "text": "Recenser"},
    {"number": "1.1", "text": "Repérer"},
    {"number": "2", "text": "Mobiliser"},
]
ACTIONS = [
    {
        "text": "Compter",
        "state": "done",
        "since": "2025-06",
        "phase_number": 1,
        "objective_numbers": "1.1, 2",
    },
    {"text": "Réunir", "state": "under_way", "since": "2026", "phase_number": 2},
    {"text": "Louer", "state": "abandoned", "reason": "Trop cher."},
    {"text": "Écrire"},
]
