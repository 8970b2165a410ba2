"""The style sheet's colours hold their contrast, in light and in dark (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cms import __file__ as cms_init

SHEET = (Path(cms_init).parent / "static/cms/site.css").read_text(encoding="utf-8")
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("paper", "room", "recess")
KINDS = ("brick", "heath", "meadow", "sky")
INKS = ("ink", "ink-2", "link", "link-hover", "visited", "error")
# (front, ground, least ratio) for each use in the sheet.
PAIRS = [
    *((front, ground, TEXT) for ground in GROUNDS for front in INKS),
    *(
        (front, ground, SHAPE)
        for ground in GROUNDS
        for front in ("field-line", "wall-ink", "focus")
    ),
    *((k, ground, TEXT) for k in KINDS for ground in ("paper", "room", f"{k}-pale")),
    *(("room", kind, TEXT) for kind in KINDS),
    *(
        (front, f"{kind}-pale", TEXT)
        for kind in (*KINDS, "error")
        for front in ("ink", "ink-2", "link")
    ),
    ("error", "error-pale", TEXT),
    ("paper", "wall-ink", TEXT),
    ("paper", "ink", TEXT),
    *((front, "ajonc-pale", TEXT) for front in ("ink", "ink-2", "link", "visited")),
    ("on-ajonc", "ajonc", TEXT),
    ("on-ajonc", "#FFFFFF", TEXT),
    ("ajonc", "on-ajonc", TEXT),
    ("on-night", "night", TEXT),
    ("on-night-2", "night", TEXT),
    ("ajonc", "night", TEXT),
    ("focus", "halo", SHAPE),
]


def read_tokens(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", SHEET)
    assert block is not None, selector
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", block[1]))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


LIGHT = read_tokens(":root")
DARK_BY_DEVICE = read_tokens(':root:not([data-theme="light"])')
DARK_BY_CHOICE = read_tokens(':root[data-theme="dark"]')


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21


def test_both_dark_blocks_say_the_same():
    assert DARK_BY_CHOICE == DARK_BY_DEVICE


@pytest.mark.parametrize(
    "tokens", [LIGHT, LIGHT | DARK_BY_DEVICE], ids=["light", "dark"]
)
def test_every_colour_pair_reaches_its_threshold(tokens):
    failures = [
        (front, ground, round(contrast(*colours), 2))
        for front, ground, least in PAIRS
        for colours in [(tokens.get(front, front), tokens.get(ground, ground))]
        if contrast(*colours) < least
    ]
    assert failures == []


def test_every_custom_property_used_is_defined():
    used = set(re.findall(r"var\(--([\w-]+)", SHEET))
    defined = set(re.findall(r"--([\w-]+)\s*:", SHEET))
    assert used - defined == {"room-size"} - defined


def test_sheet_asks_nothing_from_outside():
    assert re.findall(r"@import|url\(|https?:", SHEET) == []
