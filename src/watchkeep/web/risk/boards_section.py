"""The section on boards of a risk's page: where it was talked about, what was asked, what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.apps.register.queries import RiskPage
from watchkeep.apps.reviews.queries import Discussed, discussed
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor
from watchkeep.web.components.tags import counted

TEMPLATE = "risk/boards_section.html"


@dataclass(frozen=True, slots=True)
class BoardsSection:
    """Every meeting that had the risk before it, or will have; the latest first."""

    finding: str
    rows: tuple[Discussed, ...]


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> BoardsSection:
    """Where the risk was before a board that the viewer may see, by the clock."""
    rows = tuple(each for each in discussed(viewer, page.id, clock) if each.state != "cancelled")
    return BoardsSection(_finding(rows), rows)


def _finding(rows: tuple[Discussed, ...]) -> str:
    held = [each for each in rows if each.state == "held"]
    ahead = [each for each in reversed(rows) if each.state == "planned"]
    if not rows:
        return "It has not been before a board."
    decided = sum(len(each.decisions) for each in rows)
    said = (
        [f"It was before {counted(len(held), 'meeting,meetings')}, the last on {written(held[0].on)}"]
        if held
        else []
    )
    if decided:
        said.append(f"{counted(decided, 'decision was,decisions were')} taken")
    if ahead:
        said.append(f"It is on the agenda of {ahead[0].board} on {written(ahead[0].on)}")
    return f"{'. '.join(said)}."
