from __future__ import annotations

import pytest

from events.domain.continuations import follow_continuations


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([1], {1, 2, 3}),
        ([2], {2, 3}),
        ([3], {3}),
        ([7], {7}),
        ([2, 4], {2, 3, 4, 5}),
        ([], set()),
    ],
)
def test_continuations_are_followed_to_the_last_and_never_back(asked, found):
    assert follow_continuations(asked, {1: 2, 2: 3, 4: 5}) == found


def test_circle_ends():
    assert follow_continuations([1], {1: 2, 2: 1}) == {1, 2}
