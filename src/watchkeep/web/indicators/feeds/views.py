"""Feeds: opened, looked at, tried, pulled now, stopped. No page shows a secret: only its variable's name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchkeep.apps.indicators.changes import feeds as changes
from watchkeep.apps.indicators.queries.feeds import FeedRow
from watchkeep.apps.indicators.queries.feeds import feed as one_feed
from watchkeep.apps.indicators.queries.feeds import feeds as all_feeds
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.errors import Invalid, Refused, Unreadable
from watchkeep.domain.people import Actor
from watchkeep.gateways.feeds import Reach
from watchkeep.jobs import happenings
from watchkeep.jobs.feeds import pull_now
from watchkeep.jobs.pulling import Tried, open_feed, said_of, tried
from watchkeep.web.components import asking
from watchkeep.web.components.happenings import happening
from watchkeep.web.files import store
from watchkeep.web.indicators.feeds.forms import FeedForm, StopForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 20  # refused rows on the page; all of them are counted
PAGE = "indicators/feeds/feed.html"


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed with its last pull, and which are late."""
    now = timezone.now()
    found = [(each, each.late(now)) for each in all_feeds(viewer_of(request.user))]
    late = sum(is_late for _, is_late in found)
    return render(request, "indicators/feeds/page.html", {"feeds": found, "late": late})


@ASKS
def feed_new(request: HttpRequest) -> HttpResponse:
    """Open a feed, or look first at what it would bring."""
    viewer = viewer_of(request.user)
    form = FeedForm(request.POST or None, reach=reach(), initial={"kind": "csv", "every": "day"})
    template, facts = "indicators/feeds/new.html", {"title": "Open a feed"}
    if request.method == "POST" and request.POST.get("do") == "try" and form.is_valid():
        looked = _looked(form, viewer)
        answer = {"form": form, "looked": looked, "bad": looked.sorted.bad[:SHOWN] if looked else ()}
        return render(request, template, facts | answer, status=200 if looked else 400)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        made = open_feed(viewer, form.value())
        row = next(each for each in all_feeds(viewer) if each.id == made)
        return f"{row.name} is opened; it is pulled every {row.every}.", reverse("feed", args=[row.number])

    return asking.ask(request, form, _by_its_box(change), template, facts)


@require_safe
def feed(request: HttpRequest, number: int) -> HttpResponse:
    """One feed: what it pulls, what came of each pull and for whom, and what was done about it."""
    viewer = viewer_of(request.user)
    return render(request, PAGE, _facts(viewer, one_feed(viewer, number)))


@require_POST
def feed_try(request: HttpRequest, number: int) -> HttpResponse:
    """Pull it and show what would come of it; nothing is recorded."""
    viewer = viewer_of(request.user)
    row = one_feed(viewer, number)
    facts = _facts(viewer, row)
    try:
        facts["looked"] = looked = tried(viewer, row, reach())
        facts["bad"] = looked.sorted.bad[:SHOWN]
    except (Unreadable, Invalid, Refused) as problem:
        facts["failed"] = problem.sentence
    return render(request, PAGE, facts)


@require_POST
def feed_run(request: HttpRequest, number: int) -> HttpResponse:
    """Pull it now."""
    viewer = viewer_of(request.user)
    came = pull_now(viewer, one_feed(viewer, number), store(), reach())
    said = {"taken": "Pulled", "unchanged": "Pulled", "waiting": "It waits for a decision"}
    messages.success(request, f"{said.get(came.outcome, 'It failed')}: {came.sentence}")
    return redirect("feed", number)


@ASKS
def feed_stop(request: HttpRequest, number: int) -> HttpResponse:
    """Pull it no more."""
    viewer = viewer_of(request.user)
    row = one_feed(viewer, number)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.stop_feed(by=viewer, feed=row.id, reason=said["reason"])
        return f"{row.name} is pulled no more; what came stays.", reverse("feed", args=[row.number])

    back = {"back": reverse("feed", args=[number]), "back_to": row.name}
    facts = {"title": f"Stop {row.name}", "button": "Stop it"} | back
    return asking.ask(request, StopForm(request.POST or None), change, "risk/form.html", facts)


def reach() -> Reach:
    """What the operator lets feeds reach."""
    return Reach.of(settings.WATCHKEEP_FEED_HOSTS, settings.WATCHKEEP_FEED_NETWORKS)


def _looked(form: FeedForm, viewer: Actor) -> Tried | None:
    """What it would bring; where it cannot be, that is said at its box or over the form."""
    try:
        return tried(viewer, form.value(), reach())
    except Invalid as problem:
        form.add_error(_box(problem.field, form), problem.sentence)
    except (Unreadable, Refused) as problem:
        form.add_error(None, problem.sentence)
    return None


def _by_its_box(change: asking.Change) -> asking.Change:
    """The same change; what is wrong with the columns is said at the box that they were written in."""

    def named(said: dict[str, Any]) -> tuple[str, str]:
        try:
            return change(said)
        except Invalid as problem:
            raise Invalid("columns" if problem.field == "map" else problem.field, problem.sentence) from None
        except Refused as problem:
            raise Invalid("", problem.sentence) from None

    return named


def _box(field: str, form: FeedForm) -> str | None:
    field = "columns" if field in ("map", "mapping") else field
    return field if field in form.fields else None


def _facts(viewer: Actor, row: FeedRow) -> dict[str, Any]:
    now = timezone.now()
    told = happenings.entries(viewer, ("feed", str(row.id)))
    return {
        "feed": row,
        "now": now,
        "late": row.late(now),
        "next": row.next_at(now),
        "columns": said_of(row.mapping),
        "entries": [happening(each, row.name) for each in told.rows],
    }
