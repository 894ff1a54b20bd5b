"""Which risk and which of its sentences somebody speaks of, and who may say what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Final
from uuid import UUID

from watchkeep.apps.evidence.models import Binding, Statement
from watchkeep.apps.evidence.queries.held import held_by
from watchkeep.apps.evidence.queries.sentences import words_of
from watchkeep.apps.history.changes import check_version
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.register.models import Risk
from watchkeep.apps.register.queries import version_as_at, where
from watchkeep.apps.treatment.changes.serving import risk_of
from watchkeep.domain.clock import PRESENT
from watchkeep.domain.errors import Invalid, Missing, Stale
from watchkeep.domain.people import Actor, obey
from watchkeep.domain.risk_state import may_amend, may_change, state_named
from watchkeep.domain.statement import FIELDS, Placed, Sentence, placed, sentences_of, squeezed

QUOTED: Final = 200


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as it stands in a risk's texts, and the statement that holds it today, where one does."""

    sentence: Sentence
    placed: Placed | None


def changeable(by: Actor, risk: UUID) -> Risk:
    """A risk of which the actor may say what its words rest on: who may change it, or answers for it."""
    found = risk_of(by, risk)
    obey(may_change(by, where(found.register), version_as_at(found.pk).owner_post_id))
    obey(may_amend(state_named(found.state), str(found)))
    return found


def sentence_of(risk: Risk, field: str, text: str, day: date) -> Spoken:
    """The sentence of these words in that text of the risk, as it stands."""
    if field not in FIELDS:
        raise Invalid("field", f"Sentences stand in {', '.join(FIELDS)}; not in “{field}”.")
    value = words_of([risk.pk], PRESENT)[risk.pk]
    said = squeezed(text)
    alike = [each for each in sentences_of(value) if each.field == field and squeezed(each.text) == said]
    if not alike:
        raise Invalid("text", f"{risk} says no such sentence any more. Look at its words as they stand now.")
    held = held_by(Risk.objects.filter(pk=risk.pk), PRESENT).get(risk.pk, ())
    rows = {each.sentence: each for each in placed(value, held, day)}
    return Spoken(alike[0], next((rows[each] for each in alike if each in rows), None))


def statement_for(risk: Risk, spoken: Spoken, version: int) -> Statement:
    """The statement that holds the sentence, having looked at `version` of it; a new one where none does and
    none was looked at.
    """
    held = spoken.placed.held if spoken.placed else None
    if held is None:
        if version:
            raise Stale(f"Somebody took off what “{_quoted(spoken.sentence.text)}” rested on.", version=0)
        made = Statement(risk=risk, field=spoken.sentence.field, text=squeezed(spoken.sentence.text))
        made.save()
        return made
    found = Statement.objects.select_for_update().get(pk=held.id)
    check_version(found, version)
    if held.taken_from:  # it is another risk's, and says of this one no more than that one's words do
        made = Statement(risk=risk, field=spoken.sentence.field, text=squeezed(spoken.sentence.text))
        made.save()
        return made
    raise_version(found)
    return found


def statement_named(by: Actor, statement: UUID, version: int) -> tuple[Statement, Risk]:
    """A statement of a risk that the actor may change, having looked at `version` of it."""
    found = (
        Statement.objects.select_for_update().filter(pk=statement, risk__register__body_id=by.body).first()
    )
    if found is None:
        raise Missing("There is no such statement.")
    risk = changeable(by, found.risk_id)
    check_version(found, version)
    return found, risk


def raise_version(found: Statement) -> None:
    """Say that it was written to."""
    found.version += 1
    found.save()


def tell(entry: OpenEntry, risk: Risk, row: Binding, label: str) -> None:
    """It is the risk's history that shows it: which sentence, and on what it rests."""
    entry.about("risk", risk.pk, str(risk))
    entry.facts["statement"] = {
        "field": row.statement.field,
        "text": _quoted(row.text),
        "kind": row.kind,
        "label": label,
        "on": row.on.isoformat(),
    }


def _quoted(text: str) -> str:
    return shorten(text, QUOTED, placeholder=" …")
