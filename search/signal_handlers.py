"""Writes the index in the transaction that changes a record.

A change reaches a record in more ways than its own `save`: child rows and tags are
written after it, privacy and moves change whole branches of the page tree.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from modelcluster.fields import ParentalKey
from taggit.models import TagBase
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from cms.searchable import Searchable
from search.index import find_searchable_models, index_object, remove_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models


def connect() -> None:
    receivers = (
        (post_save, index_saved),
        (post_delete, index_without),
        (m2m_changed, index_changed_links),
        (page_published, index_published),
        (page_unpublished, index_published),
        (published, index_published),
        (unpublished, index_published),
        (page_slug_changed, index_branch),
        (post_page_move, index_branch),
    )
    for signal, receiver in receivers:
        signal.connect(receiver, dispatch_uid=f"search.{receiver.__name__}")


def index_saved(
    sender: Any, instance: models.Model, *, raw: bool = False, **kwargs: Any
) -> None:
    # A fixture's rows may come before those they point to; update_search_index reads
    # them once they are all there.
    if raw:
        return
    for obj in _find_touched(instance):
        index_object(obj)


def index_without(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    if isinstance(instance, Searchable):
        remove_object(instance)
        return
    for obj in _find_touched(instance):
        index_object(obj)


def index_changed_links(
    sender: Any, instance: models.Model, action: str, **kwargs: Any
) -> None:
    if action.startswith("post_") and isinstance(instance, Searchable):
        index_object(instance)


def index_published(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    if isinstance(instance, Searchable):
        index_object(instance)


def index_branch(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Index a page and all pages below it: their addresses or privacy changed."""
    for page in Page.objects.descendant_of(instance, inclusive=True).specific():
        if isinstance(page, Searchable):
            index_object(page)


def _find_touched(instance: models.Model) -> Iterator[models.Model]:
    """Give the searchable records that a row says something about."""
    if isinstance(instance, Searchable):
        yield instance
    elif isinstance(instance, Page):
        specific = instance.specific
        if isinstance(specific, Searchable):
            yield specific
    elif isinstance(instance, PageViewRestriction):
        branch = Page.objects.descendant_of(instance.page, inclusive=True)
        yield from filter(_is_searchable, branch.specific())
    elif isinstance(instance, TagBase):
        yield from _find_tagged(instance)
    for name in _find_parental_keys(type(instance)):
        yield from filter(_is_searchable, [getattr(instance, name)])


def _is_searchable(obj: object) -> bool:
    return isinstance(obj, Searchable)


@cache
def _find_parental_keys(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of a child row's keys to its searchable parents."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ParentalKey)
        and issubclass(field.related_model, Searchable)
    )


def _find_tagged(tag: TagBase) -> Iterator[models.Model]:
    for model in find_searchable_models():
        for field in model._meta.get_fields():
            if getattr(field, "many_to_many", False) and (
                field.related_model is type(tag) and not field.auto_created
            ):
                yield from model._base_manager.filter(**{field.name: tag})
