"""Cross-references: a risk that is spoken of and is not in the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.difference import plain
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import DOING
from watchkeep.domain.lint.paper import Paper, called
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example

_SHAPE: Final = re.compile(r"([A-Za-z][A-Za-z&]*)([\s./_-]*)(\d+)")
_BARE: Final = re.compile(
    r"\b(?:risks?|see|ref(?:erence)?\.?)\s+(?:risk\s+)?(?:no\.?\s*|number\s*|ref\.?\s*|"
    r"#)*(\d{1,3})\b(?![.,]?\d|\s?%|[/-])",
    re.I,
)


def _nothing(paper: Paper) -> Iterator[Found]:
    known = {plain(each.reference) for each in paper.document.risks if each.reference.recorded}
    pattern = _pattern(known)
    if pattern is None:
        return
    for passage in paper.of("name", "description", "cause", "event", "impact", *DOING):
        for match in pattern.finditer(passage.text):
            named = "".join(match[1].split()).casefold()
            if _loose(named) in {_loose(each) for each in known}:
                continue
            yield NOTHING.at(
                passage,
                match.start(1),
                match.end(1),
                f"There is no risk {match[1].strip()} in this register{_was(paper, named)}.",
                "Set the reference right, or say what became of that risk.",
            )


def _pattern(known: set[str]) -> re.Pattern[str] | None:
    """What a reference of this register looks like in a sentence: its letters and a number, or “risk 12”."""
    letters = {match[1] for each in known if (match := _SHAPE.fullmatch(each))}
    if letters:
        named = "|".join(re.escape(each) for each in sorted(letters, key=len, reverse=True))
        return re.compile(rf"(?<![\w-])((?:{named})[\s./_-]?\d{{1,4}})(?![\w%]|[.,]\d)", re.IGNORECASE)
    if known and all(each.isdecimal() for each in known):
        return _BARE
    return None


def _loose(reference: str) -> str:
    """A reference without signs between its letters and its number, nor noughts before that."""
    match = _SHAPE.fullmatch(reference)
    return f"{match[1]}{int(match[3])}" if match else reference.lstrip("0") or "0"


def _was(paper: Paper, named: str) -> str:
    """That an earlier paper had it, where one did."""
    for document in paper.before:
        if any(_loose(plain(each.reference)) == _loose(named) for each in document.risks):
            return f"; the paper of {called(document)} had it"
    return ""


NOTHING: Final = Rule(
    code="REF-01",
    family="cross-reference to nothing",
    title="A cross-reference to nothing",
    reason="Who follows it finds nothing, and cannot tell whether that risk was closed, merged or lost.",
    good=example("The controls of R1 hold here too."),
    bad=example("The controls of R7 hold here too."),
    weight="error",
    look=_nothing,
)
RULES: Final = (NOTHING,)
