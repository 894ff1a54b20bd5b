import django.db.migrations as migrations
from django.db import models


class Migration(migrations.Migration):
    dependencies = (("publication", "0003_rules_approval_matter"),)

    operations = (
        migrations.AddField("edition", "keys", models.TextField(blank=True)),
        migrations.AddField("marking", "words", models.TextField(blank=True)),
    )
