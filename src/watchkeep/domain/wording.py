"""How one wording became another, word by word; of a long text, only what lies about the changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

CONTEXT = 12  # words kept on either side of a change
LONG = 60  # words, up to which a wording is shown whole
AKIN = 0.35  # share of words alike, under which one wording replaced another and was not reworded
MOST = 1500  # words in either wording; comparing more costs more than it tells

_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words next to each other that are alike in both wordings, gone, come, or left out of the telling."""

    kind: Literal["same", "removed", "added", "left out"]
    text: str


def reworded(before: str, after: str) -> tuple[Run, ...]:
    """The runs of both wordings: leave out those added and what remains is `before`, and so the other way."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST:
        return tuple(_runs(("removed", old), ("added", new)))
    matcher = SequenceMatcher(None, [each.strip() for each in old], [each.strip() for each in new], False)
    if matcher.ratio() < AKIN:
        return tuple(_runs(("removed", old), ("added", new)))
    told: list[Run] = []
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            # Words alike may differ in the space after them: the wider is shown, lest two words touch.
            both = zip(old[old_from:old_to], new[new_from:new_to], strict=True)
            told += _runs(("same", [max(pair, key=len) for pair in both]))
        else:
            told += _runs(("removed", old[old_from:old_to]), ("added", new[new_from:new_to]))
    return tuple(told)


def shortened(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with what stays the same cut down to a little context, where they are long."""
    if sum(len(_WORDS.findall(each.text)) for each in runs) <= LONG:
        return runs
    last = len(runs) - 1
    return tuple(
        piece
        for place, each in enumerate(runs)
        for piece in (_cut(each.text, place == 0, place == last) if each.kind == "same" else (each,))
    )


def _runs(*told: tuple[Literal["same", "removed", "added"], list[str]]) -> Iterator[Run]:
    return (Run(kind, "".join(words)) for kind, words in told if words)


def _cut(text: str, first: bool, last: bool) -> Iterator[Run]:
    """What stays the same beside a change: its beginning, its end, or both."""
    words = _WORDS.findall(text)
    head, tail = (0 if first else CONTEXT), (0 if last else CONTEXT)
    if len(words) <= head + tail + 1:
        yield Run("same", text)
        return
    if head:
        yield Run("same", "".join(words[:head]))
    yield Run("left out", "".join(words[head : len(words) - tail]))
    if tail:
        yield Run("same", "".join(words[-tail:]))
