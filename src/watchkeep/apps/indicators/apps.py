"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """See the package."""

    name = "watchkeep.apps.indicators"
    label = "indicators"
