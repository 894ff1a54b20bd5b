"""The ways to give the texts of one line to columns, whole or in parts, with what speaks against each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from watchkeep.formats.readers.text.flow.events import Token
from watchkeep.formats.readers.text.flow.labels import LISTS, TITLES, Column
from watchkeep.formats.readers.text.measure import Face, tail
from watchkeep.formats.readers.text.wording import (
    MARKER_ALONE,
    bulleted,
    finished,
    marker,
    marker_rank,
    opens_item,
    start_cost,
)

BROKEN_WORD = 1.5
DEFAULT_WIDE = 60.0
MOST_OPTIONS = 16
FAR_DEARER = 4.0  # a way to give out a line that is this much dearer than the cheapest is not tried
BULLET_INSIDE = re.compile(r"\S\s[-–—•]\s(?=[A-Z0-9])")
REPEATED_WORD = re.compile(r"\b([a-z]{2,})\s\1\b")
ENDS_IN_DASH = re.compile(r"\S\s[-–—•]$")
ENDS_IN_MARKER = re.compile(r"\s(?:ii|iii|iv|vi|vii|viii)$")


class Part(NamedTuple):
    """A stretch of a line, given to a column, with what that costs whatever stands around it."""

    column: int
    text: str
    cost: float
    opening: float  # what speaks against its being the first line of its cell
    rank: int  # of the part marker it opens with, negative where it is nothing else; 0 none
    opens: bool  # whether it opens a bullet or a part


class Ways:
    """The ways to give out a line to columns, with what is known of the columns."""

    def __init__(self, columns: Sequence[Column], face: Face) -> None:
        self.columns = columns
        self.face = face
        # What is asked again and again while readings are compared, by the texts it depends on.
        self._wholes: dict[tuple[int, str], Part | None] = {}
        self._known_cuts: dict[str, list[tuple[Column, int, Part]]] = {}

    def of_line(self, line: list[Token]) -> list[tuple[Part, ...]]:
        """All ways worth trying to give the texts of one line to columns, left to right."""
        found: list[tuple[Part, ...]] = [()]
        texts = [token.fragment.text for token in line if token.reference is None]
        named = len(texts) < len(line)
        for text in texts:
            found = [
                (*before, *after)
                for before in found
                for after in self._splits(text, before[-1].column if before else -1, named, 3)
            ]
        if not found:
            return [tuple(self._forced(text) for text in texts)]
        ranked = sorted(found, key=_static)
        cheapest = _static(ranked[0])
        return [each for each in ranked[:MOST_OPTIONS] if _static(each) <= cheapest + FAR_DEARER]

    def _splits(self, piece: str, after: int, named: bool, parts: int) -> list[tuple[Part, ...]]:
        """Ways to give this text to columns right of `after`; `named` where it stands beside a reference."""
        found: list[tuple[Part, ...]] = []
        cheapest = float("inf")
        for column in self._right_of(after, named):
            whole = self._whole(piece, column)
            if whole is not None:
                found.append((_dearer(whole, _beside(column, named)),))
                cheapest = min(cheapest, found[-1][0].cost)
        if parts == 1 or " " not in piece:
            return found
        for column, cut, head in self._cuts(piece):
            if column.index < after or (column.index == after and not named):
                continue
            first = _dearer(head, _beside(column, named))
            if first.cost > cheapest + FAR_DEARER:
                continue
            for rest in self._splits(piece[cut + 1 :], column.index, False, parts - 1):
                found.append((first, *rest))
                cheapest = min(cheapest, _static(found[-1]))
        return [each for each in found if _static(each) <= cheapest + FAR_DEARER]

    def _whole(self, piece: str, column: Column) -> Part | None:
        """This text as a line of that column, if it can be one."""
        key = (column.index, piece)
        if key not in self._wholes:
            cost = self._single(piece, column)
            self._wholes[key] = None if cost is None else _part(column, piece, cost)
        return self._wholes[key]

    def _right_of(self, after: int, named: bool) -> list[Column]:
        return [each for each in self.columns if each.index > after or (named and each.index == after)]

    def _single(self, piece: str, column: Column) -> float | None:
        """What speaks against this text being a line of that column; none where it cannot be."""
        limit = (column.limit or DEFAULT_WIDE) * (1 + column.slack)
        full = self.face.width(piece)
        cost = 0.0
        if full > limit:
            # A word broken at the end of a line is put together again with the whole of the next line.
            if column.meaning in TITLES:
                if full > 1.25 * limit:
                    return None
                cost += 8 * (full / limit - 1)
            elif full > 2 * limit or BULLET_INSIDE.search(piece) or not tail(self.face, piece, limit):
                return None
            else:
                cost += BROKEN_WORD
        if bulleted(piece) and column.bullets < 0.5:
            cost += 3.0 * (1 - column.bullets) * (0.6 if column.meaning in LISTS else 1.0)
        elif not opens_item(piece) and BULLET_INSIDE.search(piece):
            cost += 0.4
        if ENDS_IN_MARKER.search(piece):
            cost += 2.0
        if column.meaning in TITLES:
            cost += 2.0 * finished(piece) + 1.0 * (opens_item(piece)) + 0.6
            cost += 0.5 * sum(word[0].islower() and len(word) > 3 for word in piece.split())
        return cost

    def _cuts(self, piece: str) -> list[tuple[Column, int, Part]]:
        """Where a line may be cut in two: after a full or finished line of the left column, or before an
        item.
        """
        known = self._known_cuts.get(piece)
        if known is not None:
            return known
        found: list[tuple[Column, int, Part]] = []
        room = [
            (
                column,
                column.limit or DEFAULT_WIDE,
                1.25 if column.meaning in TITLES else 1 + column.slack,
            )
            for column in self.columns
        ]
        position = piece.find(" ")
        while position > 0:
            left, right = piece[:position], piece[position + 1 :]
            opens = opens_item(right)
            closes = finished(left)
            full = self.face.width(left)
            for column, limit, most in room:
                filled = full / limit
                if filled > most or not (opens or closes or filled >= 0.72):
                    continue
                cost = self._single(left, column)
                if cost is not None:
                    cost += 0.2 if opens else 0.4
                    if not closes:
                        cost += 3.0 * max(0.0, 1 - filled)  # few lines end far from the edge
                    found.append((column, position, _part(column, left, cost)))
            position = piece.find(" ", position + 1)
        self._known_cuts[piece] = found
        return found

    def _forced(self, text: str) -> Part:
        """Where nothing fits: the widest column takes the line."""
        column = max(self.columns, key=lambda each: each.wide or DEFAULT_WIDE)
        return _part(column, text, 4.0)


def _static(parts: tuple[Part, ...]) -> float:
    return sum(part.cost for part in parts)


def _beside(column: Column, named: bool) -> float:
    """Beside a reference stands the name."""
    if not named:
        return 0.0
    return -0.5 if column.meaning == "name" else 1.0


def _part(column: Column, text: str, cost: float) -> Part:
    mark = marker(text)
    opens = opens_item(text)
    opening = start_cost(text)
    if column.bullets > 0.5 and not opens:
        opening += 2.5 * column.bullets
    if REPEATED_WORD.search(text):
        cost += 1.0
    if ENDS_IN_DASH.search(text):
        cost += 1.0
    rank = marker_rank(mark) or 0 if mark else 0
    return Part(
        column.index,
        text,
        cost,
        opening,
        -rank if rank and MARKER_ALONE.match(text) else rank,
        opens,
    )


def _dearer(part: Part, more: float) -> Part:
    return part._replace(cost=part.cost + more) if more else part
