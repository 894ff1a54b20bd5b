"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package."""

    name = "watchkeep.apps.notices"
    label = "notices"
