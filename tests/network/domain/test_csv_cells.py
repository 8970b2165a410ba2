"""A spreadsheet that opens our file runs nothing."""

from __future__ import annotations

import datetime

import pytest

from network.domain.csv_cells import write_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Ti Numerik", "Ti Numerik"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+33 2 96 00 00 00", "'+33 2 96 00 00 00"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (-3.3171, "-3.3171"),
        (0, "0"),
        (datetime.date(2026, 11, 23), "2026-11-23"),
    ],
)
def test_write_cell_neutralises_formulas_and_keeps_numbers(value, cell):
    assert write_cell(value) == cell
