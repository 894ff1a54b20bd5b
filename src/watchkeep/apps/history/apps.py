"""Django's name for this app, and what it watches: each connection, and the end of every migration."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    """See the package."""

    name = "watchkeep.apps.history"
    label = "history"

    def ready(self) -> None:
        """Watch durability on every connection; put the triggers back whenever tables may have changed."""
        from watchkeep.apps.history import durability, triggers

        connection_created.connect(durability.on_connection, dispatch_uid="watchkeep.durability")
        register(durability.check_database, Tags.database)
        post_migrate.connect(triggers.after_migrating, dispatch_uid="watchkeep.triggers")
