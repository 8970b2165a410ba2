"""Reads back what was typeset, with poppler.

On a machine without it, tests that read paper are left out; where services are required,
they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def read_text(pdf: bytes) -> str:
    """Return the text of a PDF in reading order, its spaces made plain."""
    text = _ask("pdftotext", "-layout", "-", "-", pdf=pdf).replace("\u200b", "")
    return " ".join(text.split())


def read_facts(pdf: bytes) -> dict[str, str]:
    """Return what ``pdfinfo`` says: Title, Tagged, Pages, Page size…"""
    pairs = (line.partition(":") for line in _ask("pdfinfo", "-", pdf=pdf).splitlines())
    return {name.strip(): value.strip() for name, _colon, value in pairs}


def read_fonts(pdf: bytes) -> set[str]:
    """Return the names of its fonts, without the tag of a subset."""
    lines = _ask("pdffonts", "-", pdf=pdf).splitlines()[2:]
    return {line.split()[0].partition("+")[2] for line in lines}


def read_images(pdf: bytes) -> list[tuple[int, int]]:
    """Return the width and height of its images, in pixels, one for each time shown."""
    lines = _ask("pdfimages", "-list", "-", pdf=pdf).splitlines()[2:]
    return [(int(line.split()[3]), int(line.split()[4])) for line in lines]


def read_structure(pdf: bytes) -> str:
    """Return the tree of tags, with the words inside, as ``pdfinfo`` draws it."""
    return _ask("pdfinfo", "-struct-text", "-", pdf=pdf)


def _ask(program: str, *arguments: str, pdf: bytes) -> str:
    if shutil.which(program) is None:
        message = f"{program} (poppler-utils) is not installed, and this test needs it"
        if os.environ.get("HUB_REQUIRE_SERVICES") == "1":
            pytest.fail(message)
        pytest.skip(message)
    shown = subprocess.run([program, *arguments], input=pdf, capture_output=True)
    assert shown.returncode == 0, shown.stderr
    # What the tree of tags says of an image may come as it stands in the file.
    return shown.stdout.decode(errors="replace")
