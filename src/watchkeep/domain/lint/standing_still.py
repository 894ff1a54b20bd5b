"""Unchanged for quarters: what was not touched since the papers before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchkeep.domain.document import Risk
from watchkeep.domain.fields import LISTS, fields_of
from watchkeep.domain.finding import counted
from watchkeep.domain.lint import samples
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.paper import Paper, called, quarter_told
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example
from watchkeep.domain.period import Period

_WORDS: Final = (
    "name",
    "description",
    "cause",
    "event",
    "impact",
    "treatment",
    "status",
    "contingency",
    "extra",
)


def _unchanged(paper: Paper) -> Iterator[Found]:
    for risk in paper.document.risks:
        now, papers, oldest = _said(risk), 0, None
        for document, earlier in paper.earlier(risk):
            if _said(earlier) != now:
                break
            papers, oldest = papers + 1, document
        if oldest is None or not now:
            continue
        text = risk.description.text or risk.name.text or ""
        quarters = _quarters(paper.quarter, quarter_told(oldest))
        how_long = f"for {counted(quarters, 'quarter')}" if quarters else f"for {counted(papers, 'paper')}"
        yield Found(
            UNCHANGED.code,
            risk.key,
            "description" if risk.description.text else "name",
            0,
            len(text),
            text,
            f"Neither the words nor the rating of this risk have changed {how_long}, since the "
            f"paper of {called(oldest)}.",
            "Say that it was looked at and stands, with the day; or say what is different.",
            UNCHANGED.weight,
            "\0".join(each for each in now if each.startswith("assessments")),
        )


def _quarters(now: Period | None, then: Period | None) -> int:
    if now is None or then is None or now.year_start != then.year_start:
        return 0
    return max(0, (now.year - then.year) * 4 + now.quarter - then.quarter)


def _said(risk: Risk) -> tuple[str, ...]:
    """Its words, its lines and its ratings, however they are spaced."""
    told = [
        f"{path.partition(':')[0]}: {' '.join((field.text or '').split())}"
        for path, field in fields_of(risk)
        if field.recorded and path.partition(":")[0] in (*_WORDS, *LISTS, "assessments")
    ]
    return tuple(told)


_THEN: Final = samples.risk(controls=("Two clerks check each invoice.",))
_NOW: Final = samples.risk(controls=("Three clerks check each invoice, each against the order.",))

UNCHANGED: Final = Rule(
    code="SAME-01",
    family="unchanged for quarters",
    title="Word for word as before",
    reason="Either nothing happened, which is worth saying, or nobody looked.",
    good=example(
        "New words since the last paper", _NOW, before=(samples.register(_THEN, period="2025/26 Q3"),)
    ),
    bad=example(
        "The same words as in the last paper", _THEN, before=(samples.register(_THEN, period="2025/26 Q3"),)
    ),
    weight="note",
    look=_unchanged,
)
RULES: Final = (UNCHANGED,)
