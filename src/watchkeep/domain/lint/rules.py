"""Every rule, and what they find in a register."""

from __future__ import annotations

from datetime import date
from typing import Final

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.lint import (
    arrows,
    framing,
    jargon,
    measured,
    numbers,
    pointing,
    resting,
    stale,
    standing_still,
    sums,
    treating,
    undated,
    unowned,
    wording,
)
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.paper import Paper, day_told
from watchkeep.domain.lint.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    *stale.RULES,
    *undated.RULES,
    *unowned.RULES,
    *framing.RULES,
    *wording.RULES,
    *treating.RULES,
    *measured.RULES,
    *numbers.RULES,
    resting.READING,
    *sums.RULES,
    *jargon.RULES,
    *standing_still.RULES,
    *arrows.RULES,
    resting.CHART,
    *pointing.RULES,
)


def lint(
    document: RegisterDocument, *, as_at: date | None = None, before: tuple[RegisterDocument, ...] = ()
) -> tuple[Found, ...]:
    """What the rules find, risk by risk in the register's order, what is about all of it first.

    `as_at` none: the day that the register speaks of. Where it names none either, the rules that need a day
    find nothing. `before` are earlier papers of the same register, in any order.
    """
    paper = Paper(document, as_at or day_told(document), in_time(before))
    order = {risk.key: place for place, risk in enumerate(document.risks)}
    found = once([each for rule in RULES for each in rule.look(paper)])
    return tuple(sorted(found, key=lambda each: (order.get(each.risk, -1), place_of(each))))


# Where the second finds a fault in the same words, the first says nothing new about them.
_SAID_BY: Final = {
    "WORD-01": {"WORD-02", "WORD-03", "WORD-05"},
    "NUMBER-02": {"NUMBER-01", "SUM-04", "STALE-05"},
    "STALE-03": {"UNDATED-01", "STALE-02", "CONTROL-02"},
    "UNDATED-03": {"STALE-01", "STALE-02", "STALE-04"},
}


def once(found: list[Found]) -> list[Found]:
    """One fault, one finding."""
    at: dict[tuple[str, str], list[Found]] = {}
    for each in found:
        at.setdefault((each.risk, each.field), []).append(each)
    return [each for each in found if not any(_says(other, each) for other in at[each.risk, each.field])]


def _says(other: Found, each: Found) -> bool:
    return other.code in _SAID_BY.get(each.code, ()) and other.start < each.end and each.start < other.end


def in_time(papers: tuple[RegisterDocument, ...]) -> tuple[RegisterDocument, ...]:
    """Papers with the newest first; where a day is not known, as they were given."""
    days = [day_told(each) for each in papers]
    if any(day is None for day in days):
        return papers
    return tuple(
        each for _, each in sorted(zip(days, papers, strict=True), key=lambda pair: pair[0] or date.min)[::-1]
    )


_FIELDS: Final = ("reference", "name", "description", "cause", "event", "impact")


def place_of(found: Found) -> tuple[int, str, int, int, str]:
    """Where a reader would meet it: name, description, impact, then the lines in their order."""
    kind, _, rest = found.field.partition(":")
    rank = _FIELDS.index(kind) if kind in _FIELDS else len(_FIELDS)
    number = int(rest) if rest.isdecimal() else 0
    return rank, kind, number, found.start, found.code
