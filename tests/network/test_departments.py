"""Post codes and the departments they stand for."""

from __future__ import annotations

from collections import Counter

import pytest

from network.departments import (
    DEPARTMENT_NAMES,
    REGIONS,
    find_department,
    list_region,
)


@pytest.mark.parametrize(
    ("postcode", "code"),
    [
        ("22110", "22"),
        ("01000", "01"),
        (" 29200 ", "29"),
        ("20000", "2A"),
        ("20190", "2A"),
        ("20200", "2B"),
        ("97400", "974"),
        ("97150", "971"),
        ("98800", "988"),
        ("75116", "75"),
        ("", ""),
        ("2211", ""),
        ("221100", ""),
        ("ABCDE", ""),
        ("00000", ""),
        ("96000", ""),
        ("97900", ""),
        ("²²¹¹⁰", ""),
    ],
)
def test_find_department_reads_a_post_code(postcode, code):
    assert find_department(postcode) == code


def test_regions_share_out_metropolitan_france():
    counts = Counter(code for codes in REGIONS.values() for code in codes)
    metropolitan = {code for code in DEPARTMENT_NAMES if len(code) == 2}
    assert set(counts) == metropolitan
    assert set(counts.values()) == {1}
    assert len(metropolitan) == 96


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("22", ("22", "29", "35", "56")),
        ("2B", ("2A", "2B")),
        ("974", ("974",)),
        ("99", ()),
    ],
)
def test_list_region_gives_the_neighbours(code, region):
    assert list_region(code) == region
