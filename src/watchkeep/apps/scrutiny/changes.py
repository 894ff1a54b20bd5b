"""What can be done with a finding: answer it, and take the answer back. No word of the register changes."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.scrutiny import queries
from watchkeep.apps.scrutiny.models import FindingAnswer
from watchkeep.domain.answering import ANSWERS, Finding, answer_named, may_answer
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid, Missing, Stale
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey

LONGEST = 2000  # characters of a reason


def answer_finding(*, by: Actor, register: UUID, key: str, answer: str, reason: str, number: int = 0) -> UUID:
    """Say why a finding stands as it is, or is wrong: it counts no more until its words change.

    `number` is how often these words were answered when the writer looked (`Finding.number`).
    """
    with recording(by=by, verb="answer a finding", reason=reason) as entry:
        finding, risk = _looked_at(by, register, key, number, answer, reason)
        chosen, because = answer_named(answer), in_words(reason)
        if not because:
            raise Invalid("reason", "Say why: whoever reads the answer later was not there.")
        if len(because) > LONGEST:
            raise Invalid("reason", f"A reason has at most {LONGEST:,} letters; this has {len(because):,}.")
        return _write(entry, by, register, risk, finding, chosen, because)


def take_back_answer(*, by: Actor, register: UUID, key: str, number: int, reason: str = "") -> UUID:
    """Open a finding again; that it was answered, and how, stays on record."""
    with recording(by=by, verb="take back an answer", reason=reason) as entry:
        finding, risk = _looked_at(by, register, key, number, "", reason)
        if finding.answer is None:
            raise Invalid("finding", "Nothing is answered here that could be taken back.")
        return _write(entry, by, register, risk, finding, "open", in_words(reason))


# --- Beneath the changes ------------------------------------------------------------------------------------


def _looked_at(
    by: Actor, register: UUID, key: str, number: int, answer: str, reason: str
) -> tuple[Finding, Risk | None]:
    """The finding as it stands now, with its risk: none of another body, or in words that are gone."""
    every = queries.findings(by, register)
    found = next((each for each in every if each.found.key == key), None)
    if found is None:
        raise Missing("This is found there no longer: the words have changed. Look at the risk as it stands.")
    risk = _risk(by, register, found.found.risk)
    place = registers.where(Register.objects.get(pk=register))
    owner = registers.version_as_at(risk.pk).owner_post_id if risk else None
    obey(may_answer(by, place, owner))
    if found.number != number:
        said = found.answer
        yours = {"answer": _spoken(answer), "reason": in_words(reason)}
        theirs = {"answer": _spoken(said.answer if said else ""), "reason": said.reason if said else ""}
        raise Stale(
            "Somebody answered this finding while you were looking at it.",
            clashes=clashes_of((("answer", "Answer"), ("reason", "Why")), yours, theirs),
            version=found.number,
            field="number",
        )
    return found, risk


def _spoken(answer: str | None) -> str:
    return next((words for name, words in ANSWERS.items() if name == answer), "Not answered")


def _risk(by: Actor, register: UUID, key: str) -> Risk | None:
    if not key:
        return None
    return registers.visible_risks(by).select_related("register").get(register=register, key=key)


def _write(
    entry: OpenEntry,
    by: Actor,
    register: UUID,
    risk: Risk | None,
    finding: Finding,
    answer: str,
    reason: str,
) -> UUID:
    found, now = finding.found, timezone.now()
    about = risk or Register.objects.get(pk=register)
    entry.about("risk" if risk else "register", about.pk, str(about))
    entry.facts["finding"] = {"code": found.code, "text": found.text, "answer": answer}
    made = FindingAnswer(
        number=finding.number + 1,
        effective_on=timezone.localdate(now),
        known_at=now,
        register_id=register,
        risk=risk,
        key=found.key,
        code=found.code,
        field=found.field,
        text=found.text,
        basis=found.basis,
        answer=answer,
        reason=reason,
        by=by.name,
    )
    made.save()
    return made.pk
