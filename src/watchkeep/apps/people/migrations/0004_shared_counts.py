"""The table in which several processes count together: failed sign-ins, letters asked for."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(apps: Any, schema_editor: Any) -> None:
    """On the database that is being migrated, whatever its engine."""
    call_command("createcachetable", "shared_counts", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_versions_and_sessions")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
