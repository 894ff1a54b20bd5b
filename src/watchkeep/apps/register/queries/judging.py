"""On what a risk is judged, and every judgement that was made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from watchkeep.apps.history.standing import told
from watchkeep.apps.register.models import Assessment, Register, RiskVersion
from watchkeep.apps.register.queries.registers import cover_as_at
from watchkeep.apps.register.queries.scales import graded_of, scale_shown, scale_used
from watchkeep.apps.register.queries.scope import visible, visible_risks
from watchkeep.domain import document
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.matrix import Graded
from watchkeep.domain.people import Actor

RATED: Final = 4  # of what an assessment says, so many rate; the rest says why, by whom and when


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


def graded_in(viewer: Actor, register: UUID, on: date | None = None) -> Graded | None:
    """The same of a register that the viewer may read."""
    found = visible(viewer).filter(pk=register).first()
    if found is None:
        raise Missing("There is no such register.")
    return graded_for(found, on)


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
    last: dict[Which, Said] = {}
    for each in _made(rows.order_by("version__number", "position")):
        if last.get(_which(each)) != _said(each):
            last[_which(each)] = _said(each)
            found.append(_row(each))
    newest: set[tuple[str, str | None]] = set()
    shown = []
    for row in reversed(found):
        stands = (row.stage, row.part) not in newest
        newest.add((row.stage, row.part))
        shown.append(replace(row, stands=stands))
    return tuple(shown)


Which = tuple[str, str | None]
Said = tuple[object, ...]


def _made(rows: Iterable[Assessment]) -> list[Assessment]:
    """Those that said something else than what stood on their day when they were said, by the days that they
    speak of. One that was carried into later words is no judgement of theirs.
    """
    stood: defaultdict[Which, list[tuple[date, int, Said]]] = defaultdict(list)
    judged: set[tuple[Which, Said]] = set()
    made = []
    for each in rows:
        which, said = _which(each), _said(each)
        day, number = each.version.effective_on, each.version.number
        before = max(
            (told for told in stood[which] if told[0] <= day), key=lambda told: told[:2], default=None
        )
        stood[which].append((day, number, said))
        known = each.on is not None and (which, said) in judged
        if any(said[:RATED]) and not known and (before is None or before[2] != said):
            judged.add((which, said))
            made.append(each)
    return sorted(made, key=lambda each: (each.version.effective_on, each.version.number, each.position))


def _which(each: Assessment) -> Which:
    return each.stage, each.part


def _said(each: Assessment) -> Said:
    rated = (each.rating, each.likelihood, each.impact, each.score)
    return (*rated, each.rationale, each.basis, each.by, each.on)


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
