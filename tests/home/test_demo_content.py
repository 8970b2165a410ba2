"""The demonstration network's texts hold together before any of them is loaded."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from resources.domain.projects import find_parent, read_numbers
from tests.home.demo_texts import (
    BLOCK_KEYS,
    BODIES,
    DECISION_STATES,
    DEPARTMENT_BOXES,
    EVENT_STATUSES,
    FILES,
    GUIDES,
    LEGAL_FORMS,
    MINUTES,
    PAGES,
    PRICE_UNITS,
    PROGRAMMES,
    PROJECTS,
    PUBLIC_HOSTS,
    REGISTRATIONS,
    RESOURCES,
    SERIES,
    SHEETS,
    SINGLES,
    SPACE_KINDS,
    SPACE_STATUSES,
    SPACES,
    STAGES,
    TOML_PATHS,
    TYPES,
    WEEKDAYS,
    parse_spans,
    read,
    slugs_of,
    strings_in,
)


def test_network_is_as_large_as_promised():
    statuses = [space["status"] for space in SPACES]
    assert len(SPACES) >= 16
    assert statuses.count("open") + statuses.count("project") >= 12
    assert statuses.count("project") == 3
    assert statuses.count("paused") == 1
    assert len(GUIDES) == 4
    assert len(RESOURCES) >= 20
    assert len(SINGLES) >= 12
    assert len(MINUTES) >= 3
    assert len(list(FILES.iterdir())) >= 10


@pytest.mark.parametrize(
    "records",
    [
        SPACES,
        TYPES,
        SERIES,
        RESOURCES,
        PAGES,
        PROJECTS,
        GUIDES,
        *[g["stage"] for g in GUIDES],
    ],
)
def test_slugs_are_unique_and_plain(records):
    slugs = slugs_of(records)
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_sheets_have_their_own_slug_in_their_stage():
    for stage in STAGES:
        slugs = slugs_of(stage.get("sheet", []))
        assert len(slugs) == len(set(slugs)), stage["slug"]


def test_demo_accounts_find_their_space():
    by_slug = {space["slug"]: space for space in SPACES}
    assert by_slug["ti-numerik"]["city"] == "Rostrenen"
    assert by_slug["ti-numerik"]["trusted"] is False
    assert by_slug["l-estran"]["city"] == "Saint-Malo"
    assert by_slug["l-estran"]["trusted"] is True


@pytest.mark.parametrize("space", SPACES, ids=slugs_of(SPACES))
def test_space_uses_known_words(space):
    assert space["status"] in SPACE_STATUSES
    assert set(space["kinds"]) <= SPACE_KINDS
    assert space["kinds"]
    assert space["legal_form"] in LEGAL_FORMS
    assert len(space["summary"]) <= 200
    assert ("opening_planned" in space) == (space["status"] == "project")
    assert isinstance(space.get("opened_on"), date) != (space["status"] == "project")
    assert {price["unit"] for price in space.get("price", [])} <= PRICE_UNITS
    assert all(price["amount_euros"] >= 0 for price in space.get("price", []))


@pytest.mark.parametrize("space", SPACES, ids=slugs_of(SPACES))
def test_space_stands_in_the_department_of_its_postcode(space):
    postcode = space["postcode"]
    assert re.fullmatch(r"\d{5}", postcode)
    department = postcode[:3] if postcode.startswith("97") else postcode[:2]
    south, north, west, east = DEPARTMENT_BOXES[department]
    assert south <= space["latitude"] <= north
    assert west <= space["longitude"] <= east
    zone = "Indian/Reunion" if department == "974" else "Europe/Paris"
    assert space.get("zone", "Europe/Paris") == zone


@pytest.mark.parametrize("space", SPACES, ids=slugs_of(SPACES))
def test_space_hours_parse_and_do_not_overlap(space):
    assert set(space["hours"]) <= WEEKDAYS
    assert bool(space["hours"]) == (space["status"] == "open")
    for text in space["hours"].values():
        spans = parse_spans(text)
        assert all(opening < closing for opening, closing in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_dates_refer_to_known_types_and_spaces():
    types, spaces = set(slugs_of(TYPES)), set(slugs_of(SPACES))
    assert {series["type"] for series in SERIES} <= types
    assert {event["type"] for event in SINGLES} <= types
    assert set(list_hosts()) <= spaces
    assert {event["space"] for event in SINGLES} <= spaces


def test_rota_names_only_spaces_that_can_receive():
    status = {space["slug"]: space["status"] for space in SPACES}
    assert {status[slug] for slug in list_hosts()} == {"open"}


def list_hosts():
    for series in SERIES:
        yield from {series["host"], *series.get("rota", [])}
        yield from {series["volunteer"]} if "volunteer" in series else ()


def test_dates_held_elsewhere_name_the_place_and_its_address():
    venues = [
        venue
        for record in [*SERIES, *SINGLES]
        for venue in [record.get("venue"), *record.get("venues", [])]
        if venue
    ]
    assert len(venues) >= 3
    assert all(set(venue) == {"name", "address"} for venue in venues)


def test_types_are_the_five_that_the_network_announces():
    assert {(kind["slug"], kind["mark"]) for kind in TYPES} == {
        ("drink-and-co", "drink"),
        ("reunion-de-pilotes", "pilots"),
        ("repas-de-quartier", "lunch"),
        ("atelier", "workshop"),
        ("journee-d-information", "workshop"),
    }


@pytest.mark.parametrize("series", SERIES, ids=slugs_of(SERIES))
def test_series_rule_can_be_followed(series):
    rule = series["rule"]
    assert rule["rhythm"] in {"weekly", "monthly", "turns"}
    assert set(rule.get("weekdays", [])) <= set(range(7))
    assert ("nth" in rule) == (rule["rhythm"] == "monthly")
    assert rule.get("nth", 1) in {1, 2, 3, 4, -1}
    start, end = series["hours"]
    assert time.fromisoformat(start) < time.fromisoformat(end)
    assert series["visibility"] in {"public", "members"}
    assert series.get("programme", PROGRAMMES[0]["slug"]) in slugs_of(PROGRAMMES)


def test_rules_show_each_rhythm_that_a_network_lives_by():
    rules = [(one["rule"]["rhythm"], one["rule"].get("nth")) for one in SERIES]
    assert {("weekly", None), ("monthly", 1), ("monthly", -1), ("turns", None)} <= set(
        rules
    )


def test_lunches_come_each_thursday_in_four_places():
    lunches = [s for s in SERIES if s["type"] == "repas-de-quartier"]
    rules = {(s["rule"]["rhythm"], *s["rule"]["weekdays"]) for s in lunches}
    assert rules == {("weekly", 3)}
    assert {s["programme"] for s in lunches} == {"repas-de-quartier"}
    assert len({s["host"] for s in lunches}) == 4


def test_registrations_name_known_dates_and_enough_people():
    hints = {event["slug_hint"] for event in SINGLES}
    for row in REGISTRATIONS["list"]:
        assert row.get("date", SINGLES[0]["slug_hint"]) in hints
        assert row.get("series", SERIES[0]["slug"]) in slugs_of(SERIES)
        assert row.get("count", 0) <= len(REGISTRATIONS["person"])


@pytest.mark.parametrize("event", SINGLES, ids=[e["slug_hint"] for e in SINGLES])
def test_single_date_is_complete(event):
    assert event["status"] in EVENT_STATUSES
    assert event["visibility"] in {"public", "members"}
    assert ("cancel_reason" in event) == (event["status"] in {"cancelled", "postponed"})
    if event.get("all_day"):
        assert event["days"] >= 1
        assert "start" not in event
    else:
        assert time.fromisoformat(event["start"]) < time.fromisoformat(event["end"])


def test_minutes_point_at_their_series_themes_and_spaces():
    spaces = set(slugs_of(SPACES))
    numbers = []
    for minutes in MINUTES:
        assert minutes["series"] in slugs_of(SERIES)
        for decision in minutes["decision"]:
            numbers.append(decision["number"])
            assert decision["state"] in DECISION_STATES
            assert decision["theme"] in range(len(minutes["theme"]))
            assert decision.get("space", "ti-numerik") in spaces
    assert len(numbers) == len(set(numbers))
    editions = [minutes["edition"] for minutes in MINUTES]
    assert editions == sorted(set(editions), reverse=True)
    months = [minutes["months_ago"] for minutes in MINUTES]
    assert months == sorted(set(months))


@pytest.mark.parametrize("project", PROJECTS, ids=slugs_of(PROJECTS))
def test_project_points_at_what_exists(project):
    partners = project["partner"]
    assert [one.get("coordinates", False) for one in partners].count(True) == 1
    assert {one["space"] for one in partners if "space" in one} <= set(slugs_of(SPACES))
    phases = [one["number"] for one in project["phase"]]
    objectives = [one["number"] for one in project["objective"]]
    fundings = [one["number"] for one in project["funding"]]
    for numbers in (phases, objectives, fundings):
        assert len(numbers) == len(set(numbers))
    assert {find_parent(one) for one in objectives} <= {"", *objectives}
    decisions = {one["number"] for minutes in MINUTES for one in minutes["decision"]}
    for action in project["action"]:
        assert action["phase"] in phases
        assert set(read_numbers(action["objectives"])) <= set(objectives)
        assert action.get("resource", RESOURCES[0]["slug"]) in slugs_of(RESOURCES)
        assert action.get("decision", min(decisions)) in decisions
        event = action.get("event", SINGLES[0]["slug_hint"])
        assert event in {one["slug_hint"] for one in SINGLES}
    assert {one["funding"] for one in project.get("source", [])} <= set(fundings)


def test_main_guide_has_the_six_stages_in_order():
    guide = next(g for g in GUIDES if g["slug"] == "ouvrir-un-tiers-lieu")
    assert slugs_of(guide["stage"]) == [
        "conception",
        "demarches-administratives",
        "juridique",
        "economique",
        "benchmark",
        "animation",
    ]


@pytest.mark.parametrize("sheet", SHEETS, ids=slugs_of(SHEETS))
def test_sheet_says_when_and_from_what_it_was_verified(sheet):
    assert sheet["kind"] in {"legal", "economic", "administrative"}
    assert 3 <= len(sheet["in_short"]) <= 5
    assert isinstance(sheet["verified_on"], date)
    assert sheet["review_months"] > 0
    assert all(source["title"] and source["url"] for source in sheet["sources"])


@pytest.mark.parametrize("body", BODIES)
def test_body_uses_known_blocks(body):
    for block in body:
        keys = set(block) - {"type"}
        assert keys == BLOCK_KEYS[block["type"]]
        if block["type"] == "steps":
            assert all(set(item) == {"title", "text"} for item in block["items"])
        if block["type"] == "paragraph":
            tags = set(re.findall(r"</?([a-z0-9]+)", block["html"]))
            assert tags <= {"p", "a", "ul", "ol", "li", "b", "i"}
            assert re.search(r"&(?!amp;|lt;|gt;)", block["html"]) is None


def test_words_of_the_glossary_are_defined_once_and_used():
    named = {
        slug
        for path in TOML_PATHS
        for slug in re.findall(r'id="mot:([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    words = slugs_of(read("glossary.toml")["term"])
    assert len(words) == len(set(words)) >= 12
    assert len(named) >= 5
    assert named <= set(words)


def test_links_inside_the_site_reach_content_that_exists():
    known = {
        "/agenda/serie/": slugs_of(SERIES),
        "/ressources/": slugs_of(RESOURCES),
    }
    for path in TOML_PATHS:
        text = path.read_text(encoding="utf-8")
        for prefix, slugs in known.items():
            for slug in re.findall(rf"{prefix}([a-z0-9-]+)/", text):
                assert slug in slugs
        for slug in re.findall(r"\?type=([a-z-]+)", text):
            assert slug in slugs_of(TYPES)


@pytest.mark.parametrize("path", TOML_PATHS, ids=[p.name for p in TOML_PATHS])
def test_no_address_leads_to_a_stranger(path):
    text = path.read_text(encoding="utf-8")
    hosts = {urlsplit(url).hostname for url in re.findall(r'https?://[^\s"<]+', text)}
    assert {
        host
        for host in hosts
        if not host.endswith(".invalid") and host not in PUBLIC_HOSTS
    } == set()
    domains = set(re.findall(r"[\w.-]+@([\w.-]+)", text))
    assert domains <= {"hub.invalid"}


@pytest.mark.parametrize("path", TOML_PATHS, ids=[p.name for p in TOML_PATHS])
def test_french_is_set_with_its_typography(path):
    for text in strings_in(tomllib.loads(path.read_text(encoding="utf-8"))):
        prose = re.sub(r"<[^>]*>", "", text)
        assert re.search(r"\w'\w", prose) is None, prose
        assert re.search(r" [;?!»€]| :(?: |$)|« ", prose) is None, prose
        assert "..." not in prose, prose
