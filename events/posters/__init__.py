"""Paper and pictures of the agenda: posters, a quarter's programme, share images."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SOURCES: Final = Path(__file__).with_name("typst")
"""What the sheets of the agenda are set from."""
