"""Hours as a person reads them, in the language of the page."""

from __future__ import annotations

import datetime
from typing import Final

from django.utils.formats import time_format
from django.utils.translation import get_language

NO_BREAK: Final = "\u00a0"
_TIMES_WITHOUT_MINUTES: Final = {"fr": r"G\ \h", "br": r"G\e\u\r"}


def say_time(clock: datetime.time | datetime.datetime) -> str:
    """“18 h 30”, “14 h”; “18:30” in English."""
    whole = _TIMES_WITHOUT_MINUTES.get(get_language() or "fr")
    style = whole if whole and clock.minute == 0 else "TIME_FORMAT"
    return time_format(clock, style).replace(" ", NO_BREAK)
