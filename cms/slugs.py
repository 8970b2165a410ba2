"""How the end of an address is made from a title."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.utils.text import slugify

from cms.folding import fold_to_words

if TYPE_CHECKING:
    from collections.abc import Container

    from django.db import models


def hold_addresses(model: type[models.Model]) -> None:
    """Let nobody else give an address of ``model`` until this transaction ends.

    Two records of one title, published at once, would both find the same one free.
    """
    key = ContentType.objects.get_for_model(model).pk
    # Rows that point at the type may still be written meanwhile.
    rows = ContentType.objects.select_for_update(no_key=True)
    rows.get(pk=key)


def make_slug(title: str, *, length: int, otherwise: str) -> str:
    """Return the words of ``title`` for an address; ``otherwise`` when it has none."""
    return slugify(fold_to_words(title))[:length].strip("-") or otherwise


def number_slug(base: str, taken: Container[str | None]) -> str:
    """Return ``base``, or the first of base-2, base-3… that is not ``taken``."""
    for number in count(1):
        slug = base if number == 1 else f"{base}-{number}"
        if slug not in taken:
            return slug
    raise AssertionError  # count() never ends
