"""The page of the feeds; they are opened and stopped at the command line, where their secrets are known."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from watchkeep.apps.indicators.queries.feeds import feeds as all_feeds
from watchkeep.apps.people.queries import viewer_of


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed with its last pulls, and which are late."""
    now = timezone.now()
    found = [(each, each.late(now)) for each in all_feeds(viewer_of(request.user))]
    late = sum(is_late for _, is_late in found)
    return render(request, "indicators/feeds/page.html", {"feeds": found, "late": late})
