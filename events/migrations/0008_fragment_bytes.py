from __future__ import annotations

from itertools import islice

from django.db import migrations, models

BATCH = 500


def measure_fragments(apps, schema_editor):
    """Fill the column of the states that are there."""
    states = apps.get_model("events", "CalendarState").objects
    keys = iter(list(states.order_by("pk").values_list("pk", flat=True)))
    while some := list(islice(keys, BATCH)):
        batch = list(states.filter(pk__in=some).only("fragments"))
        for state in batch:
            state.fragment_bytes = len(state.fragments.get("fr", "").encode())
        states.bulk_update(batch, ["fragment_bytes"])


class Migration(migrations.Migration):

    dependencies = [("events", "0007_imported_fingerprint")]

    operations = [
        migrations.AddField(
            model_name="calendarstate",
            name="fragment_bytes",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(measure_fragments, migrations.RunPython.noop),
    ]
