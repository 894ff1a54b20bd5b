"""The section on what bears on a risk: links to others, what was merged into it, what happened around it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.register.queries import (
    EventRow,
    LinkRow,
    MergedRow,
    RiskPage,
    StateRow,
    events,
    links,
    merged_into,
    states,
)
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.link import ESCALATED
from watchkeep.domain.people import Actor, may
from watchkeep.domain.risk_state import may_change
from watchkeep.web.register.links import risk_link

TEMPLATE = "risk/bearing_section.html"


@dataclass(frozen=True, slots=True)
class Linked:
    """A link with where it leads, and where it is ended or looked at, by who may."""

    row: LinkRow
    link: str
    end: str
    look: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with where it is set right, by who may."""

    row: EventRow
    correct: str


@dataclass(frozen=True, slots=True)
class BearingSection:
    """Everything that bears on the risk from outside its own words."""

    links: tuple[Linked, ...]
    circle: tuple[str, ...]
    hidden: int
    merged: tuple[tuple[MergedRow, str], ...]
    events: tuple[Happened, ...]
    states: tuple[StateRow, ...]
    link_new: str
    event_new: str


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> BearingSection:
    """What bore on the risk by the clock."""
    changing = not clock.past and may_change(viewer, page.place, page.owner_post) is None
    telling = not clock.past and may(viewer, "comment", page.place) is None
    found = links(viewer, page.id, clock)
    gone = page.state in ("closed", "merged")
    return BearingSection(
        links=tuple(_linked(page, each, changing=changing) for each in found.rows),
        circle=(*found.circle, found.circle[0]) if found.circle else (),
        hidden=found.hidden,
        merged=tuple(
            (each, risk_link(each.key, page.register.slug)) for each in merged_into(viewer, page.id, clock)
        ),
        events=tuple(
            Happened(each, _at(page, "risk-event", event=str(each.id)) if telling else "")
            for each in events(viewer, page.id, clock)
        ),
        states=states(viewer, page.id, clock),
        link_new=_at(page, "risk-link-new") if changing and not gone else "",
        event_new=_at(page, "risk-event") if telling else "",
    )


def _linked(page: RiskPage, row: LinkRow, *, changing: bool) -> Linked:
    own = changing and row.kind != ESCALATED
    return Linked(
        row,
        risk_link(row.other_key, row.register_slug),
        _at(page, "risk-link-end", link=str(row.id)) if own else "",
        _at(page, "risk-link-look", link=str(row.id)) if own and row.changed else "",
    )


def _at(page: RiskPage, route: str, **asked: str) -> str:
    query = urlencode({"register": page.register.slug} | asked)
    return f"{reverse(route, args=[page.key])}?{query}"
