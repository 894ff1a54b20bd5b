"""The search's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.search.queries import Found, Hit, search
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.pieces import Pager
from watchkeep.web.register.links import risk_link
from watchkeep.web.search.forms import SearchForm

NAMES: Final = {
    "risk": "Risk",
    "control": "Control",
    "promise": "Promise",
    "indicator": "Indicator",
    "note": "Note on an indicator",
    "event": "Event",
    "comment": "Comment",
    "challenge": "Challenge",
    "decision": "Decision",
    "objective": "Objective",
    "category": "Category",
    "board": "Board",
}
SHOWN_WORDS: Final = 200  # signs of what was asked that go into a link


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with what it is called and where it leads."""

    hit: Hit
    kind: str
    link: str


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Everything that has the words and that the viewer may see, the best first."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    form = SearchForm(request.GET)
    words, kind, number = form.asked()
    kind = kind if kind in NAMES else ""
    found = search(viewer, words, clock, number, kind)
    return render(
        request,
        "search/page.html",
        {
            "asked": words[:SHOWN_WORDS],
            "kind": kind,
            "kinds": NAMES.items(),
            "found": found,
            "hits": [ShownHit(each, NAMES[each.kind], _link(each)) for each in found.hits],
            "pager": _pager(found, words, kind),
        },
    )


def _link(hit: Hit) -> str:
    """The page that shows it: of the thing itself, or of what it was said about."""
    if hit.meeting_on:
        return reverse("meeting", args=[hit.board, hit.meeting_on.isoformat()])
    if hit.kind in ("objective", "category"):
        return ""
    if hit.control:
        return reverse("control", args=[hit.control])
    if hit.promise:
        return reverse("promise", args=[hit.promise])
    if hit.indicator:
        return reverse("indicator", args=[hit.indicator])
    if hit.risk_key:
        return risk_link(hit.risk_key, hit.register_slug)
    return reverse("board", args=[hit.board]) if hit.board else ""


def _pager(found: Found, words: str, kind: str) -> Pager:
    def address(page: int) -> str:
        asked = {"q": words[:SHOWN_WORDS], "kind": kind, "page": str(page)}
        return f"{reverse('search')}?{urlencode({name: said for name, said in asked.items() if said})}"

    return Pager(
        found.page,
        found.pages,
        newer=address(found.page - 1) if found.page > 1 else "",
        older=address(found.page + 1) if found.page < found.pages else "",
    )
