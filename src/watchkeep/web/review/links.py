"""The addresses of the review's pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.reviews.queries.cycles import CycleRow
from watchkeep.domain.staleness import Ask
from watchkeep.web.register.links import risk_link


def cycle_link(row: CycleRow) -> str:
    """A quarter's review."""
    return reverse("cycle", args=[row.register_slug, row.slug])


def review_link(row: CycleRow, key: str) -> str:
    """One risk's review in it."""
    return reverse("review", args=[row.register_slug, row.slug, key])


def step_link(row: CycleRow, key: str, step: str) -> str:
    """Where a step of that review is sent."""
    return f"{reverse('review-step', args=[row.register_slug, row.slug, step])}?{urlencode({'risk': key})}"


def ask_link(ask: Ask) -> str:
    """What something that is asked leads to, where a page of ours shows it."""
    kind, key = ask.about
    return risk_link(key) if kind == "risk" and key else ""
