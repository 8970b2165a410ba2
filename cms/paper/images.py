"""The images of one sheet of paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from wagtail.images.models import AbstractImage

RENDITION: Final = "max-1200x1200|bgcolor-fff|format-jpeg|jpegquality-72"
"""Sharp enough over the width of a page of A4, at some 150 kB a picture."""


class PaperImages:
    """Gathers images; ``readers`` is what a ``Sheet`` takes."""

    def __init__(self) -> None:
        self.readers: dict[str, Callable[[], bytes]] = {}

    def draw(self, image: AbstractImage) -> str:
        """Add an image; return its name, empty for a drawing, which typst may refuse."""
        if image.is_svg():
            return ""
        name = f"{image.file_hash[:16] or image.pk}.jpg"
        self.readers[name] = partial(_read_rendition, image)
        return name


def _read_rendition(image: Any) -> bytes:
    """Read the image in the size of paper, made now where it was not.

    Raises:
        OSError: its file is lost, or no picture.
    """
    with image.get_rendition(RENDITION).file.open("rb") as file:
        content: bytes = file.read()
    return content
