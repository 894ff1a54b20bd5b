"""The tables of what lint finds in registers, and of what was answered to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from watchkeep.apps.scrutiny import queries
from watchkeep.apps.scrutiny.queries import AnswerRow
from watchkeep.domain.answering import ANSWERS, Finding
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Risk
from watchkeep.domain.lint.report import label_of_place
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso

HEADING: Final = (
    "Risk", "Where", "Rule", "Weight", "Words", "What is wrong", "What would do", "Answer", "Because",
    "Answered by", "Answered on",
)  # fmt: skip
ANSWER_HEADING: Final = (
    "Register", "Risk", "Where", "Rule", "Words", "Answer", "Because", "Answered by", "Answered on",
    "Time answered",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every answer that was ever given, the latest first; one that was taken back says so."""
    rows = tuple(map(answer_cells, queries.answers(viewer, register, clock)))
    return Table("answers", "Answers to findings", ANSWER_HEADING, rows)


def answer_cells(row: AnswerRow) -> tuple[str, ...]:
    """An answer, to take away."""
    given = row.given
    answer = ANSWERS[given.answer] if given.answer else "Taken back"
    return (
        row.register, row.risk, label_of_place(given.field) if given.field else "", given.code, given.text,
        answer, given.reason, given.by, iso(given.on), str(given.number),
    )  # fmt: skip


def cells(finding: Finding, risks: Mapping[str, Risk]) -> tuple[str, ...]:
    """A finding with its answer, to take away."""
    found, given = finding.found, finding.answer
    risk = risks.get(found.risk)
    reference = (risk.reference.text or found.risk) if risk else ""
    answered = (
        (ANSWERS[given.answer], given.reason, given.by, iso(given.on)) if given and given.answer else ()
    )
    return (
        reference, label_of_place(found.field) if found.field else "", found.code, found.weight, found.text,
        found.sentence, found.advice, *(answered or ("", "", "", "")),
    )  # fmt: skip
