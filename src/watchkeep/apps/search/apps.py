"""Django's name for this app, and what feeds its index: every entry of the ledger, as it closes."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """See the package."""

    name = "watchkeep.apps.search"
    label = "search"

    def ready(self) -> None:
        """Follow what is written, in the same transaction; take up what was written before there was an
        index.
        """
        from watchkeep.apps.history.changes import FOLLOWERS
        from watchkeep.apps.search.changes import after_migrating, follow

        post_migrate.connect(after_migrating, sender=self, dispatch_uid="watchkeep.search")
        if follow not in FOLLOWERS:
            FOLLOWERS.append(follow)
