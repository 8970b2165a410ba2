"""Keeps the index true: what the public may read of every searchable record."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, TranslatableMixin

from cms.searchable import Searchable
from search.domain.analysis import analyse
from search.domain.composing import compose
from search.engines import get_engine
from search.models import IndexedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models
    from django.db.models import QuerySet

    from cms.searchable import SearchEntry

# PostgreSQL refuses a full-text column above 1 MB; no page of ours comes near.
LONGEST_BODY = 200_000

READ_AT_ONCE = 100

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


@cache
def find_searchable_models() -> tuple[type[Any], ...]:
    """Return the concrete models that the public search finds."""
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, Searchable) and not model._meta.proxy
    )


def is_searched(obj: object) -> bool:
    """Whether the public search may find such an object.

    A migration's historical models carry the mixin but not what it asks of them.
    """
    return type(obj) in find_searchable_models()


def index_object(obj: models.Model) -> None:
    """Make the index say of a record what the database says now.

    The record is read again: the instance at hand may hold a draft, which Wagtail's
    `save_revision` never writes to the record's own columns.
    """
    stored = type(obj)._base_manager.filter(pk=obj.pk).first()
    if stored is None:
        remove_object(obj)
        return
    engine = get_engine()
    texts = list(_write_texts(stored))
    if texts:
        engine.index(texts)
    kept = {text.key for text in texts}
    engine.remove(key for key in _list_keys(stored) if key not in kept)


def index_records(records: QuerySet[Any]) -> None:
    """Make the index say of many records of one model what the database says now.

    Costs the queries of ``records`` and those of the engine, however many there are.
    """
    engine = get_engine()
    found = list(records)
    texts = [text for record in found for text in _write_texts(record)]
    engine.index(texts)
    kept = {text.key for text in texts}
    known = (key for record in found for key in _list_keys(record))
    engine.remove(key for key in known if key not in kept)


def remove_object(obj: models.Model) -> None:
    """Forget a record in every language it was known in."""
    get_engine().remove(_list_keys(obj))


def read_every_text() -> Iterator[IndexedText]:
    """Give the texts of every searchable record, model by model.

    Records are read a few at a time, when they are asked for: no cursor is kept open
    from one transaction to the next.
    """
    for model in find_searchable_models():
        records = model._base_manager.order_by("pk")
        keys = list(records.values_list("pk", flat=True))
        for start in range(0, len(keys), READ_AT_ONCE):
            for obj in records.filter(pk__in=keys[start : start + READ_AT_ONCE]):
                yield from _write_texts(obj)


def _find_document_key(obj: models.Model) -> str:
    identity = obj.translation_key if isinstance(obj, TranslatableMixin) else obj.pk
    return f"{obj._meta.label_lower}:{identity}"


def _list_keys(obj: models.Model) -> list[str]:
    """Return the keys that a record may have: one in each language of the site.

    Translations of a page are records of their own: each answers for its language.
    """
    document_key = _find_document_key(obj)
    if isinstance(obj, TranslatableMixin):
        return [f"{document_key}:{obj.locale.language_code}"]
    return [f"{document_key}:{language}" for language, _name in settings.LANGUAGES]


def _write_texts(obj: Any) -> Iterator[IndexedText]:
    content_type = ContentType.objects.get_for_model(obj)
    for entry in obj.search_entries():
        yield _write_text(obj, entry, content_type)


def _write_text(
    obj: models.Model, entry: SearchEntry, content_type: ContentType
) -> IndexedText:
    title, summary, body = (
        _tidy(text) for text in (entry.title, entry.summary, entry.body)
    )
    language = entry.language
    document_key = _find_document_key(obj)
    return IndexedText(
        document_key=document_key,
        key=f"{document_key}:{language}",
        content_type=content_type,
        object_id=str(obj.pk),
        kind=entry.kind,
        language=language,
        url=entry.url,
        has_url_in_every_language=not isinstance(obj, Page),
        title=title,
        summary=summary,
        body=body,
        date=entry.date,
        facets={name: list(values) for name, values in entry.facets.items()},
        analysed_title=analyse(title, language),
        analysed_summary=analyse(" ; ".join((summary, *entry.tags)), language),
        analysed_body=analyse(body, language),
    )


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", compose(text[:LONGEST_BODY])).strip()
