"""What bears on a risk: links to others, and what happened around it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.domain.errors import Missing
from watchkeep.domain.parts import parts_of
from watchkeep.domain.people import must, obey
from watchkeep.domain.risk_state import may_amend, may_change, state_named
from watchkeep.web.risk.asking import ask, own_link, the_risk
from watchkeep.web.risk.forms import EventForm, LinkForm
from watchkeep.web.settings import boxes

ASKS = require_http_methods(["GET", "HEAD", "POST"])


class EndForm(boxes.Asking):
    """From when a link holds no more, and why."""

    reason = boxes.reason("Why does it hold no more?")
    on = boxes.day("Until")


@ASKS
def risk_link_new(request: HttpRequest, key: str) -> HttpResponse:
    """Say how a risk bears on another."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    if request.method != "POST":
        obey(
            may_change(viewer, page.place, page.owner_post) or may_amend(state_named(page.state), page.label)
        )
    others = [(str(each.id), each.label) for each in queries.other_risks(viewer, page.id)]
    form = LinkForm(request.POST or None, others=others, auto_id="link-%s")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        way, _, kind = said["kind"].partition(" ")
        ends = (page.id, UUID(said["other"]))
        source, target = ends if way == "out" else ends[::-1]
        changes.link_risks(
            by=viewer, source=source, target=target, kind=kind, from_on=said["on"], note=said["note"]
        )
        return "The two are linked.", f"{own_link(page)}#links"

    return ask(
        request,
        form,
        change,
        title=f"Link {page.label} to another risk",
        button="Link them",
        back=own_link(page),
        back_to=page.label,
    )


@ASKS
def risk_link_end(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a link holds no more."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    link = _link(request)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.end_link(by=viewer, link=link, until_on=said["on"], reason=said["reason"])
        return "The link has ended; that it held stays to be seen.", f"{own_link(page)}#links"

    return ask(
        request,
        EndForm(request.POST or None),
        change,
        title=f"End a link of {page.label}",
        button="End it",
        back=own_link(page),
        back_to=page.label,
    )


@require_POST
def risk_link_look(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a link still holds after its other side moved."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    changes.look_at_link(by=viewer, link=_link(request))
    messages.success(request, "The link was looked at, and still holds.")
    return redirect(f"{own_link(page)}#links")


@ASKS
def risk_event(request: HttpRequest, key: str) -> HttpResponse:
    """Record something that happened; or, of one that was recorded, what was wrong or came of it."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    if request.method != "POST":
        must(viewer, "comment", page.place)
    asked = request.GET.get("event", "")
    told = next((each for each in queries.events(viewer, page.id) if str(each.id) == asked), None)
    if asked and told is None:
        raise Missing("There is no such event.")
    initial: dict[str, Any] = {"on": timezone.localdate()}
    if told:
        initial = {name: getattr(told, name) for name in ("kind", "title", "text", "outcome", "on")}
    offered = [] if told else [each.marker for each in parts_of(page.value)]
    form = EventForm(
        request.POST or None, parts_offered=offered, why=told is not None, initial=initial, auto_id="event-%s"
    )

    def change(said: dict[str, Any]) -> tuple[str, str]:
        given = {each: said[each] for each in ("kind", "title", "text", "outcome", "on")}
        if told:
            changes.correct_event(by=viewer, event=told.id, reason=said["reason"], **given)
            return "It is set right; what was told before stays.", f"{own_link(page)}#events"
        changes.record_event(by=viewer, risks=[page.id], part=said.get("part", ""), **given)
        return "It is recorded.", f"{own_link(page)}#events"

    return ask(
        request,
        form,
        change,
        title=f"Set right: {told.title}" if told else f"What happened around {page.label}",
        button="Set it right" if told else "Record it",
        back=own_link(page),
        back_to=page.label,
    )


def _link(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("link", ""))
    except ValueError:
        raise Missing("There is no such link.") from None
