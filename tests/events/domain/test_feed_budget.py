from __future__ import annotations

import pytest

from events.domain.feed_budget import count_fitting


@pytest.mark.parametrize(
    ("sizes", "number"),
    [
        ([], 0),
        ([4, 3], 2),
        ([4, 3, 3], 3),
        ([1, 1, 1, 1], 3),
        ([4, 3, 4], 2),
        ([4, 7, 1], 1),
        ([11, 1], 0),
    ],
)
def test_first_dates_fit_up_to_both_limits(sizes, number):
    assert count_fitting(sizes, most=3, most_bytes=10) == number


def test_sizes_are_read_no_further_than_needed():
    sizes = iter([5, 6, 1])

    count_fitting(sizes, most=3, most_bytes=10)

    assert list(sizes) == [1]
