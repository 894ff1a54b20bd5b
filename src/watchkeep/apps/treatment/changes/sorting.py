"""What a person makes of imported lines: a control, a promise, a meeting, a measure, or none of them.

The line and what it becomes are recorded together or not at all. Nothing is sorted by Watchkeep itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.register.models import Line, Risk
from watchkeep.apps.register.queries import version_as_at, where
from watchkeep.apps.treatment.changes.bearing import apply_commitment
from watchkeep.apps.treatment.changes.commitments import promise
from watchkeep.apps.treatment.changes.controls import add_control
from watchkeep.apps.treatment.changes.serving import risk_of
from watchkeep.apps.treatment.changes.uses import apply_control
from watchkeep.apps.treatment.models import Commitment, CommitmentUse, Control, ControlUse, SortedLine
from watchkeep.apps.treatment.queries.commitments import visible_commitments
from watchkeep.apps.treatment.queries.controls import visible_controls
from watchkeep.apps.treatment.queries.held import owner_of
from watchkeep.apps.treatment.queries.sorting import latest_answer
from watchkeep.domain import commitment as promising
from watchkeep.domain.commitment import TITLE_LENGTH, Promise, kind_named
from watchkeep.domain.control import NAME_LENGTH, ControlValue
from watchkeep.domain.errors import Invalid, Missing, Stale
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey
from watchkeep.domain.sorting import Suggestion, digest, sort_named, suggest


@dataclass(frozen=True, slots=True)
class Sorting:
    """What is to be made of one line. Nothing said of a promise or control: its words, and what they name.

    `answered` is how often the line had been sorted when the actor looked (none: not yet).
    """

    text: str
    sort: str
    same_as: str = ""  # the reference of a control or promise that is kept already
    name: str = ""
    side: str = ""  # of a control
    kind: str = ""  # of a control, or of a promise
    owner_post: UUID | None = None
    due: str = ""
    due_on: date | None = None
    board: UUID | None = None  # of a meeting
    answered: int = 0


def sort_line(*, by: Actor, risk: UUID, sorting: Sorting, boards: Collection[UUID] = ()) -> None:
    """Say what one line is; what it becomes serves the risk from the day that the line speaks of."""
    sort_lines(by=by, risk=risk, sortings=(sorting,), boards=boards)


def sort_lines(*, by: Actor, risk: UUID, sortings: Sequence[Sorting], boards: Collection[UUID] = ()) -> None:
    """Say what several lines are, in one entry; all are kept or none.

    `boards` are those that the actor may see, which is not known here: a meeting of any other is refused.
    """
    with recording(by=by, verb="sort lines") as entry:
        found = risk_of(by, risk)
        obey(promising.may_promise(by, where(found.register), str(owner_of(found) or "")))
        version = version_as_at(found.pk)
        entry.about("risk", found.pk, str(found))
        rows = Line.objects.filter(version=version, state="recorded").values_list("text", "part")
        parts = {digest(text): part or "" for text, part in rows}
        entry.facts["sorted"] = [{"text": each.text, "sort": each.sort} for each in sortings]
        # A paper of a day to come is sorted as at today: nothing is said to be there before it is.
        on = min(version.effective_on, timezone.localdate())
        for each in sortings:
            if each.sort == "meeting" and each.board and each.board not in boards:
                raise Missing("There is no such board.")
            if digest(each.text) not in parts:
                raise Missing(f"{found} has no line “{each.text[:80]}” any more; look at it again.")
            _sort(by, found, each, parts[digest(each.text)], on)


# --- Beneath the change -------------------------------------------------------------------------------------


def _sort(by: Actor, risk: Risk, said: Sorting, part: str, on: date) -> None:
    line = digest(said.text)
    before = latest_answer(risk.pk, line)
    number = before.number if before else 0
    if number != said.answered:
        raise Stale(
            f"Somebody sorted “{said.text[:80]}” while you were looking at it.",
            version=number,
            field="answered",
        )
    sort, suggested = sort_named(said.sort), suggest(said.text)
    made = SortedLine(
        risk=risk,
        line=line,
        number=number + 1,
        text=said.text,
        sort=sort,
        suggested=suggested.sort,
        suggestion_reason=suggested.reason,
        board=said.board if sort == "meeting" else None,
        known_at=timezone.now(),
        by=by.name,
    )
    if sort == "control":
        made.control = _control(by, risk, said, part, on)
    elif sort == "commitment":
        made.commitment = _commitment(by, risk, said, suggested, part, on)
    made.save()


def _control(by: Actor, risk: Risk, said: Sorting, part: str, on: date) -> Control:
    """The control that the line tells of: one that is kept already, or a new one in the line's words."""
    if said.same_as:
        found = visible_controls(by).filter(reference__iexact=said.same_as.strip()).first()
        if found is None:
            raise Invalid("same_as", f"There is no control {said.same_as}; its reference is like C12.")
        kept: Control = found
    else:
        name = said.name.strip() or in_words(said.text)
        value = ControlValue(
            name=name[:NAME_LENGTH], description=said.text if name != said.text else "", kind=said.kind
        )
        made = add_control(by=by, value=value, effective_on=on, owner_post=said.owner_post)
        kept = Control.objects.get(pk=made)
    if not _covers(ControlUse.objects.filter(control=kept, risk=risk, until_on=None), part):
        apply_control(by=by, control=kept.pk, risk=risk.pk, part=part, side=said.side, from_on=on)
    return kept


def _covers(uses: QuerySet[ControlUse] | QuerySet[CommitmentUse], part: str) -> bool:
    """Whether it is said already: a line under no part adds nothing to a use of any, nor one of a part to the
    whole's.
    """
    return uses.filter(part__in=["", part]).exists() if part else uses.exists()


def _commitment(
    by: Actor, risk: Risk, said: Sorting, suggested: Suggestion, part: str, on: date
) -> Commitment:
    """The promise that the line tells of: one that is kept already, or a new one in the line's words."""
    if said.same_as:
        found = visible_commitments(by).filter(reference__iexact=said.same_as.strip()).first()
        if found is None:
            raise Invalid("same_as", f"There is no promise {said.same_as}; its reference is like P12.")
        kept: Commitment = found
        if not _covers(CommitmentUse.objects.filter(commitment=kept, risk=risk, until_on=None), part):
            apply_commitment(by=by, commitment=kept.pk, risk=risk.pk, part=part, from_on=on)
        return kept
    name = said.name.strip() or in_words(said.text)
    value = Promise(
        title=name[:TITLE_LENGTH],
        definition_of_done="",
        owner_post=said.owner_post,
        due=said.due,
        due_on=said.due_on,
        source="",
    )
    kind = kind_named(said.kind) if said.kind else suggested.kind or "action"
    made = promise(by=by, kind=kind, value=value, on=on, risk=risk.pk, part=part)
    return Commitment.objects.get(pk=made)
