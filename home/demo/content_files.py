"""Reads the texts of the demonstration network, and names its records for ever."""

from __future__ import annotations

import json
import tomllib
import uuid
from pathlib import Path
from typing import Any, Final

CONTENT_DIR: Final = Path(__file__).parent / "content"
FILES_DIR: Final = CONTENT_DIR / "files"

# Any fixed value: it only keeps our names apart from others'.
_NAMESPACE: Final = uuid.UUID("0d2bd6de-6f0f-4c0e-8a51-6f9a3f1c52b7")


def read_content(name: str) -> dict[str, Any]:
    """Return the parsed ``<name>.toml``."""
    return tomllib.loads((CONTENT_DIR / f"{name}.toml").read_text(encoding="utf-8"))


def list_guides() -> list[dict[str, Any]]:
    """Return the guides, the longest first: it is the one that the home page shows."""
    names = [f"guides/{path.stem}" for path in (CONTENT_DIR / "guides").glob("*.toml")]
    guides = [read_content(name) for name in names]
    return sorted(guides, key=lambda guide: (-len(guide["stage"]), guide["slug"]))


def make_stable_uuid(*words: str) -> uuid.UUID:
    """Return the same identifier for the same words, on every machine."""
    return uuid.uuid5(_NAMESPACE, "/".join(words))


def write_body(blocks: list[dict[str, Any]]) -> str:
    """Return the stored form of a body written as a list of blocks.

    A word of the glossary is written ``id="mot:slug"``: see ``home.demo.glossary``.
    """
    return json.dumps([_write_block(block) for block in blocks])


def _write_block(block: dict[str, Any]) -> dict[str, Any]:
    content = {name: value for name, value in block.items() if name != "type"}
    value: Any = content
    match block["type"]:
        case "paragraph":
            value = content["html"]
        case "heading":
            value = {**content, "level": "h2"}
        case "key_point":
            value = {**content, "text": _write_paragraph(content["text"])}
        case "steps":
            value = [
                {**item, "text": _write_paragraph(item["text"])}
                for item in content["items"]
            ]
    return {"type": block["type"], "value": value}


def _write_paragraph(text: str) -> str:
    return f"<p>{text}</p>"
