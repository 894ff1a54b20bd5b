"""Blocks in which several columns (and several rows) were put out line by line into one another, taken
apart.

A beam search over the lines: each line, or each of two or three parts of it, goes to a column; a new row
may begin before any line. The cost adds up what speaks against the reading: sentences that do not go on,
lines that end though the next word would have fitted, lines too wide for their column, a bullet in a column
of prose, two references in one row. The reading that costs least is kept, and its lead over the next best
is the confidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watchkeep.formats.readers.text.flow.events import Block, Token
from watchkeep.formats.readers.text.flow.labels import TITLES, Column
from watchkeep.formats.readers.text.flow.ways import Part, Ways
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.measure import Face, first_word, tail
from watchkeep.formats.readers.text.wording import (
    MARKER_ALONE,
    end_cost,
    finished,
    join_cost,
    leads_on,
    opens_item,
)

BEAM = 28
HOPELESS = 4.0  # a reading this much dearer than the best so far is dropped
NEW_ROW = 1.5
NEW_COLUMN = 0.4
FIRST_PART = 0.6  # the first of numbered parts may well open a row
OUT_OF_TURN = 0.9
NAMELESS = 0.8
MISSING_CELL = 1.0
SECOND_CELL = 1.5
BROKEN_EARLY = 2.5


@dataclass(slots=True)
class Woven:
    """One row found in a block: the text of each column, and the reference where one stands in the row."""

    cells: dict[int, list[Fragment]]
    reference: str | None
    margin: float  # how much dearer the next best reading of the block is


_Candidate = tuple[float, int, "_State", bool, tuple[Part, ...], float]


@dataclass(slots=True)
class _State:
    """One reading of the lines so far: for each column of the row its last text, its last marker and how
    far down it is.
    """

    cost: float
    last: tuple[str | None, ...]
    marks: tuple[int, ...]  # rank of the last part marker of each column; 0 none yet
    heights: tuple[float, ...]
    height: float
    recent: int  # the column that the line before ended in; -1 none
    opened: int  # the line at which the row began
    named: int  # the line at which its reference stands; -1 none
    reference: str | None
    before: _State | None
    step: tuple[bool, tuple[Part, ...]]


class Weaver:
    """Takes blocks apart, with what is known of the columns.

    `lacking` tells of each reference which columns still want a cell, once other blocks have been placed; a
    column that is not among them has its cell already.
    """

    def __init__(
        self, columns: Sequence[Column], face: Face, lacking: Mapping[str, frozenset[int]] | None = None
    ) -> None:
        self.columns = columns
        self.face = face
        self.lacking = lacking or {}
        self.titles = [column.meaning in TITLES for column in columns]
        self.named = next((each.index for each in columns if each.meaning == "name"), None)
        # What is asked again and again while readings are compared, by the texts it depends on.
        self._links: dict[tuple[int, str, str], float] = {}
        self._ends: dict[tuple[str | None, ...], float] = {}
        self._ways = Ways(columns, face)

    def unweave(self, block: Block) -> list[Woven]:
        """The rows of a block, its lines given to columns."""
        total = len(self.columns)
        states = [
            _State(
                0.0, (None,) * total, (0,) * total, (0.0,) * total, 0.0, -1, 0, -1, None, None, (False, ())
            )
        ]
        for number, line in enumerate(block.lines):
            states = self._read_line(states, number, line)
        ended = sorted(((self._close(each, len(block.lines)), n) for n, each in enumerate(states)))
        best = states[ended[0][1]]
        shape = _assignment(best)
        margin = next((cost - ended[0][0] for cost, n in ended[1:] if _assignment(states[n]) != shape), 9.0)
        return _rows(best, block, margin)

    def _read_line(self, states: list[_State], number: int, line: list[Token]) -> list[_State]:
        options = self._ways.of_line(line)
        reference = next((token.reference for token in line if token.reference), None)
        candidates: list[_Candidate] = []
        ceiling = float("inf")
        if number:
            # Rows that begin here differ only in what went before: none but the cheapest can be kept.
            ceiling = self._fresh(
                min((self._new_row(each, number) for each in states), key=_cost_of), options, candidates
            )
        for state in states:
            if state.cost >= ceiling:
                break  # the states come cheapest first, and a line seldom makes one cheaper
            if not (reference and state.named >= 0):
                ceiling = self._going_on(state, options, candidates, ceiling)
        candidates.sort(key=_by_cost)
        grown: dict[tuple[object, ...], _State] = {}
        for cost, _, base, is_fresh, parts, level in candidates:
            if cost > ceiling or len(grown) >= BEAM:
                break
            after = self._after(base, parts, is_fresh, cost, level, number, reference)
            grown.setdefault((after.last, after.opened, after.named), after)
        return list(grown.values())

    def _fresh(self, base: _State, options: list[tuple[Part, ...]], candidates: list[_Candidate]) -> float:
        """Add the ways in which a row can begin with this line; what a reading may cost beside them."""
        ceiling = float("inf")
        for parts in options:
            cost = base.cost
            for part in parts:
                cost += part.cost + part.opening - (FIRST_PART if abs(part.rank) == 1 else 0.0)
            if cost < ceiling:
                candidates.append((cost, len(candidates), base, True, parts, base.height))
                ceiling = min(ceiling, cost + HOPELESS)
        return ceiling

    def _going_on(
        self, base: _State, options: list[tuple[Part, ...]], candidates: list[_Candidate], ceiling: float
    ) -> float:
        """Add the ways in which a row can go on with this line; what a reading may cost beside them.

        Lines come out from top to bottom, and all columns are spaced alike: columns that run side by side
        take turns. One that had a line to give should have given it by now.
        """
        last, heights, links = base.last, base.heights, self._links
        running = any(text is not None for text in last)
        waiting = self._waiting(base)
        for parts in options:
            cost = base.cost
            if cost + parts[0].cost > ceiling if parts else cost > ceiling:
                continue
            level = _level(base, parts) if running else base.height
            for part in parts:
                index = part.column
                before = last[index]
                cost += part.cost
                if before is None:
                    cost += part.opening + NEW_COLUMN
                    continue
                link = links.get((index, before, part.text))
                cost += self._link(index, before, part.text) if link is None else link
                if level > heights[index] + 1.6 and not part.opens:
                    cost += OUT_OF_TURN * (0.5 if finished(before) else 1.0)
                if part.rank:
                    cost += _marker_cost(part.rank, base.marks[index], before)
                if cost > ceiling:
                    break
            else:
                for other, height in waiting:
                    if 1.3 < level - height < 2.3 and all(part.column != other for part in parts):
                        cost += OUT_OF_TURN
                if cost < ceiling:
                    candidates.append((cost, len(candidates), base, False, parts, level))
                    ceiling = min(ceiling, cost + HOPELESS)
        return ceiling

    def _waiting(self, base: _State) -> list[tuple[int, float]]:
        """The columns whose last text wants to go on, with how far down that stands."""
        return [
            (index, base.heights[index])
            for index, text in enumerate(base.last)
            if text is not None and not self.titles[index] and not finished(text)
        ]

    def _new_row(self, state: _State, number: int) -> _State:
        blank = len(self.columns)
        cost = self._close(state, number) + NEW_ROW
        return _State(
            cost,
            (None,) * blank,
            (0,) * blank,
            (state.height,) * blank,
            state.height,
            -1,
            number,
            -1,
            None,
            state,
            (False, ()),
        )

    def _close(self, state: _State, number: int) -> float:
        """The cost so far, and of ending the row before line `number`."""
        cost = state.cost + self._end(state.last)
        if state.named >= 0:
            middle = (state.opened + number - 1) / 2
            cost += 0.12 * min(abs(state.named - middle), abs(state.named - state.opened))
            if (
                self.named is not None
                and state.last[self.named] is None
                and state.reference not in self.lacking
            ):
                cost += NAMELESS
        elif self.named is not None and state.last[self.named] is not None:
            cost += NAMELESS
        wanted = self.lacking.get(state.reference or "")
        if wanted is not None:
            for index, text in enumerate(state.last):
                if text is None and index in wanted:
                    cost += MISSING_CELL
                elif text is not None and index not in wanted:
                    cost += SECOND_CELL
        return cost

    def _end(self, last: tuple[str | None, ...]) -> float:
        """What speaks against cells ending with these lines; a title may end wherever it does not lead on."""
        known = self._ends.get(last)
        if known is None:
            known = sum(
                end_cost(text)
                for text, title in zip(last, self.titles, strict=True)
                if text is not None and (not title or leads_on(text))
            )
            self._ends[last] = known
        return known

    def _link(self, index: int, before: str, text: str) -> float:
        key = (index, before, text)
        known = self._links.get(key)
        if known is None:
            fill = self._fill_cost(before, text, self.columns[index])
            known = join_cost(before, text) + fill
            if fill > 0.3 and finished(before) and not opens_item(text):
                known += 0.5  # a paragraph of its own: rare within a cell
            self._links[key] = known
        return known

    def _fill_cost(self, before: str, after: str, column: Column) -> float:
        """What speaks against a line break here: it must be where the next word did not fit."""
        if opens_item(after) or column.wide is None or MARKER_ALONE.match(before):
            return 0.0
        if self.face.width(before) > column.limit * (1 + column.slack):
            before = tail(self.face, before, column.limit) or before
        room = column.wide * (1 - column.slack) - self.face.width(f"{before} {first_word(after)}")
        if room <= 0:
            return 0.0
        # The sharper the column is measured, the less is forgiven. A finished sentence may end its paragraph.
        cost = min(1.0, 0.5 + room / (0.1 * column.wide)) * BROKEN_EARLY
        return cost * (0.4 if finished(before) else 1.0) * (0.6 if column.slack > 0.02 else 1.0)

    def _after(
        self,
        base: _State,
        parts: tuple[Part, ...],
        fresh: bool,
        cost: float,
        level: float,
        number: int,
        reference: str | None,
    ) -> _State:
        last, marks, heights = list(base.last), list(base.marks), list(base.heights)
        for part in parts:
            if part.rank:
                marks[part.column] = part.rank
            last[part.column], heights[part.column] = part.text, level
        return _State(
            cost,
            tuple(last),
            tuple(marks),
            tuple(heights),
            level,
            parts[-1].column if parts else base.recent,
            base.opened,
            number if reference else base.named,
            reference or base.reference,
            base.before if fresh else base,
            (fresh, parts),
        )


def _by_cost(candidate: _Candidate) -> tuple[float, int]:
    return candidate[:2]


def _cost_of(state: _State) -> float:
    return state.cost


def _assignment(state: _State) -> tuple[tuple[bool, tuple[tuple[int, int], ...]], ...]:
    """Which text went where, whatever it cost."""
    steps: list[tuple[bool, tuple[tuple[int, int], ...]]] = []
    walker: _State | None = state
    while walker is not None and walker.before is not None:
        steps.append((walker.step[0], tuple((part.column, len(part.text)) for part in walker.step[1])))
        walker = walker.before
    return tuple(steps)


def _level(base: _State, parts: tuple[Part, ...]) -> float:
    """How far down a line stands that goes on with a row: a line below the last of each of its columns, and
    below the line put out before it.

    (Texts on one level are put out as one line.) A column that starts comes half a line on.
    """
    level = base.height + (0.25 if parts else 0.0)
    for part in parts:
        if base.last[part.column] is not None:
            below = base.heights[part.column] + 1.0
        elif len(parts) == 1:
            below = base.height + 0.5
        else:
            continue
        level = max(level, below)
    return level


def _marker_cost(mark: int, last: int, before: str | None) -> float:
    """Parts come in order and in one style: `mark` and `last` are ranks, negative where the marker stands
    alone.
    """
    if before is None:
        return 0.0
    if abs(mark) == abs(last) + 1:
        if last:
            return 0.0 if (mark < 0) == (last < 0) else 1.5
        return 0.0 if MARKER_ALONE.match(before) else 3.0
    return 3.0 if abs(mark) == 1 or not last else 1.5


def _rows(state: _State, block: Block, margin: float) -> list[Woven]:
    steps: list[tuple[bool, tuple[Part, ...]]] = []
    walker: _State | None = state
    while walker is not None and walker.before is not None:
        steps.append(walker.step)
        walker = walker.before
    steps.reverse()
    rows = [Woven({}, None, margin)]
    for line, (fresh, parts) in zip(block.lines, steps, strict=True):
        if fresh:
            rows.append(Woven({}, None, margin))
        for token in line:
            if token.reference is not None:
                rows[-1].reference = token.reference
        remaining = list(parts)
        for token in line:
            if token.reference is not None:
                continue
            reach = 0
            while remaining and reach < len(token.fragment.text):
                part = remaining.pop(0)
                stretch = token.fragment.cut(reach, reach + len(part.text))
                rows[-1].cells.setdefault(part.column, []).append(stretch)
                reach += len(part.text) + 1
    return rows
