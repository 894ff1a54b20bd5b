"""On what a risk is judged, and every judgement that was made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from watchkeep.apps.history.standing import told
from watchkeep.apps.register.models import Assessment, Register, RiskVersion
from watchkeep.apps.register.queries.registers import cover_as_at
from watchkeep.apps.register.queries.scales import graded_of, scale_shown, scale_used
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain import document
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.matrix import Graded
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One judgement of a risk or a part of it, at a stage; the texts as they were given."""

    stage: str
    part: str | None
    rating: str
    likelihood: str
    impact: str
    score: str
    rationale: str
    basis: str
    by: str
    on: date  # the day it speaks of
    known_at: datetime
    scale: UUID  # the version of the scale that it was made on
    stands: bool  # whether nothing later was said of the same


def graded_for(register: Register, on: date | None = None) -> Graded | None:
    """The body's scale that a register is assessed on, on a day; none where it takes its papers' words."""
    row = scale_used(register, on)
    return graded_of(row) if row else None


def scale_of(register: Register, on: date) -> document.Scale:
    """The bands that ratings of a register are read on, on a day: the body's, else its papers'."""
    own = scale_shown(register.family_id, Clock(on))
    if own is not None:
        return own
    cover = cover_as_at(register.pk, Clock(on))
    return document.RegisterDocument.model_validate_json(cover.document).scale if cover else document.Scale()


def assessments(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[AssessmentRow, ...]:
    """Every judgement of a risk that the clock lets be known, the latest first; one that later versions only
    carried over stands once, where it was made.
    """
    versions = told(RiskVersion.objects.filter(risk__in=visible_risks(viewer).filter(pk=risk)), clock)
    rows = Assessment.objects.filter(version__in=versions).select_related("version")
    found: list[AssessmentRow] = []
    last: dict[tuple[str, str | None], tuple[object, ...]] = {}
    for each in rows.order_by("version__effective_on", "version__number", "position"):
        which = (each.stage, each.part)
        words = (each.rating, each.likelihood, each.impact, each.score)
        said = (*words, each.rationale, each.basis, each.by, each.on)
        if last.get(which) == said or not any(words):
            continue
        last[which] = said
        found.append(_row(each))
    newest: set[tuple[str, str | None]] = set()
    shown = []
    for row in reversed(found):
        stands = (row.stage, row.part) not in newest
        newest.add((row.stage, row.part))
        shown.append(replace(row, stands=stands))
    return tuple(shown)


def _row(each: Assessment) -> AssessmentRow:
    return AssessmentRow(
        each.stage,
        each.part,
        each.rating,
        each.likelihood,
        each.impact,
        each.score,
        each.rationale,
        each.basis,
        each.by,
        each.on or each.version.effective_on,
        each.version.known_at,
        each.scale_id or each.version.scale_id,
        True,
    )
