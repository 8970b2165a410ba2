from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cms import rendering_once
from cms.rendering_once import render_once


def test_twenty_who_ask_at_once_have_it_made_once():
    made, start = [], threading.Barrier(20)

    def render():
        made.append(1)
        time.sleep(0.1)
        return b"calendar"

    def ask(_number):
        start.wait()
        return render_once("stampede", render)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(ask, range(20)))

    assert answers == [b"calendar"] * 20
    assert len(made) == 1


def test_error_goes_to_who_made_it_and_the_next_one_tries():
    def fail():
        raise ValueError("no calendar")

    with pytest.raises(ValueError, match="no calendar"):
        render_once("broken", fail)

    assert render_once("broken", lambda: b"mended") == b"mended"


def test_maker_that_vanished_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(rendering_once, "LONGEST_WAIT", 0.05)
    rendering_once.cache.add("lost:maker", True, timeout=60)

    assert render_once("lost", lambda: b"made") == b"made"
