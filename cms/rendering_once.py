"""A costly answer that many ask for at the same moment is made by one of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.core.cache import cache

KEPT_SECONDS: Final = 60
"""How long the answer is kept; it is cheap to make again, only not a hundred times."""
LONGEST_WAIT: Final = 10.0
"""Seconds after which who waits makes the answer; a crashed maker holds nobody up."""
_STEP: Final = 0.02


def render_once(
    key: str, render: Callable[[], bytes], *, kept: int = KEPT_SECONDS
) -> bytes:
    """Return what ``render`` makes, made once among those who ask for ``key`` together.

    ``key`` names the content itself (an entity tag): the same key, the same bytes. An
    error of ``render`` is raised to who made it; the next one waiting tries in turn.
    ``kept`` is in seconds.
    """
    deadline = time.monotonic() + LONGEST_WAIT
    while (content := cache.get(key)) is None:
        alone = cache.add(f"{key}:maker", True, timeout=LONGEST_WAIT)
        if not alone and time.monotonic() < deadline:
            time.sleep(_STEP)
            continue
        try:
            # Made between the look and the turn of this one, perhaps.
            if (content := cache.get(key)) is None:
                content = render()
                cache.set(key, content, timeout=kept)
        finally:
            cache.delete(f"{key}:maker")
        break
    return content
