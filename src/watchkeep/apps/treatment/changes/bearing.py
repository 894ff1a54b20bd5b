"""What a promise bears on, and which promise waits for which: said from a day, and ended on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import Span
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.history.standing import not_over
from watchkeep.apps.register.models import Risk
from watchkeep.apps.register.queries.scope import where
from watchkeep.apps.treatment.changes.controls import not_ahead
from watchkeep.apps.treatment.changes.promising import commitment_of
from watchkeep.apps.treatment.changes.serving import must_be_a_part, risk_of
from watchkeep.apps.treatment.models import Commitment, CommitmentUse, Dependence
from watchkeep.apps.treatment.queries.held import owner_of
from watchkeep.apps.treatment.queries.promised import dependants_in, held_of
from watchkeep.domain import commitment as rules
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey


def apply_commitment(
    *, by: Actor, commitment: UUID, risk: UUID, part: str = "", from_on: date | None = None, reason: str = ""
) -> UUID:
    """Say that a promise bears on a risk, or on one part of it, from a day; the id of that use."""
    day = from_on or timezone.localdate()
    with recording(by=by, verb="apply a promise", reason=reason, as_at=day) as entry:
        found, served = commitment_of(by, commitment), risk_of(by, risk)
        obey(rules.may_promise(by, where(served.register), str(owner_of(served) or "")))
        not_ahead("from_on", day)
        entry.about("risk", served.pk, str(served))
        entry.facts["promise"] = {"id": str(found.pk), "label": str(found)}
        return bear(found, served, part, day)


def end_commitment_use(*, by: Actor, use: UUID, on: date, reason: str) -> None:
    """Say that a promise bears on a risk no longer, from a day on, and why. That it did stays on record."""
    with recording(by=by, verb="end a promise's use", reason=reason, as_at=on) as entry:
        ended = CommitmentUse.objects.filter(pk=use).first()
        if ended is None:
            raise Missing("There is no such use of a promise.")
        found, served = commitment_of(by, ended.commitment_id), risk_of(by, ended.risk_id)
        obey(rules.may_promise(by, where(served.register), str(owner_of(served) or "")))
        entry.about("risk", served.pk, str(served))
        entry.facts["promise"] = {"id": str(found.pk), "label": str(found)}
        _end(ended, on, reason, "use", "it bears on this risk")


def depend_on(*, by: Actor, commitment: UUID, needs: UUID, on: date | None = None) -> UUID:
    """Say that a promise cannot be kept before another is; the id of that. Going in a circle is refused."""
    day = on or timezone.localdate()
    with recording(by=by, verb="let a promise wait for another", as_at=day) as entry:
        found, needed = commitment_of(by, commitment), commitment_of(by, needs)
        obey(rules.may_answer(by, held_of(found)))
        not_ahead("on", day)
        waiting = dependants_in(by.body)
        named = {found.pk: found.reference, needed.pk: needed.reference}
        obey(rules.may_depend(waiting, found.pk, needed.pk, lambda each: named[each]))
        if not_over(Dependence.objects.filter(dependant=found, needs=needed), day).exists():
            raise Refused(f"{found.reference} waits for {needed.reference} already.")
        entry.about("commitment", found.pk, str(found))
        entry.facts["needs"] = {"id": str(needed.pk), "label": str(needed)}
        made = Dependence(dependant=found, needs=needed, from_on=day, from_known_at=timezone.now())
        made.save()
        return made.pk


def end_dependence(*, by: Actor, dependence: UUID, on: date, reason: str) -> None:
    """Say that a promise waits for another no longer, and why."""
    with recording(by=by, verb="end a promise's waiting", reason=reason, as_at=on) as entry:
        ended = Dependence.objects.filter(pk=dependence).first()
        if ended is None:
            raise Missing("There is no such waiting.")
        found = commitment_of(by, ended.dependant_id)
        obey(rules.may_answer(by, held_of(found)))
        entry.about("commitment", found.pk, str(found))
        entry.facts["needs"] = {"id": str(ended.needs_id), "label": str(ended.needs)}
        _end(ended, on, reason, "waiting", "it waits")


# --- Beneath the changes ------------------------------------------------------------------------------------


def bear(commitment: Commitment, risk: Risk, part: str, on: date) -> UUID:
    """Let a promise bear on a risk from a day, inside an open recording; once at a time."""
    if risk.state in ("closed", "merged"):
        raise Refused(f"{risk} is {risk.state}; nothing more is promised under it.")
    use = CommitmentUse(
        commitment=commitment, risk=risk, part=part.strip(), from_on=on, from_known_at=timezone.now()
    )
    must_be_a_part(risk, use.part, on)
    same = CommitmentUse.objects.filter(commitment=commitment, risk=risk, part=use.part)
    if not_over(same, on).exists():
        raise Refused(f"{commitment.reference} bears on {risk} already.")
    use.save()
    return use.pk


def _end(span: Span, on: date, reason: str, what: str, no_longer: str) -> None:
    if not in_words(reason):
        raise Invalid("reason", f"Say why {no_longer} no longer.")
    not_ahead("on", on)
    end_span(span, what=f"That {what}", on=on, reason=reason)
