"""The line that names a resource in somebody else's document."""

from __future__ import annotations

from resources.domain.citation import compose_citation


def test_compose_citation_puts_its_parts_in_order():
    assert (
        compose_citation(
            authors="Ti Numerik",
            year=2026,
            title="Budget",
            rest=("version 4", "CC0"),
            url="https://hub.test/b/",
        )
        == "Ti Numerik (2026). Budget. version 4. CC0. https://hub.test/b/"
    )


def test_compose_citation_leaves_out_what_is_empty_and_doubled_stops():
    assert (
        compose_citation(
            authors="", year=2026, title="Et après ?.", rest=("",), url="u"
        )
        == "(2026). Et après ?. u"
    )
