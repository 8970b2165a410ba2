from __future__ import annotations

import pytest

from cms.players import PLAYER_ORIGINS, Player, find_player


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abc_DEF-123&t=4",
            Player("YouTube", "https://www.youtube-nocookie.com/embed/abc_DEF-123"),
        ),
        (
            "https://youtu.be/abc_DEF-123",
            Player("YouTube", "https://www.youtube-nocookie.com/embed/abc_DEF-123"),
        ),
        (
            "https://vimeo.com/123456",
            Player("Vimeo", "https://player.vimeo.com/video/123456"),
        ),
        ("https://vimeo.com/../evil", None),
        ("https://youtube.com.evil.example/watch?v=abc", None),
        ("https://www.youtube.com/watch?v=<script>", None),
        ("https://peertube.example/w/abc", None),
        ("", None),
    ],
)
def test_find_player_knows_trackerless_players_only(address, player):
    assert find_player(address) == player


def test_players_stand_below_the_allowed_origins():
    player = find_player("https://youtu.be/abc")
    assert player is not None
    assert player.url.startswith(PLAYER_ORIGINS)
