"""A word that the network uses in its own way, with what it means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override
from wagtail.search import index

from cms.folding import fold
from cms.record_text import SOURCE_LANGUAGE, RecordTextMixin
from cms.searchable import Searchable, SearchEntry
from network.domain.sort_key import make_sort_key


class GlossaryTerm(Searchable, RecordTextMixin, index.Indexed, models.Model):
    """A word and its definition; rich texts refer to it by its key."""

    name = models.CharField(
        _("word"),
        max_length=80,
        unique=True,
        help_text=_("As it stands in a dictionary. Example: commission permanente"),
    )
    definition = models.TextField(
        _("definition"),
        max_length=600,
        help_text=_("One to three sentences that need no other definition."),
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where the definition comes from, as a reader finds it."),
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    sort_key = models.CharField(max_length=100, blank=True, editable=False)

    search_kind = "term"
    translated_fields: ClassVar = ("name", "definition")
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("definition"),
        index.FilterField("sort_key"),
    ]

    class Meta:
        verbose_name = _("glossary word")
        verbose_name_plural = _("glossary words")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = make_sort_key(fold(self.name))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{reverse('glossary')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Where it stands in the glossary; the same whatever the word becomes."""
        return find_anchor(self.pk)

    @property
    def initial(self) -> str:
        """The letter it stands under, without its accent, its article left out."""
        return self.sort_key[:1].upper() or "#"

    def search_entries(self) -> Iterable[SearchEntry]:
        with override(SOURCE_LANGUAGE):
            yield SearchEntry(
                title=self.name,
                summary=self.definition,
                body=self.source,
                language=SOURCE_LANGUAGE,
                url=self.get_absolute_url(),
                kind=self.search_kind,
            )


def find_anchor(key: int | str) -> str:
    """Return the anchor of the word that has this key."""
    return f"terme-{key}"
