"""What the rules find in one risk of a register, without reading all the others by every rule."""

from __future__ import annotations

from datetime import date
from typing import Final

from watchkeep.domain.document import RegisterDocument, Risk
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.paper import Paper, day_told
from watchkeep.domain.lint.rules import RULES, in_time, once, place_of

# Rules that read the whole register to judge one risk of it.
ACROSS: Final = frozenset(
    {
        "JARGON-01",
        "REF-01",
        "REF-02",
        "SUM-01",
        "SUM-02",
        "TREND-02",
        "TREND-03",
        "UNOWNED-01",
        "UNOWNED-03",
        "WORD-06",
    }
)


def lint_one(
    document: RegisterDocument,
    risk: Risk,
    *,
    as_at: date | None = None,
    before: tuple[RegisterDocument, ...] = (),
) -> tuple[Found, ...]:
    """What `lint` finds in this risk, which stands in the document in these very words."""
    day, papers = as_at or day_told(document), in_time(before)
    others = tuple(risk if each.key == risk.key else each for each in document.risks)
    known = any(each.key == risk.key for each in document.risks)
    whole = Paper(document.model_copy(update={"risks": others if known else (*others, risk)}), day, papers)
    alone = Paper(document.model_copy(update={"risks": (risk,)}), day, papers)
    found = [
        each
        for rule in RULES
        for each in rule.look(whole if rule.code in ACROSS else alone)
        if each.risk == risk.key
    ]
    return tuple(sorted(once(found), key=place_of))
