"""Checks of a control: recorded by who may speak for a line of defence, and corrected by another check."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.treatment.changes.controls import control_of, not_ahead
from watchkeep.apps.treatment.conversion import check_of
from watchkeep.apps.treatment.models import Check as CheckRecord
from watchkeep.apps.treatment.models import Control
from watchkeep.apps.treatment.queries.control import chain
from watchkeep.apps.treatment.queries.held import latest_version, standing_of
from watchkeep.domain.check import Check, may_record, wants_a_word
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid, Missing, Stale
from watchkeep.domain.finding import written
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey

LABELS: Final = (
    ("kind", "Kind of check"),
    ("line", "Line of defence"),
    ("on", "Checked on"),
    ("checked_by", "Who checked"),
    ("design", "Design"),
    ("operation", "Operation"),
    ("sample", "Cases looked at"),
    ("failures", "Cases that failed"),
    ("note", "Note"),
)


def record_check(*, by: Actor, control: UUID, value: Check) -> UUID:
    """Record what somebody found; the id of the check."""
    with recording(by=by, verb="record a check", as_at=value.on) as entry:
        found = control_of(by, control)
        obey(may_record(by, standing_of(found), value))
        _must_make_sense(found, value)
        entry.about("control", found.pk, str(found))
        entry.facts["check"] = _said(value)
        return _save(by, found, value, None)


def correct_check(*, by: Actor, check: UUID, version: int, value: Check, reason: str) -> UUID:
    """Say anew what a check found, having looked at its correction number `version` (the first is 1).

    Both stay on record. Who may not have recorded the one may not turn it into the other.
    """
    with recording(by=by, verb="correct a check", reason=reason, as_at=value.on) as entry:
        record = CheckRecord.objects.filter(pk=check, control__body_id=by.body).first()
        if record is None:
            raise Missing("There is no such check.")
        found = control_of(by, record.control_id)
        rows = chain(record)
        standing, held = check_of(rows[-1]), standing_of(found)
        obey(may_record(by, held, standing) or may_record(by, held, value))
        yours, theirs = _said(value), _said(standing)
        if version != len(rows):
            raise Stale(
                f"Somebody corrected the check of {found} while you were looking at it.",
                clashes=clashes_of(LABELS, yours, theirs),
                version=len(rows),
            )
        if not in_words(reason):
            raise Invalid("reason", "Say why the check is corrected.")
        _must_make_sense(found, value)
        entry.about("control", found.pk, str(found))
        entry.facts["fields"] = [
            {"field": label, "before": theirs[name], "after": yours[name]}
            for name, label in LABELS
            if theirs[name] != yours[name]
        ]
        return _save(by, found, value, rows[-1])


def _must_make_sense(control: Control, value: Check) -> None:
    not_ahead("on", value.on)
    if problem := wants_a_word(value, latest_version(control).tolerated):
        raise problem


def _save(by: Actor, control: Control, value: Check, supersedes: CheckRecord | None) -> UUID:
    made = CheckRecord(
        control=control,
        kind=value.kind,
        line=value.line,
        effective_on=value.on,
        known_at=timezone.now(),
        by=in_words(value.by),
        recorded_by=by.name,
        design=value.design,
        operation=value.operation,
        sample=value.sample.size if value.sample else None,
        failures=value.sample.failures if value.sample else None,
        note=in_words(value.note),
        supersedes=supersedes,
    )
    made.save()
    return made.pk


def _said(value: Check) -> dict[str, str]:
    return {
        "kind": value.kind,
        "line": str(value.line),
        "on": written(value.on),
        "checked_by": in_words(value.by),
        "design": value.design,
        "operation": value.operation,
        "sample": str(value.sample.size) if value.sample else "",
        "failures": str(value.sample.failures) if value.sample else "",
        "note": in_words(value.note),
    }
