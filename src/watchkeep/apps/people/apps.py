"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package."""

    name = "watchkeep.apps.people"
    label = "people"
