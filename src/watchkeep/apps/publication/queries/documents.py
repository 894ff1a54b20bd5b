"""A register with all that stands behind its words: what lint, papers, differences and redaction read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.evidence.queries import statements_of
from watchkeep.apps.history.standing import holding
from watchkeep.apps.publication.queries.markings import rules_of
from watchkeep.apps.publication.queries.measured import Judged, judged_in, measured_for
from watchkeep.apps.register import queries as register_queries
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.apps.treatment.models import Commitment, CommitmentUse
from watchkeep.apps.treatment.queries.commitments import CommitmentRow, rows_of
from watchkeep.apps.treatment.queries.sorting import promised_lines
from watchkeep.domain import commitment as commitments
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Promise, PromiseState, RegisterDocument, Risk
from watchkeep.domain.people import Actor
from watchkeep.domain.sorting import digest

# A paper says that an agreement is over, and that something was done late, by its days.
SAID: dict[commitments.State, PromiseState] = {
    "overdue": "overdue",
    "lapsed": "overdue",
    "delivered without effect": "delivered without effect",
    "due soon": "due soon",
    "no date": "no date",
    "waiting": "waiting",
    "done late": "done",
    "done": "done",
    "dropped": "dropped",
}


def document_for(
    viewer: Actor, which: str | UUID, clock: Clock = PRESENT, *, on: date | None = None
) -> RegisterDocument:
    """The register as `register.queries.document` reads it, and for each risk its promises, its indicators,
    what its sentences rest on, and who may not read what. A fixed number of statements.

    Promises stand as they stood on the day that the document speaks of, or `on` another where that is asked.
    Indicators tell their last readings by the clock, each under its own period.
    """
    value = register_queries.document(viewer, which, clock)
    row = register_queries.register(viewer, which, clock)
    day = on or clock.day or value.as_at.on or timezone.localdate()
    spoken = on or value.as_at.on
    told = _with_proof(viewer, row, value.risks, clock, day, spoken, judged_in(value))
    rules = rules_of(viewer, row.id, told, clock)
    risks = tuple(each.model_copy(update={"rules": rules.get(each.key, ())}) for each in told)
    return value.model_copy(update={"risks": risks})


def promised_for(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> RegisterDocument:
    """The register with its promises and nothing besides: what a page counts, as a paper counts it."""
    value = register_queries.document(viewer, which, clock)
    row = register_queries.register(viewer, which, clock)
    day = clock.day or value.as_at.on or timezone.localdate()
    promises = _promises(viewer, row, value.risks, clock, day)
    risks = tuple(each.model_copy(update={"promises": promises.get(each.key, ())}) for each in value.risks)
    return value.model_copy(update={"risks": risks})


def risk_for(viewer: Actor, register: RegisterRow, value: Risk, clock: Clock, on: date) -> Risk:
    """One risk of a register with its promises, indicators and what its sentences rest on, as at a day."""
    return _with_proof(viewer, register, (value,), clock, on, on, None)[0]


def _with_proof(
    viewer: Actor,
    register: RegisterRow,
    risks: Sequence[Risk],
    clock: Clock,
    day: date,
    spoken: date | None,
    period: Judged | None,
) -> list[Risk]:
    promises = _promises(viewer, register, risks, clock, day)
    statements = statements_of(viewer, register.id, risks, clock, day=spoken)
    measured = measured_for(viewer, register, risks, clock, period)
    return [
        each.model_copy(
            update={
                "promises": promises.get(each.key, ()),
                "statements": statements.get(each.key, ()),
                **measured.get(each.key, {}),
            }
        )
        for each in risks
    ]


def _promises(
    viewer: Actor, register: RegisterRow, risks: Sequence[Risk], clock: Clock, day: date
) -> dict[str, tuple[Promise, ...]]:
    """By the key of its risk, each promise that bears on it, in the order of their references."""
    among = register_queries.visible_risks(viewer).filter(register=register.id)
    if len(risks) == 1:
        among = among.filter(key=risks[0].key)
    bearing = holding(CommitmentUse.objects.filter(risk__in=among), clock, timezone.localdate())
    rows = rows_of(viewer, Commitment.objects.filter(pk__in=bearing.values("commitment")), clock)
    lines = _lines(risks, promised_lines(among, clock))
    found: dict[str, dict[UUID, Promise]] = defaultdict(dict)
    for row in sorted(rows, key=lambda each: (len(each.reference), each.reference)):
        for each in row.bears_on:
            if each.register == register.slug:
                parts = {use.part for use in row.bears_on if use.risk == each.risk}
                made_from = lines.get((each.risk_key, row.id), ())
                found[each.risk_key][row.id] = _promise(row, parts, day, made_from)
    return {key: tuple(those.values()) for key, those in found.items()}


def _lines(
    risks: Sequence[Risk], promised: Mapping[tuple[str, str], UUID]
) -> dict[tuple[str, UUID], tuple[str, ...]]:
    """By risk and promise, the lines as the register says them now."""
    found: dict[tuple[str, UUID], dict[str, None]] = defaultdict(dict)
    for risk in risks:
        for line in (*risk.controls, *risk.actions):
            promise = promised.get((risk.key, digest(line.text or "")))
            if promise and line.text:
                found[risk.key, promise][line.text] = None
    return {which: tuple(lines) for which, lines in found.items()}


def _promise(row: CommitmentRow, parts: set[str], day: date, lines: tuple[str, ...]) -> Promise:
    """`parts`: those of the risk that it bears on; the whole where there is more than one, or none."""
    state = SAID[commitments.stands(row.facts, day).state]
    settled = row.facts.outcome_on if state in ("done", "dropped", "delivered without effect") else None
    slips = [each for each in row.slips if each.on <= day]
    return Promise(
        key=str(row.id),
        kind=row.kind,
        title=row.title,
        owner=row.owner,
        due=row.due_on,
        first_due=row.original_due,
        slips=len(slips),
        slip_reason=slips[-1].reason if slips else "",
        state=state,
        settled_on=settled,
        outcome=row.outcome_note if settled else "",
        part=next(iter(parts)) or None if len(parts) == 1 else None,
        lines=lines,
    )
