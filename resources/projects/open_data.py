"""A project's money and actions as CSV.

The names of the columns are a contract, described in docs/open-data.md: they stay, new
ones are added at the end.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from network.domain.csv_cells import Cell, write_cell
from resources.enums import ActionState
from resources.simulator.euros import write_euros

if TYPE_CHECKING:
    from resources.models.project import ProjectPage
    from resources.models.project_funding import FundingFacts
    from resources.projects.reading import Plan

FUNDING_COLUMNS: Final = (
    "projet", "financement", "objet", "etat", "dit_par", "adresse_source", "montant",
    "devise", "nature", "financeur", "beneficiaire", "instance", "decide_le",
    "reference",
)  # fmt: skip
ACTION_COLUMNS: Final = (
    "projet", "action", "intitule", "etat", "depuis", "raison", "phase", "objectifs",
    "preuves",
)  # fmt: skip


def write_fundings(project: ProjectPage) -> str:
    """Write one line for what the network keeps, then one for each of its sources.

    ``dit_par`` is empty on the first. An amount that is unknown is an empty cell.
    """
    return _write(FUNDING_COLUMNS, _list_fundings(project))


def _list_fundings(project: ProjectPage) -> Iterator[Mapping[str, Cell]]:
    sources = list(project.sources.all())
    for funding in project.fundings.all():
        same: dict[str, Cell] = {
            "projet": project.slug,
            "financement": funding.number,
            "objet": funding.title,
            "etat": funding.state,
        }
        yield {**same, **_describe_facts(funding)}
        for source in sources:
            if source.funding_number == funding.number:
                said = {"dit_par": source.title, "adresse_source": source.url}
                yield {**same, **said, **_describe_facts(source)}


def _describe_facts(facts: FundingFacts) -> dict[str, Cell]:
    amount = facts.amount
    return {
        # A point before the cents, as numbers are written in open data.
        "montant": "" if amount is None else write_euros(amount).replace(",", "."),
        "devise": "" if amount is None else "EUR",
        "nature": facts.nature,
        "financeur": facts.funder,
        "beneficiaire": facts.beneficiary,
        "instance": facts.deciding_body,
        "decide_le": facts.decided_on,
        "reference": facts.reference,
    }


def write_actions(plan: Plan, slug: str) -> str:
    """Write one line for each action of a plan."""
    return _write(
        ACTION_COLUMNS,
        (
            {
                "projet": slug,
                "action": shown.position,
                "intitule": shown.action.text,
                "etat": ActionState(shown.action.state).word,
                "depuis": shown.action.since,
                "raison": shown.action.reason,
                "phase": shown.action.phase_number,
                "objectifs": "|".join(shown.action.serves),
                "preuves": "|".join(proof.url for proof in shown.proofs),
            }
            for shown in plan.actions
        ),
    )


def _write(columns: Iterable[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    """Write CSV (RFC 4180), a header line first; formulas are texts."""
    names = list(columns)
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(names)
    for row in rows:
        writer.writerow(write_cell(row.get(name)) for name in names)
    return output.getvalue()
