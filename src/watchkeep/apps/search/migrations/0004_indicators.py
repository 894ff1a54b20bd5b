"""Indicators are found by what they measure, and by what was noted of them. After a migration of the search the
index is made again, so that those that are there are taken up.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ("search", "0003_risks_above_by_the_words_below"),
        ("indicators", "0006_effects_found"),
    )

    operations = (
        migrations.AddField(model_name="passage", name="indicator", field=models.UUIDField(null=True)),
    )
