"""Which strings of a text are the references of its risks: one scheme, distinct numbers, standing where a
reference stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from watchkeep.formats.readers.text.lines import Fragment

_LETTERED = re.compile(
    r"(?<![\w./-])(?P<prefix>[A-Z][A-Z&]{0,6}(?:[-/ ][A-Z]{1,5})?|Risk|Ref|RISK|Item|No\.?)"
    r"(?P<gap>\s?[-./_ ]?\s?)(?P<number>\d{1,4})(?P<tail>[a-z]?)(?![\w%]|[./-]\d)"
)
_DOTTED = re.compile(
    r"(?<![\w.,£$€])(?P<prefix>\d{1,2})(?P<gap>\.)(?P<number>\d{1,2})(?P<tail>)(?![\w.%]|,\d)"
)
_BARE = re.compile(r"^(?P<prefix>)(?P<gap>)(?P<number>\d{1,3})(?P<tail>)\.?$")

# What looks like a reference and is a period, a size or a step of something else.
_NOT_A_SCHEME = frozenset({"q", "fy", "h", "page", "p", "item", "covid", "a", "no", "no."})
_POINTS_AT = re.compile(
    r"(?:\b(?:see|also|in|of|to|with|and|or|from|under|per|by|risk|risks|refer)\s*|[(,/]\s*)$", re.IGNORECASE
)


class Standing(IntEnum):
    """How an occurrence stands; higher is likelier to be the reference cell itself."""

    MENTIONED = 0
    INSIDE = 1
    OPENING = 2
    ALONE = 3


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One reference where it stands: `index` is the fragment's position in the sequence searched."""

    reference: str
    index: int
    start: int
    end: int
    standing: Standing


def references(sequence: Sequence[Fragment]) -> list[Occurrence]:
    """The occurrences that are reference cells, in file order; empty where no scheme is found.

    Every reference comes once, at its best standing, or several times where it stands alone several times
    (a row broken over pages). Bare numbers are taken only where nothing better is there and they count up.
    """
    schemes: dict[str, list[Occurrence]] = defaultdict(list)
    for index, fragment in enumerate(sequence):
        for occurrence, scheme in _occurrences(fragment.text, index):
            schemes[scheme].append(occurrence)
    best = max(schemes.values(), key=_weight, default=[])
    if _weight(best) < (2, 0):
        best = _counting(sequence)
    return _cells(best)


def _occurrences(text: str, index: int) -> Iterable[tuple[Occurrence, str]]:
    for pattern in (_LETTERED, _DOTTED):
        for found in pattern.finditer(text):
            prefix = found["prefix"].casefold().strip()
            if prefix in _NOT_A_SCHEME and not found["gap"].strip():
                continue
            scheme = ("1." if pattern is _DOTTED else prefix) + found["gap"].strip()
            yield (
                Occurrence(found[0].strip(), index, found.start(), found.end(), _standing(text, found)),
                scheme,
            )


def _standing(text: str, found: re.Match[str]) -> Standing:
    before, after = text[: found.start()], text[found.end() :]
    if not before.strip() and not after.strip(" :.-–"):
        return Standing.ALONE
    if not before.strip():
        follows = after.lstrip(" :.-–—|\t")
        if follows[:1].isupper() or follows[:1] in "\"'“‘(" or follows[:1].isdigit() or after[:1] in ":|\t":
            return Standing.OPENING
        return Standing.MENTIONED
    if _POINTS_AT.search(before) or after[:1] in ").,;:'’" or not after.strip():
        return Standing.MENTIONED
    return Standing.INSIDE if before[:1].isupper() and after.strip()[:1].isupper() else Standing.MENTIONED


def _weight(occurrences: Sequence[Occurrence]) -> tuple[int, int]:
    """How many different references stand as cells, then how many of them alone."""
    cells = {each.reference for each in occurrences if each.standing >= Standing.OPENING}
    alone = {each.reference for each in occurrences if each.standing == Standing.ALONE}
    return len(cells), len(alone)


def _counting(sequence: Sequence[Fragment]) -> list[Occurrence]:
    """Bare numbers on lines of their own that count up by one from 1: a column of row numbers."""
    found: list[Occurrence] = []
    wanted = 1
    for index, fragment in enumerate(sequence):
        match = _BARE.match(fragment.text)
        if match and int(match["number"]) == wanted:
            found.append(Occurrence(match["number"], index, 0, len(match["number"]), Standing.ALONE))
            wanted += 1
    return found if len(found) >= 3 else []


def _cells(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    grouped: dict[str, list[Occurrence]] = defaultdict(list)
    for each in occurrences:
        if each.standing > Standing.MENTIONED:
            grouped[re.sub(r"\s+", "", each.reference).casefold()].append(each)
    kept: list[Occurrence] = []
    for group in grouped.values():
        best = max(each.standing for each in group)
        same = [each for each in group if each.standing == best]
        kept.extend(same if best == Standing.ALONE else same[:1])
    return sorted(kept, key=lambda each: (each.index, each.start))
