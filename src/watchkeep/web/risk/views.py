"""A risk's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeep.apps.history import queries as ledger
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import Passage, RiskPage
from watchkeep.domain.fields import fields_of
from watchkeep.web.components.happenings import happening
from watchkeep.web.components.marks import standing_mark
from watchkeep.web.components.pieces import Source
from watchkeep.web.components.places import labels, place_link
from watchkeep.web.components.tags import day
from watchkeep.web.register.links import register_link
from watchkeep.web.register.views import register_asked_for
from watchkeep.web.risk.sheet import sheet


@require_safe
def risk(request: HttpRequest, key: str) -> HttpResponse:
    """Everything known of one risk."""
    viewer = viewer_of(request.user)
    slug = register_asked_for(viewer, request.GET.get("register", "")).slug
    page = queries.risk(viewer, slug, key)
    sources = _sources(page)
    return render(
        request,
        "risk/page.html",
        {
            "register": page.register,
            "register_link": register_link(request.GET.get("register", "")),
            "state": page.state,
            "closed_on": page.closed_on,
            "sheet": sheet(page.scale, page.value, sources),
            "name_source": sources.get("name") or sources.get("reference"),
            "band": standing_mark(page.scale, page.value.standing),
            "entries": [
                happening(each) for each in ledger.entries(viewer, subject=("risk", str(page.id))).rows
            ],
        },
    )


def _sources(page: RiskPage) -> dict[str, Source]:
    from_field = {path: field.text or "" for path, field in fields_of(page.value)}
    return {each.path: _source(each, from_field.get(each.path, "")) for each in page.passages}


def _source(passage: Passage, text: str) -> Source:
    return Source(
        text=text,
        file=passage.file_name,
        places=labels(passage.places),
        confidence=passage.confidence,
        reason=passage.reason,
        link=place_link(passage.file_sha256, passage.places),
        confirmed=f"Accepted by {passage.confirmed_by} on {day(passage.confirmed_at.date())}."
        if passage.confirmed_by
        else "",
    )
