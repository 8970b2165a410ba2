"""What whoever reads a page may read below it."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def keep_open(pages: PageQuerySet, *, below: Page) -> list[Any]:
    """Return those of ``pages`` that are live and restricted by nothing below ``below``.

    In their order; two queries. Who reads ``below`` was let in there: what restricts it,
    or a page above it, hides nothing from them. What is restricted further down is left
    out for everybody, even for who could open it too.
    """
    restrictions = PageViewRestriction.objects.filter(
        page__path__startswith=below.path
    ).exclude(page=below.pk)
    closed = tuple(restrictions.values_list("page__path", flat=True))
    return [page for page in pages.live() if not page.path.startswith(closed)]
