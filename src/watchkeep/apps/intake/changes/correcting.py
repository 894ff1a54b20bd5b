"""Setting a draft right: a field, what its arrows mean, a doubt; and nobody decides over words unseen."""

from __future__ import annotations

from django.db.models import Max, QuerySet
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.intake import queries
from watchkeep.apps.intake.changes.papers import OPEN_STATES, paper_of, tell_of
from watchkeep.apps.intake.models import Correction, Import, ResolvedDoubt
from watchkeep.domain import correction, difference, fields
from watchkeep.domain.document import Movement, RegisterDocument, State
from watchkeep.domain.errors import Clash, Invalid, Stale
from watchkeep.domain.people import Actor


def correct_field(
    *,
    by: Actor,
    paper: int,
    path: str,
    text: str,
    risk: str = "",
    state: State = "recorded",
    version: int | None = None,
) -> None:
    """Set one field of the draft right; without a risk, a field of the register as a whole.

    `version` is the draft's that was looked at: who corrected this same field since then is not overruled.
    """
    with recording(by=by, verb="correct a draft") as entry:
        found = paper_of(by, paper, *OPEN_STATES)
        tell_of(entry, found)
        told = correction.Told(risk, path, state, text, by.name)
        _must_overrule_nobody(found, version, told)
        correction.check(told)
        corrected = correction.corrected(queries.corrected_of(found), correction.Given(), [told])
        if risk and path == "reference" and state == "recorded":
            _must_be_free(by, found, corrected, risk)
        entry.facts["correction"] = {"risk": risk, "field": path, "state": state, "text": text}
        last = Correction.objects.filter(paper=found).aggregate(last=Max("number"))["last"]
        Correction(
            paper=found,
            number=(last or 0) + 1,
            risk=risk,
            path=path,
            state=state,
            text=text if state == "recorded" else "",
            by_name=by.name,
            at=timezone.now(),
        ).save()


def confirm_rising(*, by: Actor, paper: int, means: Movement) -> None:
    """Say what a rising arrow means in this paper: worsening, or improving."""
    with recording(by=by, verb="confirm the arrows") as entry:
        found = paper_of(by, paper, *OPEN_STATES)
        tell_of(entry, found)
        if means not in ("worsening", "improving"):
            raise Invalid("rising_means", "A rising arrow means worsening or improving.")
        found.rising_means = means
        found.save()


def resolve_doubt(
    *, by: Actor, paper: int, doubt: str | None = None, code: str | None = None, version: int | None = None
) -> int:
    """Settle one doubt by its key, or every doubt of one kind by its code; how many were settled now.

    All of a kind are settled only by somebody who saw them all: as of the draft's `version`.
    """
    with recording(by=by, verb="settle doubts") as entry:
        found = paper_of(by, paper, *OPEN_STATES)
        if doubt is None:
            must_have_seen(found, version)
        tell_of(entry, found)
        asked = [
            each
            for each in queries.doubts_of(found)
            if not each.resolved and (each.key == doubt or (code is not None and each.doubt.code == code))
        ]
        waiting = list({each.key: each for each in asked}.values())  # one said twice is settled once
        entry.facts["doubts"] = [each.doubt.sentence for each in waiting]
        rows = [
            ResolvedDoubt(paper=found, doubt=each.key, by_name=by.name, at=timezone.now()) for each in waiting
        ]
        if rows:
            ResolvedDoubt.objects.bulk_create(rows)
        return len(rows)


def _corrected_since(found: Import, version: int | None) -> QuerySet[Correction]:
    """What was set right after a version of the draft, oldest first; without a version, nothing is asked."""
    rows = Correction.objects.filter(paper=found).order_by("number")
    return rows.filter(number__gt=version) if version is not None else rows.none()


def _must_overrule_nobody(found: Import, version: int | None, told: correction.Told) -> None:
    """Refuse to set a field that somebody set right since it was looked at."""
    since = _corrected_since(found, version).filter(risk=told.risk, path=told.path).last()
    if since is not None:
        label = fields.label_of(told.path)
        ours = told.text if told.state == "recorded" else told.state
        theirs = since.text if since.state == "recorded" else since.state
        raise Stale(
            f"{since.by_name} corrected {label.lower()} while you were looking at it.",
            clashes=(Clash("text", label, ours, theirs),),
            version=queries.version_of(found),
        )


def must_have_seen(found: Import, version: int | None, risk: str | None = None) -> None:
    """Refuse to decide over words that came after what was looked at: of one risk, or of the whole draft."""
    since = _corrected_since(found, version)
    last = (since if risk is None else since.filter(risk=risk)).last()
    if last is not None:
        of = f" of {last.risk}" if last.risk else ""
        raise Stale(
            f"{last.by_name} corrected {fields.label_of(last.path).lower()}{of} while you were looking at "
            "the draft; look it over before you decide.",
            version=queries.version_of(found),
        )


def _must_be_free(by: Actor, found: Import, corrected: RegisterDocument, risk: str) -> None:
    """A reference that another risk has, of this draft or of the register, is refused while it is given."""
    given = corrected.risk(risk)
    reference = difference.plain(given.reference) if given else ""
    shown = given.reference.text if given else ""
    for each in corrected.risks:
        if each.key != risk and difference.plain(each.reference) == reference:
            raise Invalid(
                "reference", f"{shown} is already another risk of this paper. Give its own reference."
            )
    plan = queries.plan_of(by, found)
    before = plan.difference.of(risk).match
    again = queries.compared(by, found, corrected, plan.register)
    now = again.of(risk).match if again else None
    proposed = again.of(risk) if again else None
    other = proposed is not None and (proposed.doubted or proposed.reason == difference.UNLIKELY)
    if now and now != before and other:
        raise Invalid(
            "reference",
            f"{shown} is already another risk of the register, with other words; a reference is never used "
            "again. Give its own reference, or set this risk aside.",
        )
