"""What every page carries: who is looking, where they are, and which edition of Watchkeep this is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from watchkeep import __version__
from watchkeep.apps.people.queries import viewer_of
from watchkeep.web.components.clock import banner, other_day
from watchkeep.web.permissions import Permissions, opens
from watchkeep.web.settings.sections import ROUTES as SETTINGS
from watchkeep.web.settings.sections import side

SECTIONS = (
    ("Home", "home", frozenset({"home"})),
    (
        "Register",
        "register",
        frozenset({"register", "risk", "place", "words", "words-answer", "words-take-back"}),
    ),
    (
        "Indicators",
        "indicators",
        frozenset(
            {"indicators", "indicators-grid", "indicator", "indicator-new", "indicator-read"}
            | {"indicator-redefine", "indicator-target", "indicator-target-end", "indicator-rebase"}
            | {"indicator-annotate", "indicator-attach", "indicator-detach"}
            | {"forecasts", "forecast-ask", "forecast-guess", "forecast-settle"}
        ),
    ),
    (
        "Controls",
        "controls",
        frozenset(
            {"controls", "control", "assurance", "concentration", "control-add", "control-amend"}
            | {"control-stand-down", "control-stand-up", "control-apply", "control-end"}
            | {"check", "check-record", "check-correct"}
        ),
    ),
    (
        "Promises",
        "promises",
        frozenset(
            {"promises", "promise", "promise-new", "promise-amend", "promise-slip", "promise-done"}
            | {"promise-drop", "promise-again", "promise-effect", "promise-needs", "promise-freed"}
            | {"promise-bears", "promise-leaves", "sorting", "sort-risk"}
        ),
    ),
    ("Review", "reviews", frozenset({"reviews", "cycle", "review", "open-review", "roll-forward"})),
    ("Bring in", "bring-in", frozenset({"bring-in", "import", "correct"})),
    (
        "Boards",
        "boards",
        frozenset({"boards", "board", "meeting", "open-board", "amend-board", "minute", "correct-decision"})
        | {"seat", "plan-meeting", "stand-down-board", "put-on-agenda", "hold-meeting", "move-meeting"}
        | {"cancel-meeting", "decide"},
    ),
    ("Papers", "papers", frozenset({"papers", "edition", "preview", "check-paper", "publish"})),
    ("History", "history", frozenset({"history", "verify"})),
    ("Settings", "settings", SETTINGS),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The viewer, what they may do and their menu; a page outside any session has none of these."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"version": __version__}
    viewer = viewer_of(user)
    here = request.resolver_match.view_name if request.resolver_match else ""
    menu = [
        {
            "name": name,
            "link": reverse(route),
            "here": here in routes,
            "current": "page" if here == route else "true",
        }
        for name, route, routes in SECTIONS
        if opens(route, viewer)
    ]
    return {
        "version": __version__,
        "viewer": viewer,
        "may": Permissions(viewer),
        "navigation": menu,
        "side": side(here, viewer),
        "past": banner(request),
        "other_day": other_day(request),
    }
