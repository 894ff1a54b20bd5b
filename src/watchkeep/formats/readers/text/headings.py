"""Headings in running text: which lines are the names of columns, and in what order the columns stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from watchkeep.formats.columns import IMPACT_WORDS, LIKELIHOOD_WORDS, recognise
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.values import fits, kind_of_meaning

LONGEST_HEADING = 8  # words
WORDS_TO_PART = 8  # two headings run into one another are tried apart up to this many words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading where it stands."""

    text: str
    meaning: str
    fragments: tuple[Fragment, ...]

    @property
    def kind(self) -> str:
        """The kind of value that stands below it; empty for prose."""
        return kind_of_meaning(self.meaning)


def heading(fragments: Sequence[Fragment]) -> Heading | None:
    """These lines as one heading, if its name is known for certain."""
    text = " ".join(each.text for each in fragments).strip()
    if len(text.split()) > LONGEST_HEADING or text[-1:] in ".;,":
        return None
    if not text[:1].isupper() and not text[:1].isdigit() and text[:1] != "#":
        return None
    found = recognise(text)
    if found is None or found.confidence < 0.9 or (found.meaning.startswith("letter") and len(text) > 2):
        return None
    return Heading(text, found.meaning, tuple(fragments))


def headings_of_block(block: Sequence[Fragment]) -> list[Heading]:
    """The headings a block consists of, wholly; empty if anything else stands in it."""
    if len(block) > 12:
        return []
    if with_values(block):
        return []
    whole = heading(block) if len(block) <= 4 else None
    if whole:
        return [whole]
    found: list[Heading] = []
    index = 0
    while index < len(block):
        for length in (3, 2, 1):
            one = heading(block[index : index + length]) if index + length <= len(block) else None
            if one:
                found.append(one)
                index += length
                break
        else:
            several = in_one_line(block[index])
            if not several:
                return []
            found.extend(several)
            index += 1
    return found


def with_values(block: Sequence[Fragment]) -> Heading | None:
    """The heading of a column over the first of its values, all in one block; none where that is not so."""
    for length in (3, 2, 1):
        one = heading(block[:length]) if length < len(block) else None
        if one is None or not one.kind or not all(fits(each.text, one.kind) for each in block[length:]):
            continue
        longer = heading(block[: length + 1])
        if longer is None or longer.meaning == one.meaning:
            return one
    return None


def in_one_line(line: Fragment) -> list[Heading]:
    """Headings that stand beside one another on one line with no more than a blank between; empty if any word
    is over.

    The fewest headings are taken, so that "Risk Ref Risk Name" is two and not three.
    """
    words, whole = _words(line), heading([line])
    if not 2 <= len(words) <= WORDS_TO_PART or (whole is not None and not two_in_one(whole)):
        return []
    best: list[list[Heading] | None] = [[]]
    for end in range(1, len(words) + 1):
        best.append(None)
        for start in range(end):
            before = best[start]
            one = heading(words[start:end]) if before is not None and end - start < len(words) else None
            if before is None or one is None or any(one.meaning == each.meaning for each in before):
                continue
            known = best[end]
            if known is None or len(before) + 1 < len(known):
                best[end] = [*before, _mended(one)]
    return best[-1] or []


def two_in_one(one: Heading) -> bool:
    """Whether a heading names likelihood and impact side by side with no sign between them: likely two
    columns.
    """
    words = re.findall(r"[^\s]+", one.text.casefold())
    joined = any(word in ("x", "×", "*", "&", "and", "/", "+") or "/" in word for word in words)
    return not joined and bool(LIKELIHOOD_WORDS & set(words)) and bool(IMPACT_WORDS & set(words))


def run_together(block: Sequence[Fragment], known: Sequence[Heading]) -> list[Heading]:
    """Two headings that were put out line by line into one another, taken apart again.

    Tried only for a handful of words. Of the ways to part them, one must make both halves known, one of
    them in the likeness of a heading that stands already ("Q4 Trending" beside "Q3 Trending").
    """
    words = [word for fragment in block for word in _words(fragment)]
    if not 3 <= len(words) <= WORDS_TO_PART:
        return []
    likes = [each for each in known if ":" in each.meaning]
    if not {word.text.casefold() for word in words} & {
        w for each in likes for w in each.text.casefold().split()
    }:
        return []
    siblings = {each.meaning.split(":")[0] for each in likes}
    taken = {each.meaning for each in known}
    patterns = {_pattern(each.text) for each in known}
    best: tuple[tuple[bool, int, int], list[Heading]] | None = None
    for choice in range(1, 2 ** len(words) - 1):
        left = [word for index, word in enumerate(words) if choice >> index & 1]
        right = [word for index, word in enumerate(words) if not choice >> index & 1]
        first, second = heading(left), heading(right)
        if (
            not first
            or not second
            or {first.meaning, second.meaning} & taken
            or first.meaning == second.meaning
        ):
            continue
        current = first.meaning.endswith(":current") or second.meaning.endswith(":current")
        if current or first.meaning.split(":")[0] not in siblings:
            continue
        # First the parting that repeats a heading but for its number, then the most even one, then the one
        # that keeps words of one line together.
        kept = sum(a.line == b.line for half in (left, right) for a, b in pairwise(half))
        worth = (_pattern(first.text) in patterns, -abs(len(left) - len(right)), kept)
        if best is None or worth > best[0]:
            best = (worth, [_mended(first), _mended(second)])
    return best[1] if best else []


def side_by_side(block: Sequence[Fragment]) -> list[Heading]:
    """Two headings of two lines each that stood beside one another and were put out line by line.

    Every line is cut once; what stands left of the cuts must be one known heading, and what stands right
    another.
    """
    lines = [_words(fragment) for fragment in block]
    if not 2 <= len(lines) <= 3 or not 3 <= sum(map(len, lines)) <= WORDS_TO_PART:
        return []
    best: tuple[int, list[Heading]] | None = None
    for cuts in product(*(range(len(words) + 1) for words in lines)):
        left = [word for words, cut in zip(lines, cuts, strict=True) for word in words[:cut]]
        right = [word for words, cut in zip(lines, cuts, strict=True) for word in words[cut:]]
        if not left or not right or cuts[0] in (0, len(lines[0])):
            continue
        first, second = heading(left), heading(right)
        if (
            first is None
            or second is None
            or first.meaning == second.meaning
            or not (first.kind and second.kind)
        ):
            continue
        worth = -abs(len(left) - len(right))
        if best is None or worth > best[0]:
            best = (worth, [_mended(first), _mended(second)])
    return best[1] if best else []


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()


def _words(fragment: Fragment) -> list[Fragment]:
    found: list[Fragment] = []
    position = 0
    for word in fragment.text.split():
        start = fragment.text.index(word, position)
        position = start + len(word)
        found.append(fragment.cut(start, position))
    return found


def _mended(one: Heading) -> Heading:
    """Neighbouring words of one line joined again into one fragment."""
    joined: list[Fragment] = []
    for word in one.fragments:
        last = joined[-1] if joined else None
        if last and last.line == word.line and word.start == last.end + 1:
            joined[-1] = Fragment(last.line, last.start, f"{last.text} {word.text}", False)
        else:
            joined.append(word)
    return Heading(one.text, one.meaning, tuple(joined))
