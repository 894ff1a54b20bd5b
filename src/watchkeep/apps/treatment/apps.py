"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    """See the package."""

    name = "watchkeep.apps.treatment"
    label = "treatment"
