"""The headings of a page: the lines that hold them, and the texts that stand above one another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchkeep.formats.readers.text.aligned.gutters import stretches
from watchkeep.formats.readers.text.aligned.page import GAP
from watchkeep.formats.readers.text.headings import heading, in_one_line, two_in_one
from watchkeep.formats.readers.text.lines import Fragment

LEAST_HEADINGS = 3
MOST_HEADING_LINES = 5


def heading_lines(numbered: list[tuple[int, str]]) -> tuple[int, int] | None:
    """The first and last line of the headings: the lines in which at least three known names stand side by
    side.

    Of several choices that make as many headings, the longest: "Direction of" goes on in "Travel" below it.
    """
    best: tuple[tuple[int, int], int, int] | None = None
    for first in range(min(len(numbered), 40)):
        for last in range(first, min(first + MOST_HEADING_LINES, len(numbered))):
            known, strange = _known(numbered[first : last + 1])
            if known - 2 * strange < LEAST_HEADINGS:
                continue
            worth = (
                known - 2 * strange,
                last - first if _titles_only(numbered[first : last + 1]) else -(last - first),
            )
            if best is None or worth > best[0]:
                best = (worth, first, last)
    return (best[1], best[2]) if best else None


def _titles_only(numbered: Sequence[tuple[int, str]]) -> bool:
    """Whether every text of these lines is part of a heading that is known."""
    return all(
        heading(stack) is not None
        or (len(stack) == 1 and not stack[0].text[:1].islower() and len(stack[0].text) < 12)
        for stack in _stacks(numbered)
    )


def titles_of(numbered: Sequence[tuple[int, str]], body: Sequence[str]) -> list[Fragment]:
    """The texts of the heading lines; two headings with one space between them are parted where a column
    starts.
    """
    ink = [0] * (max(map(len, body)) + 1)
    for line in body:
        for match in GAP.finditer(line):
            for position in range(match.start(), match.end()):
                ink[position] += 1
    columns = stretches(ink, 0, 2)
    found: list[Fragment] = []
    whole: list[Fragment] = []
    for number, line in numbered:
        for match in GAP.finditer(line):
            whole.append(Fragment(number, match.start(), match[0], False))
            over = [each for each in columns if match.start() < each.end and match.end() > each.start]
            start = match.start()
            for column in over[1:]:
                if start < column.start < match.end() and line[column.start - 1] == " ":
                    found.append(Fragment(number, start, line[start : column.start - 1].rstrip(), False))
                    start = column.start
            found.append(Fragment(number, start, line[start : match.end()], False))
    tried = (_best_stacks(found), _best_stacks(whole))  # the first of equals
    return [part for stack in max(tried, key=_different) for part in stack]


def _stacks(numbered: Sequence[tuple[int, str]]) -> list[list[Fragment]]:
    """The texts of a few lines, those that stand above one another together, from left to right."""
    return _best_stacks(
        [
            Fragment(number, match.start(), match[0], False)
            for number, line in numbered
            for match in GAP.finditer(line)
        ]
    )


def _best_stacks(texts: Sequence[Fragment]) -> list[list[Fragment]]:
    """Texts above one another; a text is parted into the headings it holds where that makes more of them
    known.
    """
    cut = _parted_where_others_start(texts)
    tried = [stacked(texts), stacked(cut)]
    tried += [
        stacked(_parted_by_name(stacks, each)) for stacks, each in zip(tried, (texts, cut), strict=True)
    ]
    return max(tried, key=_different)  # the first of equals: as they stand


def _different(stacks: Sequence[Sequence[Fragment]]) -> tuple[int, int]:
    """How many different headings are known, less those that can only be two; then, how few there are."""
    found = [one for stack in stacks if (one := heading(stack)) is not None]
    return len({each.meaning for each in found}) - sum(map(two_in_one, found)), -len(stacks)


def _parted_where_others_start(texts: Sequence[Fragment]) -> list[Fragment]:
    """Texts parted before a word under or over which another line starts a text of its own."""
    found: list[Fragment] = []
    for text in texts:
        starts = {other.start for other in texts if other.line != text.line}
        edge = 0
        for position in (match.start() + 1 for match in re.finditer(" ", text.text)):
            if starts & {text.start + position + slip for slip in (-1, 0, 1)}:
                found.append(text.cut(edge, position))
                edge = position
        found.append(text.cut(edge, len(text.text)))
    return found


def _parted_by_name(stacks: Sequence[Sequence[Fragment]], texts: Sequence[Fragment]) -> list[Fragment]:
    """Texts parted into the headings they consist of, where they stand alone and are not one themselves."""
    lone = {stack[0] for stack in stacks if len(stack) == 1}
    found: list[Fragment] = []
    for text in texts:
        several = in_one_line(text) if text in lone else []
        found.extend([each.fragments[0] for each in several] or [text])
    return found


def stacked(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Texts that stand above one another together, from left to right."""
    stacks: list[tuple[int, int, list[Fragment]]] = []
    for fragment in fragments:
        for index, (start, end, stack) in enumerate(stacks):
            if fragment.start < end and fragment.end > start:
                stack.append(fragment)
                stacks[index] = (min(start, fragment.start), max(end, fragment.end), stack)
                break
        else:
            stacks.append((fragment.start, fragment.end, [fragment]))
    return [stack for _, _, stack in sorted(stacks, key=lambda each: each[0])]


def _known(numbered: Sequence[tuple[int, str]]) -> tuple[int, int]:
    """How many different headings these lines make, text above text; how many long texts are none."""
    stacks = _stacks(numbered)
    found = [heading(stack) for stack in stacks]
    known = len({each.meaning for each in found if each is not None})
    strange = sum(
        each is None and len(" ".join(part.text for part in stack)) > 30
        for each, stack in zip(found, stacks, strict=True)
    )
    return known, strange
