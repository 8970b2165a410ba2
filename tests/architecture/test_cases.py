"""Every case of the specification has a test of its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.events.domain.readers import parse

TESTS = Path(__file__).resolve().parents[1]
CASES = [
    *(f"A{number:02}" for number in range(1, 15)),
    *(f"H{number:02}" for number in range(1, 16)),
    *(f"C{number:02}" for number in range(1, 4)),
]


def list_cases() -> Iterator[str]:
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for found in re.findall(r"_([acthsm]\d\d)(?=_|$)", node.name):
                    yield found.upper()


def test_every_case_has_a_test():
    assert sorted(set(CASES) - set(list_cases())) == []


def test_a06_assertions_hold_under_python_o_too():
    """Without this, the run under ``-O`` would be green whatever happens."""
    with pytest.raises(AssertionError):
        assert TESTS is None
    with pytest.raises(AssertionError):
        parse(b"BEGIN:VEVENT\r\nDTSTART:bad\r\nEND:VEVENT\r\n")
