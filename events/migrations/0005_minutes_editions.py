from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

from cms.folding import fold_to_words


def name_themes(apps, schema_editor):
    """Give each question its own key, and tell it to the decisions under it."""
    theme_model = apps.get_model("events", "MinutesTheme")
    for theme in theme_model.objects.all():
        theme.key = uuid.uuid4()
        theme.save(update_fields=["key"])
        apps.get_model("events", "Decision").objects.filter(theme=theme).update(
            theme_key=theme.key
        )


def fold_texts(apps, schema_editor):
    """Let the register find the decisions that were there before."""
    for decision in apps.get_model("events", "Decision").objects.all():
        decision.folded_text = fold_to_words(f"d{decision.number} {decision.text}")
        decision.save(update_fields=["folded_text"])


def count_editions(apps, schema_editor):
    """Say where editions are counted; of two with one number the older keeps it."""
    taken = set()
    numbered = apps.get_model("events", "Minutes").objects.exclude(edition=None)
    for minutes in numbered.exclude(event__series=None).order_by("event__start_at"):
        place = minutes.event.series_id, minutes.edition
        if place not in taken:
            taken.add(place)
            minutes.numbered_in_id = place[0]
            minutes.save(update_fields=["numbered_in"])


class Migration(migrations.Migration):
    dependencies = [("events", "0004_calendars_in_full")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="folded_text",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="theme_key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="minutes",
            name="numbered_in",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="events.series",
            ),
        ),
        migrations.AddField(
            model_name="minutestheme",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.RunPython(name_themes, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(fold_texts, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(count_editions, migrations.RunPython.noop, elidable=True),
    ]
