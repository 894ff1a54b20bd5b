"""What sentences were bound to, and whether that is still what it was: as at a day, as known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from watchkeep.apps.evidence.models import Binding
from watchkeep.apps.evidence.queries.measured import Measured, measured
from watchkeep.apps.evidence.queries.taking import taken_over
from watchkeep.apps.history.standing import holding, standing, told
from watchkeep.apps.register.models import Event, Risk
from watchkeep.apps.treatment.conversion import check_of
from watchkeep.apps.treatment.models import Check as CheckRecord
from watchkeep.apps.treatment.models import Commitment, CommitmentVersion, Control, ControlVersion
from watchkeep.apps.treatment.queries.promised import facts_of
from watchkeep.domain import statement as rules
from watchkeep.domain.clock import Clock
from watchkeep.domain.statement import Ground, Held, kind_named

FOLLOWED = (
    "statement__risk",
    "check_found__control",
    "promise__commitment",
    "event",
    "attachment",
    "post",
    "indicator",
)


def held_by(risks: QuerySet[Risk], clock: Clock) -> dict[UUID, tuple[Held, ...]]:
    """Under each risk, the statements that held by the clock, with all that they rest on; seven reads, and
    six more where one rests on an indicator.

    What a risk was escalated from, or took over when it was merged, is said there with what it rests on.
    """
    today = timezone.localdate()
    came = taken_over(risks, clock)
    asked = set(risks.filter(pk__in=list(came)).values_list("pk", flat=True)) if came else set()
    own = risks.order_by().values("pk")
    among = Binding.objects.filter(Q(statement__risk__in=own) | Q(statement__risk__in=list(came)))
    rows = list(holding(among, clock, today).select_related(*FOLLOWED).order_by("from_known_at", "pk"))
    now = _now(rows, clock, clock.day or today)
    by_statement: defaultdict[UUID, list[Binding]] = defaultdict(list)
    for each in rows:
        by_statement[each.statement_id].append(each)
    found: defaultdict[UUID, list[Held]] = defaultdict(list)
    for bindings in by_statement.values():
        last = bindings[-1].statement
        grounds = tuple(ground_of(each, now) for each in bindings)
        held = Held(str(last.pk), last.version, last.field, bindings[-1].text, grounds)
        if last.risk_id in asked or last.risk_id not in came:
            found[last.risk_id].append(held)
        for taker in came.get(last.risk_id, ()):
            found[taker].append(replace(held, taken_from=str(last.risk)))
    return {risk: tuple(rows) for risk, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Now:
    """What is told by the clock of the records that bindings name."""

    day: date
    known_at: datetime | None
    checks: Mapping[UUID, tuple[CheckRecord, ...]]  # of each control, those that were known
    controls: Mapping[UUID, ControlVersion]
    promises: Mapping[UUID, CommitmentVersion]
    corrected: Mapping[UUID, Event]  # by the event that each sets right
    measured: Measured


def ground_of(row: Binding, now: Now) -> Ground:
    """A binding as the domain judges it."""
    kind = kind_named(row.kind)
    key, moved = _tell(row, now)
    return Ground(
        kind=kind,
        key=key,
        label=label_of(row),
        on=row.on,
        text=row.text,
        says=row.says,
        place=row.place,
        holds_until=row.holds_until,
        moved=moved,
        id=str(row.pk),
        indicator=row.indicator.reference if row.indicator else "",
        verdict=row.verdict,
        newer=now.measured.newer(row),
    )


def head_of(check: CheckRecord, checks: Iterable[CheckRecord]) -> CheckRecord:
    """The check as it is told now: itself, or the last that corrected it."""
    after = {each.supersedes_id: each for each in checks if each.supersedes_id}
    while check.pk in after:
        check = after[check.pk]
    return check


def _now(rows: list[Binding], clock: Clock, day: date) -> Now:
    controls = {each.check_found.control_id for each in rows if each.check_found}
    promises = {each.promise.commitment_id for each in rows if each.promise}
    about = {each.statement.risk_id for each in rows if each.event_id}
    checks: defaultdict[UUID, list[CheckRecord]] = defaultdict(list)
    for check in told(CheckRecord.objects.filter(control__in=controls), clock).order_by("effective_on", "pk"):
        checks[check.control_id].append(check)
    versions = standing(
        ControlVersion.objects.all(), "control", Control.objects.filter(pk__in=controls), clock
    )
    tellings = standing(
        CommitmentVersion.objects.all(), "commitment", Commitment.objects.filter(pk__in=promises), clock
    )
    events = told(Event.objects.filter(about__risk__in=about, supersedes__isnull=False), clock)
    return Now(
        day=day,
        known_at=clock.known_at,
        checks={control: tuple(each) for control, each in checks.items()},
        controls={each.control_id: each for each in versions},
        promises={each.commitment_id: each for each in tellings.select_related("commitment")},
        corrected={each.supersedes_id: each for each in events if each.supersedes_id},
        measured=measured(rows, clock, day),
    )


def label_of(row: Binding) -> str:
    """What it is called: the record's own name, and a post's for a judgement."""
    if row.check_found is not None:
        return f"{row.check_found.control}: {row.check_found.kind}, line {row.check_found.line}"
    if row.promise is not None:
        return str(row.promise.commitment)
    if row.event is not None:
        return f"{row.event.kind.capitalize()}: {row.event.title}"
    return row.post.title if row.post is not None else row.label


# --- Each kind: its key, and why it moved -------------------------------------------------------------------


def _tell(row: Binding, now: Now) -> tuple[str, str]:
    """A row names one record, as its constraint has it."""
    if row.check_found is not None:
        return str(row.check_found_id), _check_moved(row.check_found, now)
    if row.promise is not None:
        return str(row.promise.commitment_id), _promise_moved(row.promise, row.from_on, now)
    if row.event is not None:
        return str(row.event_id), _event_moved(row.event, now)
    if row.post is not None:
        return str(row.post_id), ""
    if row.sha256:
        return row.sha256, _taken_away(row, now)
    return str(row.reading), now.measured.moved(row)


def _check_moved(record: CheckRecord, now: Now) -> str:
    control = record.control
    every = now.checks.get(control.pk, ())
    head = head_of(record, every)
    corrected = {each.supersedes_id for each in every if each.supersedes_id}
    later = [check_of(each) for each in every if each.pk not in corrected and each.pk != head.pk]
    version = now.controls.get(control.pk)
    down = version.effective_on if version and version.state == "stood down" else None
    then, told_now = check_of(record), check_of(head)
    return rules.check_moved(then, told_now, later, control=control.reference, stood_down=down)


def _promise_moved(version: CommitmentVersion, bound_on: date, now: Now) -> str:
    latest = now.promises.get(version.commitment_id, version)
    then, told_now = facts_of(version), facts_of(latest)
    label = version.commitment.reference
    return rules.promise_moved(then, told_now, bound_on=bound_on, day=now.day, label=label)


def _event_moved(event: Event, now: Now) -> str:
    head = event
    while head.pk in now.corrected:
        head = now.corrected[head.pk]
    on = head.effective_on if head.pk != event.pk else None
    return rules.event_moved(event.title, corrected=head.title, on=on)


def _taken_away(row: Binding, now: Now) -> str:
    file = row.attachment
    if file is None or file.taken_away_at is None:
        return ""
    on = timezone.localdate(file.taken_away_at)
    if on > now.day or (now.known_at is not None and file.taken_away_at > now.known_at):
        return ""
    return rules.document_moved(row.label, taken_away=on, because=file.taken_away_because)
