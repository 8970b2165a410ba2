"""The house's rules, as tests: who may know whom, and how large a file may grow."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Each room may name those to its right only.
LADDER = ["hub", "home", "search", "resources", "events", "network", "cms"]
FILES = [
    path
    for room in [*LADDER, "tests"]
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]
VAGUE_NAMES = {"utils", "helpers", "misc", "common"}


def list_upward_strings(path: Path, room: str) -> list[str]:
    """Return the string constants like “home.HomePage” that point above ``room``."""
    above = LADDER[: LADDER.index(room)]
    pattern = re.compile(rf"^({'|'.join(above)})\.[A-Z]\w+$") if above else None
    if pattern is None:
        return []
    tree = ast.parse(path.read_text())
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and pattern.match(node.value)
    ]


def test_list_upward_strings_finds_a_foreign_key_upward(tmp_path):
    module = tmp_path / "models.py"
    module.write_text('page = ForeignKey("home.HomePage"); ours = "events.Event"')
    assert list_upward_strings(module, "events") == ["home.HomePage"]


@pytest.mark.parametrize("room", LADDER)
def test_room_names_no_model_above_it(room):
    found = {
        str(path.relative_to(ROOT)): names
        for path in FILES
        if path.relative_to(ROOT).parts[0] == room
        if (names := list_upward_strings(path, room))
    }
    assert found == {}


def test_files_hold_one_concept():
    long = {
        str(path.relative_to(ROOT)): count
        for path in FILES
        if (count := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_migrations_stay_small():
    heavy = {
        str(path.relative_to(ROOT)): path.stat().st_size
        for room in LADDER
        for path in (ROOT / room).rglob("migrations/0*.py")
        if path.stat().st_size > 30_000
    }
    assert heavy == {}


def test_modules_have_a_name_of_their_own():
    vague = [
        str(path) for path in FILES if VAGUE_NAMES & set(path.with_suffix("").parts)
    ]
    assert vague == []


def test_modules_say_what_they_hold():
    silent = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path.relative_to(ROOT).parts[0] != "tests"
        and path.read_text().strip()
        and ast.get_docstring(ast.parse(path.read_text())) is None
    ]
    assert silent == []
