"""How one wording became another, word by word; of a long text, only what lies about the changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

CONTEXT = 12  # words kept on either side of a change
LONG = 60  # words, up to which a wording is shown whole
AKIN = 0.35  # share of words alike, under which one wording replaced another and was not reworded
MOST = 1500  # words in either wording; comparing more costs more than it tells

BLOCK = 300  # words; a longer wording is compared sentence by sentence first

_WORDS = re.compile(r"\S+\s*|\s+")
_SENTENCES = re.compile(r".+?(?:(?<=[.;:!?])\s+|\n\s*|\Z)", re.DOTALL)
_DRAWN = {
    ord(sign): plain
    for plain, signs in (("'", "‘’‛′´`"), ('"', "“”„‟″«»"), ("-", "‐‑‒–—―−"), ("•", "·▪●◦‣"))
    for sign in signs
}
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words next to each other that are alike in both wordings, gone, come, or left out of the telling."""

    kind: Literal["same", "removed", "added", "left out"]
    text: str


def as_read(text: str) -> str:
    """A text as a reader takes it in: without what differs only in how it is drawn or spaced.

    Curly and straight quotes, dashes of any length, ligatures, hyphens that break a line and blanks of any
    width read the same. Letter case does not.
    """
    if text.isascii():
        return " ".join(text.translate(_DRAWN).split()) if "`" in text else " ".join(text.split())
    drawn = unicodedata.normalize("NFKC", _UNSEEN.sub("", text.translate(_DRAWN)))
    return " ".join(drawn.split())


def reworded(before: str, after: str, *, alike: Callable[[str], str] = str.strip) -> tuple[Run, ...]:
    """The runs of both wordings: leave out those added and what remains is `before`, and so the other way.

    Two words are one where `alike` makes the same of them; the later is shown.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) <= BLOCK:
        return _by_words(old, new, alike)
    old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    matcher = SequenceMatcher(None, [alike(each) for each in old], [alike(each) for each in new], False)
    told: list[Run] = []
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if what == "equal":
            told.append(Run("same", come if len(come) >= len(gone) else gone))
        else:
            told += _by_words(_WORDS.findall(gone), _WORDS.findall(come), alike)
    return tuple(_together(told))


def _by_words(old: list[str], new: list[str], alike: Callable[[str], str]) -> tuple[Run, ...]:
    if max(len(old), len(new)) > MOST:
        return tuple(_runs(("removed", old), ("added", new)))
    matcher = SequenceMatcher(None, [alike(each) for each in old], [alike(each) for each in new], False)
    if matcher.ratio() < AKIN:
        return tuple(_runs(("removed", old), ("added", new)))
    told: list[Run] = []
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            # Words alike may differ in the space after them: the wider is shown, lest two words touch.
            both = zip(new[new_from:new_to], old[old_from:old_to], strict=True)
            told += _runs(("same", [max(pair, key=len) for pair in both]))
        else:
            told += _runs(("removed", old[old_from:old_to]), ("added", new[new_from:new_to]))
    return tuple(told)


def _together(told: list[Run]) -> Iterator[Run]:
    """Runs of one kind that follow each other are one."""
    for kind, runs in groupby(told, key=lambda each: each.kind):
        yield Run(kind, "".join(each.text for each in runs))


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
