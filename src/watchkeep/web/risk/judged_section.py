"""The section on judgement of a risk's page: what the rule makes of its parts, and all that was judged."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.apps.register.queries import AssessmentRow, RiskPage, assessments
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Field, Stage
from watchkeep.domain.parts import Whole, whole
from watchkeep.domain.people import Actor
from watchkeep.web.components.marks import BandMark, band_mark
from watchkeep.web.risk.sheet import STAGES

TEMPLATE = "risk/judged_section.html"
RATED: tuple[Stage, ...] = ("residual", "inherent", "target")


@dataclass(frozen=True, slots=True)
class Row:
    """One judgement with its rating as a mark, where it gave one."""

    row: AssessmentRow
    stage: str
    mark: BandMark | None


@dataclass(frozen=True, slots=True)
class JudgedSection:
    """Every judgement, the latest first, and what the rule makes of the parts."""

    rows: tuple[Row, ...]
    wholes: tuple[tuple[str, Whole], ...]


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> JudgedSection:
    """What was judged of the risk by the clock."""
    found = assessments(viewer, page.id, clock)
    wholes = [(STAGES[stage], whole(page.value, page.scale, stage)) for stage in RATED]
    return JudgedSection(
        tuple(Row(each, STAGES.get(each.stage, each.stage), _mark(page, each)) for each in found),
        tuple((name, each) for name, each in wholes if each),
    )


def _mark(page: RiskPage, each: AssessmentRow) -> BandMark | None:
    return band_mark(page.scale, Field(state="recorded", text=each.rating)) if each.rating else None
