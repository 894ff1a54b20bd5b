"""Unmeasured claims: an improvement or an effect that nobody can check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.lint.claims import claimed
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.paper import Paper, Passage
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example
from watchkeep.domain.lint.sentences import sentences
from watchkeep.domain.when import whens

FIELDS: Final = (
    "description",
    "impact",
    "controls",
    "actions",
    "treatment",
    "status",
    "contingency",
    "extra",
)
_STANDS: Final = frozenset({"bound", "judged"})
_FIGURE: Final = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|halved|third|quarter of|none)\b", re.I
)


def _unmeasured(paper: Paper) -> Iterator[Found]:
    for passage in paper.of(*FIELDS):
        for start, end in sentences(passage.text):
            said = passage.text[start:end]
            words = claimed(said)
            if words and not _measured(said) and not rests(passage, start, end):
                yield UNMEASURED.at(
                    passage,
                    start,
                    end,
                    f"“{words}” claims an effect, and nothing beside it measures one.",
                    "Give the figure before and after with its dates, or say whose judgement it is.",
                )


def _measured(sentence: str) -> bool:
    """Whether it holds a figure that is no date, nor the number of a standard: “HTM 03-01”."""
    for each in whens(sentence):
        sentence = sentence.replace(each.text, " ")
    sentence = re.sub(r"\b[A-Z]{2,}[ -]\d[\d.:/-]*", " ", sentence)
    return _FIGURE.search(re.sub(r"\b[A-Za-z]+-?\d+\b|\b(?:19|20)\d\d\b", " ", sentence)) is not None


def rests(passage: Passage, start: int, end: int) -> bool:
    """Whether a sentence is bound to evidence, or is a named post's judgement, that still stands."""
    return any(
        each.field == passage.path and each.standing in _STANDS and each.start < end and start < each.end
        for each in passage.risk.statements
    )


UNMEASURED: Final = Rule(
    code="CLAIM-01",
    family="unmeasured claim",
    title="A claim of improvement with nothing that measures it",
    reason=(
        "A reader who is told that something works cannot tell whether it does, and the next paper cannot "
        "tell whether it still does."
    ),
    good=example(
        "The call-back team has reduced unanswered calls from 14 % in December 2025 to 9 % in March 2026."
    ),
    bad=example("The call-back team is in place and is having a positive impact."),
    weight="warning",
    look=_unmeasured,
)
RULES: Final = (UNMEASURED,)
