"""The network's projects: one of yesterday, one under way, one to come."""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from wagtail.models import Locale, Page

from events.models import Decision, Event
from home.demo.content_files import make_stable_uuid, read_content, write_body
from home.demo.events import make_key
from home.demo.glossary import WordLinks
from home.demo.pages import PageTree
from network.models import Space
from resources.models import (
    ProjectAction,
    ProjectFunding,
    ProjectIndexPage,
    ProjectObjective,
    ProjectPage,
    ProjectPartner,
    ProjectPhase,
    ProjectSource,
    SharedResource,
)
from resources.simulator.euros import read_euros

# “Y” is the year of the loading, “Y-1-09” September of the one before.
_RELATIVE: Final = re.compile(r"Y([+-]\d(?!\d))?")
_DATES: Final = ("starts", "ends", "since", "decided_on")


def load_projects(now: datetime.datetime) -> int:
    """Create the list of projects and those that are missing below it."""
    content = read_content("projects")
    tree = PageTree()
    index = tree.add(
        tree.home, ProjectIndexPage(slug="projets", **content["index"]), "projets"
    )
    for row in content["project"]:
        words = ("projets", row["slug"])
        if make_stable_uuid("page", *words) not in tree.known:
            tree.add(index, _write_project(row, now.year, tree.home.locale), *words)
    return tree.created


def _write_project(row: dict[str, Any], year: int, locale: Locale) -> ProjectPage:
    names = ("title", "slug", "introduction", "territory")
    project = ProjectPage(
        **{name: row[name] for name in names},
        body=WordLinks().write(write_body(row.get("body", []))),
    )
    spaces = Space.objects.in_bulk(field_name="slug")
    writers: dict[str, Any] = {
        "partner": lambda one: _write_partner(one, spaces),
        "phase": lambda one: ProjectPhase(**one),
        "objective": lambda one: ProjectObjective(**one),
        "action": _write_action,
        "funding": lambda one: ProjectFunding(**_read_facts(one)),
        "source": lambda one: _write_source(_read_facts(one)),
    }
    for name, write in writers.items():
        for order, one in enumerate(row.get(name, [])):
            child = write(_fix_dates(one, year))
            child.sort_order = order
            child.locale = locale
            child.clean()
            getattr(project, f"{name}s").add(child)
    return project


def _fix_dates(row: dict[str, Any], year: int) -> dict[str, Any]:
    def fix(found: re.Match[str]) -> str:
        return str(year + int(found[1] or 0))

    dated: dict[str, Any] = {
        name: _RELATIVE.sub(fix, row[name]) for name in _DATES if name in row
    }
    return {**row, **dated}


def _read_facts(row: dict[str, Any]) -> dict[str, Any]:
    if "amount" not in row:
        return row
    return {**row, "amount": read_euros(row["amount"])}


def _write_partner(row: dict[str, Any], spaces: dict[str, Space]) -> ProjectPartner:
    return ProjectPartner(
        space=spaces[row["space"]] if "space" in row else None,
        name=row.get("name", ""),
        role=row["role"],
        is_coordinator=row.get("coordinates", False),
    )


def _write_source(row: dict[str, Any]) -> ProjectSource:
    facts = {name: value for name, value in row.items() if name != "funding"}
    return ProjectSource(funding_number=row["funding"], **facts)


def _write_action(row: dict[str, Any]) -> ProjectAction:
    """A proof that the demonstration lacks, or that somebody erased, is left out."""
    action = ProjectAction(
        **{
            name: row[name]
            for name in ("text", "state", "since", "reason")
            if name in row
        },
        phase_number=row.get("phase"),
        objective_numbers=row.get("objectives", ""),
    )
    if "event" in row:
        key = make_key("single", row["event"])
        action.event = Event.objects.filter(uid__startswith=key).first()
    if "decision" in row:
        action.decision = Decision.objects.filter(number=row["decision"]).first()
    if "resource" in row:
        action.resource = SharedResource.objects.filter(slug=row["resource"]).first()
    if "page" in row:
        page_key = make_stable_uuid("page", *row["page"])
        action.page = Page.objects.filter(translation_key=page_key).first()
    return action
