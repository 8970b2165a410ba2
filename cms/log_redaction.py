"""Keeps addresses that open something out of our own logs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

HIDDEN = r"\1…"


class HideSecrets(logging.Filter):
    """Cuts what follows each pattern's first group, in the message and its values.

    Django logs the path of what it cannot answer; a path may be a key.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        super().__init__()
        self.patterns = [re.compile(pattern) for pattern in patterns]

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = self._hide(record.msg)
        if isinstance(record.args, Mapping):
            record.args = {name: self._hide(one) for name, one in record.args.items()}
        elif record.args:
            record.args = tuple(self._hide(one) for one in record.args)
        return True

    def _hide(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        for pattern in self.patterns:
            value = pattern.sub(HIDDEN, value)
        return value
