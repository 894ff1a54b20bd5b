"""Looking again at what a sentence rests on, and saying that it still holds."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.evidence.changes.binding import OnRecord, columns_on, may_judge_as
from watchkeep.apps.evidence.changes.holding import raise_version, sentence_of, statement_named, tell
from watchkeep.apps.evidence.changes.measuring import columns_again
from watchkeep.apps.evidence.models import Binding
from watchkeep.apps.evidence.queries.held import FOLLOWED, head_of, label_of
from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.register.models import Event
from watchkeep.apps.treatment.changes.controls import not_ahead
from watchkeep.apps.treatment.conversion import check_of
from watchkeep.apps.treatment.models import Check
from watchkeep.apps.treatment.queries.held import latest_version
from watchkeep.domain import statement as rules
from watchkeep.domain.errors import Missing, Refused, Stale
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor, obey


def renew(
    *,
    by: Actor,
    statement: UUID,
    version: int,
    text: str,
    on: date | None = None,
    holds_until: date | None = None,
    reason: str = "",
) -> None:
    """Say, having looked at `version` and at the sentence as it now reads (`text`), that it still rests on
    all that it rested on, as that is told now; from a day (else today).

    Each shelf life begins again, but that of a check or a reading: those grow old by themselves, and an old
    one must be taken off or followed by a new one first. What a chart says is taken as it says it now. A
    judgement is renewed by who holds its post.
    """
    day = on or timezone.localdate()
    with recording(by=by, verb="renew a statement", reason=reason, as_at=day) as entry:
        found, risk = statement_named(by, statement, version)
        not_ahead("on", day)
        spoken = sentence_of(risk, found.field, text, day)
        if spoken.placed is None or spoken.placed.held is None or spoken.placed.held.id != str(found.pk):
            raise Stale("That sentence is no longer held by what you looked at.", version=found.version)
        rows = Binding.objects.filter(statement=found, until_on=None).select_related(*FOLLOWED)
        standing = list(rows.order_by("from_known_at", "pk"))
        if not standing:
            raise Missing("The sentence rests on nothing that could be looked at again.")
        words = rules.squeezed(spoken.sentence.text)
        for row in standing:
            made = _again(by, row, day, holds_until)
            end_span(
                row, what="What the sentence rests on", on=max(day, row.from_on), reason="Looked at again."
            )
            made.text = words
            made.save()
        raise_version(found)
        tell(entry, risk, standing[-1], ", ".join(label_of(each) for each in standing))


def _again(by: Actor, row: Binding, day: date, asked: date | None) -> Binding:
    """The same basis as it is told now, with a new shelf life where a person may give it one."""
    columns = _columns(by, row, day, asked)
    made = Binding(
        statement=row.statement,
        from_on=max(day, row.from_on),
        from_known_at=timezone.now(),
        by=by.name,
        **columns,
    )
    if made.holds_until and made.holds_until < day:
        raise Refused(
            f"{label_of(row)} is of {written(made.on)} and no longer counts. Bind the sentence to a "
            "newer one, and take this one off."
        )
    return made


def _columns(by: Actor, row: Binding, day: date, asked: date | None) -> dict[str, Any]:
    if row.check_found is not None:
        return _check(row.check_found, day)
    if row.promise is not None:
        return columns_on(OnRecord("commitment", row.promise.commitment_id), day, asked)
    if row.event is not None:
        event = row.event
        while (later := Event.objects.filter(supersedes=event).first()) is not None:
            event = later
        said = columns_on(OnRecord("event", event.pk), day)
        return said | {"holds_until": rules.shelf_life("event", day, asked)}
    if row.post is not None:
        obey(may_judge_as(by, row.post))
        until = rules.shelf_life("judgement", day, asked)
        return {"kind": "judgement", "post": row.post, "on": day, "says": row.says, "holds_until": until}
    if row.indicator is not None:
        return columns_again(row, day, asked)
    same = {name: getattr(row, name) for name in ("kind", "label", "says", "on")}
    if row.kind == "document":
        if row.attachment is not None and row.attachment.taken_away_at is not None:
            raise Refused(f"{row.label} was taken away; take it off the sentence first.")
        of_file = {name: getattr(row, name) for name in ("sha256", "attachment", "place")}
        return same | of_file | {"holds_until": rules.shelf_life("document", day, asked)}
    return same | {"reading": row.reading, "holds_until": row.holds_until}


def _check(record: Check, day: date) -> dict[str, Any]:
    """As it is told now; one that a later check speaks against holds nothing up."""
    control = record.control
    every = Check.objects.filter(control=control)
    head = head_of(record, every)
    later = [check_of(each) for each in every.filter(superseded_by=None).exclude(pk=head.pk)]
    down = day if latest_version(control).state == "stood down" else None
    value = check_of(head)
    if moved := rules.check_moved(value, value, later, control=control.reference, stood_down=down):
        raise Refused(f"{moved} Take the check off the sentence first.")
    return columns_on(OnRecord("check", head.pk), day)
