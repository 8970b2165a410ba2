"""The texts that the public search may find, one row for each language of a record."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models


class IndexedText(models.Model):
    """What the public may read of one record in one language.

    Rows are written by ``search.index`` alone. The database keeps its own full-text
    index over the three ``analysed`` columns (see the first migration): an FTS5 table
    and triggers on SQLite, a generated ``tsvector`` column on PostgreSQL.
    """

    # The same in every language, so that a reader meets a record once.
    document_key = models.CharField(max_length=120, db_index=True)
    key = models.CharField(max_length=140, unique=True)
    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    # A record is shown under every language's prefix, a page under its own only.
    url = models.CharField(max_length=2000)
    has_url_in_every_language = models.BooleanField()
    title = models.TextField()
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    date = models.DateField(null=True, blank=True)
    facets = models.JSONField(default=dict, blank=True)

    analysed_title = models.TextField(blank=True)
    analysed_summary = models.TextField(blank=True)
    analysed_body = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
