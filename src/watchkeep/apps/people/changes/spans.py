"""What holds from a day to a day: how its end is written."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from watchkeep.apps.history.models import Span


def end_span(span: Span, *, on: date, reason: str) -> None:
    """Say from which day on it no longer holds, and that this was learned now."""
    span.until_on, span.until_known_at, span.until_reason = on, timezone.now(), reason
    span.save()
