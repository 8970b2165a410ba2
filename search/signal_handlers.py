"""Writes the index in the transaction that changes a record.

A change reaches a record in more ways than its own `save`: child rows and tags are
written after it, privacy and moves change whole branches of the page tree.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models.constants import LOOKUP_SEP
from django.db.models.signals import m2m_changed, post_delete, post_save
from modelcluster.fields import ParentalKey
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from cms.searchable import Searchable, records_written
from search.index import (
    find_searchable_models,
    index_object,
    index_records,
    is_searched,
    remove_object,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models
    from django.db.models import QuerySet


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
        (records_written, index_written),
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
    if is_searched(instance):
        remove_object(instance)
    for obj in _find_touched(instance):
        if obj != instance:
            index_object(obj)


def index_changed_links(
    sender: Any, instance: models.Model, action: str, **kwargs: Any
) -> None:
    if action.startswith("post_") and is_searched(instance):
        index_object(instance)


def index_published(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    if is_searched(instance):
        index_object(instance)


def index_written(sender: Any, records: QuerySet[Any], **kwargs: Any) -> None:
    if issubclass(sender, Searchable):
        index_records(records)


def index_branch(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Index a page and all pages below it: their addresses or privacy changed.

    Wagtail says that a slug changed after the commit only.
    """
    for page in _find_branch(instance):
        index_object(page)


def _find_touched(instance: models.Model) -> Iterator[models.Model]:
    """Give the searched records that a row says something about."""
    if is_searched(instance):
        yield instance
    elif isinstance(instance, Page):
        yield from filter(is_searched, [instance.specific])
    elif isinstance(instance, PageViewRestriction):
        yield from _find_branch(instance.page)
    for name in _find_parental_keys(type(instance)):
        yield from filter(is_searched, [getattr(instance, name)])
    for model, path in _find_followers(type(instance)):
        yield from model._base_manager.filter(**{path: instance}).distinct()


def _find_branch(page: Page) -> Iterator[models.Model]:
    branch = Page.objects.descendant_of(page, inclusive=True)
    return filter(is_searched, branch.specific())


@cache
def _find_parental_keys(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of a child row's keys to its searchable parents."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ParentalKey)
        and issubclass(field.related_model, Searchable)
    )


@cache
def _find_followers(
    model: type[models.Model],
) -> tuple[tuple[type[models.Model], str], ...]:
    """Return which models follow this one, and by which path: ``Event``, ``venue``."""
    return tuple(
        (follower, path)
        for follower in find_searchable_models()
        for path in follower.search_follows
        if _find_model_at(follower, path) is model
    )


def _find_model_at(model: Any, path: str) -> Any:
    for name in path.split(LOOKUP_SEP):
        model = model._meta.get_field(name).related_model
    return model
