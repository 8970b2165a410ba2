"""``docs/rfc-support.md`` says what feeds write, and names tests that exist."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from events.domain.calendar_values import Conference
from events.domain.ical import assemble_feed, assemble_file, serialise_event
from events.domain.ical_rule import serialise_series
from tests.events.domain.readers import PARIS, unfolded
from tests.events.domain.values import make_event, make_feed, weekly

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in row.strip("|").split(" | ")]
    for row in (ROOT / "docs/rfc-support.md").read_text().splitlines()
    if row.startswith("| ") and not row.startswith(("| property", "| component"))
]
FIRST = date(2026, 12, 3)


def names_in(content: bytes) -> set[str]:
    names = {re.split("[;:]", one)[0] for one in unfolded(content) if one}
    return names - {"BEGIN", "END"}


def write_all() -> set[str]:
    """Return the properties of a feed and of a series as a rule."""
    event = make_event(
        start_date=FIRST, end_date=FIRST, series_uid="SERIE@HUB.TEST",
        geo=(48.2, -3.3), categories=("a",), contact="Ti Numerik", location="Ici",
        conference=Conference(url="https://visio.example/x", label="Voir"),
    )  # fmt: skip
    feed = assemble_feed(make_feed(), [serialise_event(event)], PARIS)
    rule = serialise_series(
        event,
        weekly(FIRST, weekdays=(3,)),
        last_day=date(2026, 12, 31),
        left_out=[date(2026, 12, 17)],
        replaced={FIRST: event},
    )
    return names_in(feed) | names_in(assemble_file(rule, PARIS))


def test_every_written_property_is_in_the_table_and_no_other_is_claimed():
    listed = {name: row for row in ROWS for name in row[0].split(", ")}
    claimed = {name for name, row in listed.items() if len(row) == 4 and row[2] != "–"}
    # The domain writes them when a feed has one; none has today.
    unused = {"COLOR", "X-WR-CALDESC"}

    assert write_all() == claimed | unused
    assert unused <= set(listed)


def test_every_named_test_exists():
    sources = "\n".join(one.read_text() for one in (ROOT / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs/rfc-support.md").read_text())

    assert len(named) > 40
    assert [one for one in named if f"def {one}(" not in sources] == []
