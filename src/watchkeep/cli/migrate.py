"""`watchkeep migrate`: make the database, or bring it up to this version."""

from __future__ import annotations

from watchkeep.cli.printing import echo
from watchkeep.cli.records import records


def migrate() -> None:
    """Make the database, or bring it up to this version of Watchkeep."""
    with records():
        from django.core.management import call_command
        from django.db import connection

        from watchkeep.apps.history import triggers

        call_command("migrate", interactive=False, verbosity=0)
        missing = triggers.missing_from(connection)
        echo(f"The database is ready ({connection.vendor}; {'triggers missing!' if missing else 'guarded'}).")
