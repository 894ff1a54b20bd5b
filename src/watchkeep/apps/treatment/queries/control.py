"""One control: what it is, what it serves and served, its checks with their corrections, and its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from watchkeep.apps.discussion.models import Attachment
from watchkeep.apps.history.standing import over, told
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.treatment.conversion import check_of
from watchkeep.apps.treatment.models import Check as CheckRecord
from watchkeep.apps.treatment.models import Control, ControlUse, ControlVersion
from watchkeep.apps.treatment.queries.controls import (
    ControlRow,
    UseRow,
    grouped_uses,
    rows_of,
    visible_controls,
)
from watchkeep.apps.treatment.queries.held import standing_of
from watchkeep.domain.check import Check, Freshness
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.control import Standing
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file that a check rests on; it hangs on the check as first recorded, whatever corrected it since."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check on the timeline. `version` counts its corrections, from 1; `before` is what it corrected, and
    `first` the id under which its files and comments stand.
    """

    id: UUID
    check: Check
    freshness: Freshness
    recorded_by: str
    known_at: datetime
    version: int
    before: Check | None
    first: UUID
    files: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What was said of a control as at a day."""

    number: int
    effective_on: date
    known_at: datetime
    name: str
    state: str
    owner: str
    reason: str


@dataclass(frozen=True, slots=True)
class ControlPage:
    """Everything known of one control. `standing` answers what may be done about it, today."""

    row: ControlRow
    checks: tuple[CheckRow, ...]
    ended: tuple[UseRow, ...]
    versions: tuple[VersionRow, ...]
    standing: Standing


def control(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> ControlPage:
    """The control of that reference, or that id."""
    named = {"pk": which} if isinstance(which, UUID) else {"reference": which}
    found = visible_controls(viewer).filter(**named).first()
    rows = rows_of(viewer, Control.objects.filter(pk=found.pk), clock) if found else ()
    if found is None or not rows:
        raise Missing("There is no such control.")
    return ControlPage(
        row=rows[0],
        checks=_checks(found, clock),
        ended=_ended(viewer, found, clock),
        versions=_versions(found, clock),
        standing=standing_of(found),
    )


def check(viewer: Actor, which: UUID) -> tuple[ControlPage, CheckRow]:
    """A check that stands, with its control; a corrected one answers for its latest correction."""
    record = CheckRecord.objects.select_related("control").filter(pk=which).first()
    if record is None or record.control.body_id != UUID(viewer.body):
        raise Missing("There is no such check.")
    page = control(viewer, record.control_id)
    later = {each.before.id: each for each in page.checks if each.before}
    row = next((each for each in page.checks if each.id == which), None) or later.get(str(which))
    if row is None:
        raise Missing("There is no such check.")
    return page, row


def chain(record: CheckRecord) -> tuple[CheckRecord, ...]:
    """A check with all its corrections, the first first, whichever of them is asked for."""
    records = {each.pk: each for each in CheckRecord.objects.filter(control=record.control_id)}
    after = {each.supersedes_id: each for each in records.values() if each.supersedes_id}
    first = records[record.pk]
    while first.supersedes_id:
        first = records[first.supersedes_id]
    found = [first]
    while found[-1].pk in after:
        found.append(after[found[-1].pk])
    return tuple(found)


def _checks(found: Control, clock: Clock) -> tuple[CheckRow, ...]:
    """Those that stand, the latest first; each with the one that it corrected."""
    day = clock.day or timezone.localdate()
    ordered = CheckRecord.objects.filter(control=found).order_by("effective_on", "known_at", "pk")
    records = {each.pk: each for each in ordered}
    known = [each for each in records.values() if clock.known_at is None or each.known_at <= clock.known_at]
    corrected = {each.supersedes_id for each in known if each.supersedes_id}
    standing = [each for each in known if each.pk not in corrected and each.effective_on <= day]
    rows = tuple(_check_row(each, records, day) for each in reversed(standing))
    files = _files(found, [each.first for each in rows], clock)
    return tuple(replace(each, files=tuple(files[str(each.first)])) for each in rows)


def _check_row(each: CheckRecord, records: Mapping[UUID, CheckRecord], day: date) -> CheckRow:
    value, version, at = check_of(each), 1, each
    while at.supersedes_id:
        version, at = version + 1, records[at.supersedes_id]
    before = check_of(records[each.supersedes_id]) if each.supersedes_id else None
    return CheckRow(
        each.pk, value, value.freshness(day), each.recorded_by, each.known_at, version, before, at.pk, ()
    )


def _files(found: Control, checks: list[UUID], clock: Clock) -> dict[str, list[EvidenceRow]]:
    """The files that were there on the clock’s moment, under their checks; in one statement."""
    among = Attachment.objects.filter(
        body=found.body_id, subject_kind="check", subject_id__in=[str(each) for each in checks]
    )
    gone = Q(taken_away_at__isnull=False)
    if clock.known_at is not None:
        among, gone = among.filter(at__lte=clock.known_at), gone & Q(taken_away_at__lte=clock.known_at)
    files: dict[str, list[EvidenceRow]] = defaultdict(list)
    for each in among.exclude(gone).order_by("at", "pk"):
        files[each.subject_id].append(EvidenceRow(each.pk, each.name))
    return files


def _ended(viewer: Actor, found: Control, clock: Clock) -> tuple[UseRow, ...]:
    uses = ControlUse.objects.filter(control=found, risk__in=visible_risks(viewer))
    return tuple(grouped_uses(over(uses, clock, timezone.localdate()), clock)[found.pk])


def _versions(found: Control, clock: Clock) -> tuple[VersionRow, ...]:
    rows = told(ControlVersion.objects.filter(control=found), clock).select_related("owner_post")
    return tuple(
        VersionRow(
            each.number,
            each.effective_on,
            each.known_at,
            each.name,
            each.state,
            each.owner_post.title if each.owner_post else "",
            each.reason,
        )
        for each in rows.order_by("-effective_on", "-number")
    )
