"""What the demo's sentences rest on: checks, promises, readings, a post's judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from watchkeep.cli.demo.names import REGISTER
from watchkeep.cli.demo.told import Made, Told

if TYPE_CHECKING:
    from watchkeep.apps.evidence.changes import Rests
    from watchkeep.domain.document import Risk


def bind_sentences(told: Told, made: Made) -> None:
    """Each sentence that the file names, on what it says."""
    from watchkeep.apps.evidence import changes
    from watchkeep.apps.register import queries

    words = {risk.key: risk for risk in queries.document(made.manager, made.registers[REGISTER]).risks}
    for each in told["statement"]:
        text = sentence_told(words[each["risk"]], each)
        risk = made.risks[each["risk"]]
        if "judgement" in each:
            said = each["judgement"]
            changes.judge(
                by=made.who_answers(said["post"]),
                risk=risk,
                field=each["field"],
                text=text,
                post=made.posts[said["post"]],
                on=each["on"],
                reason=said["reason"],
            )
        else:
            changes.bind(
                by=made.manager,
                risk=risk,
                field=each["field"],
                text=text,
                rests=_rests(each, made),
                on=each["on"],
            )


def sentence_told(risk: Risk, told: Told) -> str:
    """The sentence of a risk that the file means, by its field and how it begins."""
    from watchkeep.domain.statement import sentences_of

    begins = " ".join(told["begins"].split())
    return next(
        sentence.text
        for sentence in sentences_of(risk)
        if sentence.field == told["field"] and " ".join(sentence.text.split()).startswith(begins)
    )


def _rests(each: Told, made: Made) -> Rests:
    from watchkeep.apps.evidence import changes

    if "check" in each:
        return changes.OnRecord("check", _check(made, **each["check"]))
    if "commitment" in each:
        return changes.OnRecord("commitment", made.commitments[each["commitment"]])
    return changes.OnReading(**each["reading"])


def _check(made: Made, control: str, on: object) -> UUID:
    from watchkeep.apps.treatment import queries

    checks = queries.control(made.manager, made.controls[control]).checks
    return next(row.id for row in checks if row.check.on == on)
