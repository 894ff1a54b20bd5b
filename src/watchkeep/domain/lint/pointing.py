"""Cross-references: to a risk that is not in the register, or to a reference that several have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.difference import plain
from watchkeep.domain.document import Risk
from watchkeep.domain.finding import listed
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import DOING
from watchkeep.domain.lint.paper import Paper, called, said
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example, risk, text

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


def _twice(paper: Paper) -> Iterator[Found]:
    """Of each risk whose reference others have too, which those are; any of them may be the wrong one."""
    having: dict[str, list[Risk]] = {}
    for each in paper.document.risks:
        if said(each.reference):
            having.setdefault(plain(each.reference), []).append(each)
    for passage in paper.of("reference"):
        others = [each for each in having[plain(passage.risk.reference)] if each.key != passage.risk.key]
        if others:
            names = listed([f"“{each.name.text}”" if said(each.name) else each.key for each in others])
            yield TWICE.at(
                passage,
                0,
                len(passage.text),
                f"{passage.text.strip()} is the reference of {names} too: what points to it means "
                f"{'both' if len(others) == 1 else 'all of them'}.",
                "Give each risk a reference of its own.",
                names,
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


def _referred(second: str) -> tuple[Risk, Risk]:
    other = risk("X2", name="Flooding of the main store")
    return risk(), other.model_copy(update={"reference": text(second)})


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
TWICE: Final = Rule(
    code="REF-02",
    family="cross-reference to nothing",
    title="One reference, several risks",
    reason="Who follows it finds two risks and cannot tell which is meant, in this paper or the next.",
    good=example("R1: Loss of the payroll service; R2: Flooding of the main store", *_referred("R2")),
    bad=example("R1: Loss of the payroll service; R1: Flooding of the main store", *_referred("R1")),
    weight="error",
    look=_twice,
)
RULES: Final = (NOTHING, TWICE)
