"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """See the package."""

    name = "watchkeep.apps.evidence"
    label = "evidence"
