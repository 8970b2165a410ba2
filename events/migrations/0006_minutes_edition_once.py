from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_minutes_editions")]

    operations = [
        migrations.RemoveField(model_name="decision", name="theme"),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.UniqueConstraint(
                fields=["numbered_in", "edition"], name="minutes_edition_once"
            ),
        ),
    ]
