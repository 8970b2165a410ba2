from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

SQLITE_FORWARDS = (
    # An external-content table: FTS5 keeps the index only, the rows stay ours. The
    # columns are analysed already, so the tokenizer has nothing left to fold.
    """
    CREATE VIRTUAL TABLE search_fulltext USING fts5(
        analysed_title, analysed_summary, analysed_body,
        content='search_indexedtext', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE TRIGGER search_fulltext_insert AFTER INSERT ON search_indexedtext BEGIN
        INSERT INTO search_fulltext(
            rowid, analysed_title, analysed_summary, analysed_body
        ) VALUES (
            new.id, new.analysed_title, new.analysed_summary, new.analysed_body
        );
    END
    """,
    """
    CREATE TRIGGER search_fulltext_delete AFTER DELETE ON search_indexedtext BEGIN
        INSERT INTO search_fulltext(
            search_fulltext, rowid, analysed_title, analysed_summary, analysed_body
        ) VALUES (
            'delete',
            old.id, old.analysed_title, old.analysed_summary, old.analysed_body
        );
    END
    """,
    """
    CREATE TRIGGER search_fulltext_update AFTER UPDATE ON search_indexedtext BEGIN
        INSERT INTO search_fulltext(
            search_fulltext, rowid, analysed_title, analysed_summary, analysed_body
        ) VALUES (
            'delete',
            old.id, old.analysed_title, old.analysed_summary, old.analysed_body
        );
        INSERT INTO search_fulltext(
            rowid, analysed_title, analysed_summary, analysed_body
        ) VALUES (
            new.id, new.analysed_title, new.analysed_summary, new.analysed_body
        );
    END
    """,
)
SQLITE_BACKWARDS = (
    "DROP TRIGGER search_fulltext_insert",
    "DROP TRIGGER search_fulltext_delete",
    "DROP TRIGGER search_fulltext_update",
    "DROP TABLE search_fulltext",
)
POSTGRESQL_FORWARDS = (
    """
    ALTER TABLE search_indexedtext ADD COLUMN full_text tsvector
    GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', analysed_title), 'A')
        || setweight(to_tsvector('simple', analysed_summary), 'B')
        || setweight(to_tsvector('simple', analysed_body), 'C')
    ) STORED
    """,
    "CREATE INDEX search_full_text ON search_indexedtext USING gin (full_text)",
)
POSTGRESQL_BACKWARDS = (
    "DROP INDEX search_full_text",
    "ALTER TABLE search_indexedtext DROP COLUMN full_text",
)


def make_full_text(apps, schema_editor):
    _execute(schema_editor, SQLITE_FORWARDS, POSTGRESQL_FORWARDS)


def drop_full_text(apps, schema_editor):
    _execute(schema_editor, SQLITE_BACKWARDS, POSTGRESQL_BACKWARDS)


def _execute(schema_editor, sqlite, postgresql):
    statements = {"sqlite": sqlite, "postgresql": postgresql}
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("contenttypes", "0002_remove_content_type_name")]

    operations = [
        migrations.CreateModel(
            name="IndexedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("document_key", models.CharField(db_index=True, max_length=120)),
                ("key", models.CharField(max_length=140, unique=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                ("object_id", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=12)),
                ("url", models.CharField(max_length=2000)),
                ("has_url_in_every_language", models.BooleanField()),
                ("title", models.TextField()),
                ("summary", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("date", models.DateField(blank=True, null=True)),
                ("facets", models.JSONField(blank=True, default=dict)),
                ("analysed_title", models.TextField(blank=True)),
                ("analysed_summary", models.TextField(blank=True)),
                ("analysed_body", models.TextField(blank=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(make_full_text, drop_full_text),
    ]
