"""What the strict policy and the reader's language ask of every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(
    path
    for folder in Path(settings.BASE_DIR).glob("*/templates")
    for path in folder.rglob("*.html")
)
# What the browser refuses under script-src and style-src 'self'.
INLINE = re.compile(
    r"""<style[\s>]|\sstyle=["']|<script(?![^>]*\ssrc=)(?!\stype="application/ld\+json">)[^>]*>|\son[a-z]+=["']|javascript:"""
)


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def is_mail(path: Path) -> bool:
    return "mail" in path.parts or "email" in path.parts


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<script type="module">alert(1)</script>',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_inline_code_is_recognised(source):
    assert INLINE.search(source)


@pytest.mark.parametrize(
    "source",
    [
        '<script src="/a.js"></script>',
        '<link rel="stylesheet" href="/a.css">',
        # A data block is not run: the policy lets it pass.
        '<script type="application/ld+json">{}</script>',
    ],
)
def test_files_of_our_own_are_not_inline_code(source):
    assert not INLINE.search(source)


def test_no_template_holds_inline_code():
    found = {
        name(path): INLINE.findall(path.read_text(encoding="utf-8"))
        for path in TEMPLATES
        if not is_mail(path)
    }
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_no_template_loads_anything_from_outside():
    outside = re.compile(
        r"""<(?:script|link|img|iframe)[^>]*\s(?:src|href)=["']https?:"""
    )
    assert [
        name(path)
        for path in TEMPLATES
        if outside.search(path.read_text(encoding="utf-8"))
    ] == []


def test_every_component_says_its_context_first():
    components = [path for path in TEMPLATES if path.parent.name == "components"]
    assert components != []
    silent = [
        name(path)
        for path in components
        if not re.match(r"\{# .*Context: .* #\}\n", path.read_text(encoding="utf-8"))
    ]
    assert silent == []
