"""A comment on a review names it: while the review is open, its words are found by who may follow it."""

from __future__ import annotations

from uuid import UUID

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_reviews(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    passages = apps.get_model("search", "Passage").objects.using(editor.connection.alias)
    comments = apps.get_model("discussion", "Comment").objects.using(editor.connection.alias)
    for row in comments.filter(subject_kind="review").iterator():
        passages.filter(key=f"comment:{row.pk}").update(review=UUID(row.subject_id))


class Migration(migrations.Migration):
    dependencies = (
        ("search", "0001_initial"),
        ("discussion", "0002_who_took_a_file_away"),
    )

    operations = (
        migrations.AddField(model_name="passage", name="review", field=models.UUIDField(null=True)),
        migrations.RunPython(name_reviews, migrations.RunPython.noop),
    )
