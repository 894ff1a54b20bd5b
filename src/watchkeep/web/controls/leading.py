"""What posts lead, for the page on concentration: risks and controls, and the boards that they chair."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from watchkeep.apps.reviews.queries.boards import boards
from watchkeep.domain.clock import Clock
from watchkeep.domain.concentration import Lead, Leading
from watchkeep.domain.people import Actor
from watchkeep.web.register.links import risk_link


def structures(viewer: Actor, clock: Clock) -> tuple[Lead, ...]:
    """The boards that posts chair, of those that the viewer may see and that meet."""
    return tuple(
        Lead(str(seat.post), seat.title, "structure", board.name, board.slug)
        for board in boards(viewer, clock)
        if board.stood_down_on is None
        for seat in board.seats
        if seat.title == board.chair
    )


def busy(found: Leading) -> dict[str, Any]:
    """A post with what it leads, each thing with its address."""
    return {
        "title": found.title,
        "count": len(found.leads),
        "risks": [(each.label, _risk(each)) for each in found.of("risk")],
        "controls": [(each.label, reverse("control", args=[each.key])) for each in found.of("control")],
        "structures": [(each.label, reverse("board", args=[each.key])) for each in found.of("structure")],
    }


def _risk(lead: Lead) -> str:
    register, _, key = lead.key.partition("/")
    return risk_link(key, register)
