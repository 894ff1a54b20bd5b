"""A risk's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.queries import Passage, RiskPage
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Scale
from watchkeep.domain.fields import fields_of
from watchkeep.domain.people import Actor, may
from watchkeep.domain.post import without_holder
from watchkeep.jobs import happenings
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.happenings import happening
from watchkeep.web.components.marks import standing_mark
from watchkeep.web.components.pieces import Source
from watchkeep.web.components.places import labels, place_link
from watchkeep.web.components.tags import day
from watchkeep.web.register.links import register_link, risk_link
from watchkeep.web.risk import (
    appetite_section,
    bearing_section,
    boards_section,
    controls_section,
    figures_section,
    judged_section,
    promises_section,
    rests_section,
    review_section,
    talk_section,
    words_section,
)
from watchkeep.web.risk.asking import ask, holding, own_link, the_risk
from watchkeep.web.risk.course import course
from watchkeep.web.risk.doing import doings
from watchkeep.web.risk.forms import ClosingForm
from watchkeep.web.risk.sheet import sheet


@require_safe
def risk(request: HttpRequest, key: str) -> HttpResponse:
    """Everything known of one risk."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    asked = request.GET.get("register", "")
    found = holding(viewer, key, asked, clock)
    if len(found) > 1:
        choices = [{"row": each, "link": risk_link(key, each.slug)} for each in found]
        return render(request, "risk/choose.html", {"reference": key, "choices": choices})
    page = queries.risk(viewer, found[0].slug, key, clock)
    sources = _sources(page)
    appetite = appetite_section.section(viewer, page, clock)
    above = queries.came_from(viewer, page.id) is not None
    told = happenings.entries(viewer, subject=("risk", str(page.id)), clock=clock)
    return render(
        request,
        "risk/page.html",
        {
            "register": page.register,
            "register_link": register_link(page.register.slug),
            "state": page.state,
            "closed_on": page.closed_on,
            "closed_because": page.closed_because,
            # Bands of several scales are not drawn on one: the section on appetite restates them, apart.
            "course": course(Scale() if appetite.restating else page.scale, page.course),
            "closing_query": urlencode({"risk": key, "register": page.register.slug}),
            "closing": _closing(viewer, page, clock),
            "above": above,
            "owner_gone": _owner_gone(viewer, page, clock),
            "doings": None if clock.past else doings(viewer, page, above=above),
            "sheet": sheet(page.scale, page.value, sources, page.quarters),
            "name_source": sources.get("name") or sources.get("reference"),
            "band": standing_mark(page.scale, page.value.standing),
            "appetite_section": appetite,
            "words_section": words_section.section(viewer, page, clock),
            "rests_section": rests_section.section(viewer, page, clock),
            "figures_section": figures_section.section(viewer, page, clock),
            "controls_section": controls_section.section(viewer, page, clock),
            "promises_section": promises_section.section(viewer, page, clock),
            "judged_section": judged_section.section(viewer, page, clock),
            "bearing_section": bearing_section.section(viewer, page, clock),
            "boards_section": boards_section.section(viewer, page, clock),
            "talk": talk_section.section(viewer, page, clock),
            "review_section": review_section.section(viewer, page, clock),
            "entries": [happening(each, page.key) for each in told.rows],
        },
    )


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the risk that was looked at, saying why."""
    viewer = viewer_of(request.user)
    key = request.GET.get("risk", "")
    page = the_risk(request, viewer, key)
    form = ClosingForm(request.POST, label_suffix="", auto_id="close_%s")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        given = {name: said[name] for name in ("closed_on", "reason")}
        changes.close_risk(by=viewer, risk=page.id, version=said["version"] or 0, **given)
        return f"{page.label} is closed; what was said of it stays.", own_link(page)

    return ask(
        request,
        form,
        change,
        title=f"Close {page.label}",
        button="Close it",
        back=own_link(page),
        back_to=page.label,
    )


def _owner_gone(viewer: Actor, page: RiskPage, clock: Clock) -> str:
    """What is wrong with the post that answers for the risk, in a sentence."""
    if page.owner_post is None or page.state in ("closed", "merged"):
        return ""
    row = people.post(viewer, page.owner_post, clock)
    on = clock.day or timezone.localdate()
    held, deputised = bool(row.holders), bool(row.deputies)
    return without_holder(row.title, row.abolished_on, on, held=held, deputised=deputised)


def _closing(viewer: Actor, page: RiskPage, clock: Clock) -> ClosingForm | None:
    """The form, for the version that is looked at; nothing where the risk is not closed from here."""
    if clock.past or page.state not in ("draft", "open") or may(viewer, "change risks", page.place):
        return None
    day = page.register.as_at or timezone.localdate()
    return ClosingForm(
        initial={"closed_on": max(day, page.since), "version": page.version},
        label_suffix="",
        auto_id="close_%s",
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
