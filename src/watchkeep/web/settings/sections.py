"""The side list of the settings: which page each line opens, and which pages lie under it."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from watchkeep.domain.people import Actor
from watchkeep.web.permissions import opens

SIDE: Final = (
    ("Body", "settings", frozenset({"settings", "amend-body"})),
    ("Units", "units", frozenset({"units", "unit", "open-unit", "rename-unit", "move-unit", "close-unit"})),
    (
        "Posts",
        "posts",
        frozenset(
            {"posts", "post", "open-post", "rename-post", "move-post", "abolish-post", "appoint"}
            | {"end-holding"}
        ),
    ),
    (
        "People",
        "people",
        frozenset(
            {"people", "person", "add-person", "amend-person", "set-password", "change-role", "grant-role"}
            | {"end-grant", "stop-person", "resume-person", "end-sessions", "send-link", "drop-second-factor"}
        ),
    ),
    ("Roles", "roles", frozenset({"roles"})),
    ("Registers", "kept-registers", frozenset({"kept-registers", "open-register", "amend-register"})),
    ("Scales", "scales", frozenset({"scales", "scale", "new-scale", "change-scale", "use-scale"})),
    (
        "Categories and appetite",
        "categories",
        frozenset(
            {"categories", "category", "add-category", "amend-category", "retire-category"}
            | {"state-appetite"}
        ),
    ),
    (
        "Objectives",
        "objectives",
        frozenset({"objectives", "add-objective", "amend-objective", "retire-objective"}),
    ),
)
ROUTES: Final = frozenset[str]().union(*(routes for _, _, routes in SIDE))


def side(here: str, viewer: Actor) -> list[dict[str, Any]]:
    """The side list as this viewer sees it from here; empty on a page that is no setting."""
    if here not in ROUTES:
        return []
    return [
        {"name": name, "link": reverse(route), "here": here in routes, "page": here == route}
        for name, route, routes in SIDE
        if opens(route, viewer)
    ]
