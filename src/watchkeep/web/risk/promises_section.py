"""The section on promises of a risk's page: what is due, late, slipped, and which lines are unsorted."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.indicators.queries.effects import proposals
from watchkeep.apps.register.queries import RiskPage
from watchkeep.apps.treatment.queries import commitments_of, lines_of
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor, may
from watchkeep.web.promises.rows import Part, Row, finding, shown
from watchkeep.web.sorting.views import sort_link

TEMPLATE = "risk/promises_section.html"


@dataclass(frozen=True, slots=True)
class PromisesSection:
    """What was promised under the risk, the most pressing first; what is settled is folded away."""

    parts: tuple[Part, ...]
    open: tuple[Row, ...]
    settled: tuple[Row, ...]
    lines: int
    left: int
    sort_link: str
    new_link: str


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> PromisesSection:
    """The promises that bear on the risk, as at the clock's day."""
    rows = commitments_of(viewer, page.id, clock)
    doubted = proposals(viewer, rows, clock)
    lines = lines_of(viewer, page.id, clock)
    asked = urlencode({"risk": page.key, "register": page.register.slug})
    promises = not clock.past and any(
        may(viewer, action) is None for action in ("change controls", "answer for own risks")
    )
    return PromisesSection(
        parts=tuple(Part(each.text) for each in finding(rows, doubted)) if rows else (),
        open=shown((each for each in rows if not each.standing.settled), doubted),
        settled=shown((each for each in rows if each.standing.settled), doubted),
        lines=len(lines.lines),
        left=len(lines.left),
        sort_link=sort_link(page.key, page.register.slug),
        new_link=f"{reverse('promise-new')}?{asked}" if promises else "",
    )
