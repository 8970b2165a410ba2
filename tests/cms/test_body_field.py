"""A body survives a data migration, whose models know no blocks."""

from __future__ import annotations

import json
import uuid

import pytest
from django.db import connection, models
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from wagtail.fields import StreamField

from cms.blocks import BodyBlock
from cms.fields import BodyField
from resources.models import GuidePage
from tests.factories.resources import GuidePageFactory

BODY = [
    {
        "type": "heading",
        "value": {"text": "Avant les travaux", "level": "h2"},
        "id": str(uuid.uuid4()),
    },
    {
        "type": "steps",
        "value": [
            {
                "type": "item",
                "value": {"title": "Écrire", "text": "<p>À la mairie.</p>"},
                "id": str(uuid.uuid4()),
            }
        ],
        "id": str(uuid.uuid4()),
    },
    # A block of yesterday or of tomorrow, which no code describes.
    {"type": "poll", "value": {"question": "Midi ou soir ?"}, "id": str(uuid.uuid4())},
]


def historical_model(field):
    """Build the model that a migration sees, over the table of guides."""
    table = GuidePage._meta.db_table
    _name, path, args, kwargs = field.deconstruct()
    module, name = path.rsplit(".", 1)
    field_class = getattr(__import__(module, fromlist=[name]), name)
    state = ProjectState()
    state.add_model(
        ModelState(
            "resources",
            "GuidePage",
            [
                ("page_ptr_id", models.IntegerField(primary_key=True)),
                ("body", field_class(*args, **kwargs)),
            ],
            options={"db_table": table, "managed": False},
        )
    )
    return state.apps.get_model("resources", "GuidePage")


def read_stored(pk):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM resources_guidepage WHERE page_ptr_id = %s", [pk]
        )
        [stored] = cursor.fetchone()
    return json.loads(stored) if isinstance(stored, str) else stored


@pytest.fixture
def stored_guide(db):
    """A guide whose body is stored as it would be, unknown block included."""
    guide = GuidePageFactory()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE resources_guidepage SET body = %s WHERE page_ptr_id = %s",
            [json.dumps(BODY), guide.pk],
        )
    return guide


def test_historical_instance_gives_back_the_body_it_read(stored_guide):
    model = historical_model(BodyField(BodyBlock(), blank=True))
    instance = model.objects.get(pk=stored_guide.pk)
    instance.save()
    assert read_stored(stored_guide.pk) == BODY


def test_stock_field_without_definitions_would_lose_the_body(stored_guide):
    # The reason this field exists: should it fail one day, the field may go.
    model = historical_model(StreamField([], blank=True))
    model.objects.get(pk=stored_guide.pk).save()
    assert read_stored(stored_guide.pk) == []


def test_historical_instance_can_be_copied_and_written(stored_guide):
    model = historical_model(BodyField(BodyBlock(), blank=True))
    read = model.objects.get(pk=stored_guide.pk)
    model.objects.filter(pk=stored_guide.pk).update(body=[])
    assert read_stored(stored_guide.pk) == []
    model.objects.filter(pk=stored_guide.pk).update(body=read.body)
    assert read_stored(stored_guide.pk) == BODY


def test_historical_body_is_empty_to_read(stored_guide):
    model = historical_model(BodyField(BodyBlock(), blank=True))
    body = model.objects.get(pk=stored_guide.pk).body
    assert (len(body), str(body)) == (0, "")


def test_real_model_reads_the_blocks_it_knows(stored_guide):
    guide = GuidePage.objects.get(pk=stored_guide.pk)
    assert [block.block_type for block in guide.body] == ["heading", "steps"]


def test_migrations_hold_no_block():
    written, _imports = MigrationWriter.serialize(BodyField(BodyBlock(), blank=True))
    assert written == "cms.fields.BodyField(blank=True)"


def test_changing_blocks_asks_for_no_migration():
    assert BodyField(BodyBlock()).deconstruct() == BodyField([]).deconstruct()
