"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    """See the package."""

    name = "watchkeep.apps.scrutiny"
    label = "scrutiny"
