"""What every page carries: who is looking, where they are, and which edition of Watchkeep this is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from watchkeep import __version__
from watchkeep.web.permissions import ROUTES, permitted

SECTIONS = (
    ("Home", "home", frozenset({"home"})),
    ("Register", "register", frozenset({"register", "risk", "place"})),
    ("Bring in", "bring-in", frozenset({"bring-in", "import", "correct"})),
    ("Papers", "papers", frozenset({"papers", "edition", "preview"})),
    ("History", "history", frozenset({"history", "verify"})),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The viewer and their menu; a page outside any session has neither."""
    user = getattr(request, "user", None)
    role = getattr(user, "role", None) if user is not None and user.is_authenticated else None
    if role is None:
        return {"version": __version__}
    here = request.resolver_match.view_name if request.resolver_match else ""
    menu = [
        {
            "name": name,
            "link": reverse(route),
            "here": here in routes,
            "current": "page" if here == route else "true",
        }
        for name, route, routes in SECTIONS
        if route in ROUTES and permitted(ROUTES[route], role)
    ]
    return {"version": __version__, "viewer": user, "may_change": role == "administrator", "navigation": menu}
