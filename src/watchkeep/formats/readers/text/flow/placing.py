"""Which risk each stretch of text belongs to, once it is known which column it stands in.

What stands in one row of a woven block, or follows on from left to right without a break, is one unit. A
unit with a reference is that risk's; so is one that runs into the n-th row of values, where there are as
many rows as risks. The others are placed in file order into the cells that are still empty, with what
speaks for and against added up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log, sqrt

from watchkeep.formats.readers.text.flow.events import ValueRow
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.wording import MARKER_ALONE, marker, marker_rank

BEAM = 60
HOPELESS = 6.0
TWICE = 3.0  # a second text for a cell that has one
OUT_OF_ORDER = 1.5
PASSED_OVER = 0.5
LEFT_EMPTY = 1.0
NEIGHBOUR = 0.7
FIRST_PART_ALONE = 0.8
PAGE_BREAK = 0.3
KIN = 1.5  # what shared words may weigh at most

# What each way of placing earns: the shares that were right on invented registers not used in building this
# (`python -m benchmarks.reading` measures them anew).
BY_REFERENCE = 0.97
BY_VALUES = 0.85
BY_ORDER = 0.65  # at most: where the next best order is far dearer
BY_ORDER_AT_LEAST = 0.2
BY_ORDER_EACH = 0.22  # for each step that the next best order is dearer
WOVEN, WOVEN_AT_LEAST = 0.8, 0.5  # times that, where columns were taken apart
GATHERED = 0.4  # times that, where texts that nothing ties together were joined


@dataclass(slots=True)
class Strand:
    """What one event of the stream gave: the text of some columns (numbered over all headings), or a row of
    values.
    """

    cells: dict[int, list[Fragment]]
    reference: str | None = None
    values: ValueRow | None = None
    opens_page: bool = False
    margin: float = 9.0
    woven: bool = False  # taken from a block in which columns were interleaved
    lone_reference: bool = False  # a reference with nothing beside it

    @property
    def first(self) -> int:
        """Its leftmost column; -1 where a reference stands alone."""
        return min(self.cells, default=-1)

    @property
    def last(self) -> int:
        """Its rightmost column."""
        return max(self.cells, default=-1)


@dataclass(slots=True)
class Unit:
    """Strands that belong to one risk together."""

    strands: list[Strand]
    risk: int | None = None
    reason: str = ""
    confidence: float = 1.0
    near: list[int] = field(default_factory=list)  # units that stand beside it and may be the same risk's

    @property
    def columns(self) -> set[int]:
        """The columns it has text for."""
        return {column for strand in self.strands for column in strand.cells}

    def lines(self, column: int) -> list[Fragment]:
        """Its text in one column."""
        return [fragment for strand in self.strands for fragment in strand.cells.get(column, [])]

    @property
    def words(self) -> str:
        """All of its text."""
        return " ".join(
            fragment.text for strand in self.strands for lines in strand.cells.values() for fragment in lines
        )


@dataclass(slots=True)
class Placed:
    """The text of one cell in its right order, with how it came there."""

    fragments: list[Fragment]
    confidence: float
    reason: str


def place(
    strands: Sequence[Strand], risks: Sequence[str], prose: Sequence[int]
) -> tuple[dict[tuple[int, int], Placed], list[Fragment]]:
    """The cells by (risk, column), and the text that found no place."""
    units = _units(strands, prose)
    _anchor(units, risks)
    _settle(units, len(risks), prose)
    return _cells(units, len(risks))


def table_order(strands: Sequence[Strand], references: Sequence[str], prose: Sequence[int]) -> list[str]:
    """The references as the table lists them, where the file does not: those that stand in one row with
    values keep the place of those values, and the others fill the places between, in their order.
    """
    own = [_reference_of(unit) for unit in _units(strands, prose) if _has_values(unit)]
    named = [each for each in own if each is not None]
    if len(own) != len(references) or len(set(named)) < len(named):
        return list(references)
    if all(here is None or here == there for here, there in zip(own, references, strict=True)):
        return list(references)
    rest = iter([each for each in references if each not in named])
    return [each if each is not None else next(rest) for each in own]


def _reference_of(unit: Unit) -> str | None:
    return next((strand.reference for strand in unit.strands if strand.reference), None)


def _has_values(unit: Unit) -> bool:
    return any(strand.values is not None for strand in unit.strands)


# --- Units
# ---------------------------------------------------------------------------------------------------


def _units(strands: Sequence[Strand], prose: Sequence[int]) -> list[Unit]:
    """Join what follows on from left to right; note the looser neighbourhoods."""
    units: list[Unit] = []
    for index, strand in enumerate(strands):
        before = strands[index - 1] if index else None
        after = strands[index + 1] if index + 1 < len(strands) else None
        unit = units[-1] if units else None
        if unit is not None and before is not None and _continues_parts(unit, strand):
            unit.strands.append(strand)
            continue
        if unit is None or before is None or not _may_follow(unit, before, strand):
            units.append(Unit([strand]))
        elif _follows_closely(strands, index, prose, after):
            unit.strands.append(strand)
        else:
            units.append(Unit([strand]))
            units[-1].near.append(len(units) - 2)
            units[-2].near.append(len(units) - 1)
    return units


def _may_follow(unit: Unit, before: Strand, strand: Strand) -> bool:
    """Whether a strand can be the next of the same row: further right, and with nothing the row has
    already.
    """
    if strand.opens_page or strand.lone_reference or unit.columns & set(strand.cells):
        return False
    if strand.reference and any(each.reference for each in unit.strands):
        return False
    return strand.first > before.last


def _follows_closely(
    strands: Sequence[Strand], index: int, prose: Sequence[int], after: Strand | None
) -> bool:
    """Whether the step from one strand to the next is the usual one within a row.

    From a reference to the name beside it, from one text to the next column's, from a text to the values.
    Not where several cells of one column stand together: there the columns were put out one after another.
    """
    before, strand = strands[index - 1], strands[index]
    earlier = strands[index - 2] if index > 1 else None
    if before.lone_reference:
        listed = (earlier is not None and earlier.lone_reference) or (
            after is not None and after.lone_reference
        )
        return strand.first == prose[0] and not listed
    if strand.values is not None:
        return before.last == max((column for column in prose if column < strand.first), default=-1)
    if before.last == prose[0] and not before.woven:
        # Names are often put out on their own, one after another; one between other cells is its row's.
        if len(prose) > 1 and strand.first == prose[1] and _opens_row(strands, index - 1):
            return True
        return (
            earlier is not None and earlier.last > prose[0] and not before.reference and not strand.reference
        )
    if (
        earlier is not None
        and earlier.last == before.last
        and not earlier.opens_page
        and not before.woven
        and not earlier.woven
    ):
        return False
    if (
        after is not None
        and after.values is None
        and after.first == strand.first
        and after.last == strand.last
        and not after.reference
    ):
        return _next_part(strand, after)
    return (
        prose.index(strand.first) <= prose.index(before.last) + 1
        if strand.first in prose and before.last in prose
        else True
    )


def _opens_row(strands: Sequence[Strand], index: int) -> bool:
    """Whether a name with its reference comes right after the values that close another row."""
    start = index if strands[index].reference else index - 1
    if start < 1 or strands[index].opens_page or not strands[start].reference:
        return False
    return strands[start - 1].values is not None


def _continues_parts(unit: Unit, strand: Strand) -> bool:
    """Part ii of a cell after part i of it, with nothing but the row's other cells between."""
    if strand.reference or strand.values is not None or not strand.cells or strand.opens_page:
        return False
    if any(each.values is not None for each in unit.strands):
        return False
    return set(strand.cells) <= unit.columns and all(
        _first_rank(lines) == _last_rank(unit.lines(column)) + 1 > 1 for column, lines in strand.cells.items()
    )


def _next_part(strand: Strand, after: Strand) -> bool:
    return all(
        column in strand.cells and _first_rank(lines) == _last_rank(strand.cells[column]) + 1 > 1
        for column, lines in after.cells.items()
    )


def _ranks(lines: Sequence[Fragment]) -> list[int]:
    found = [marker(each.text) for each in lines]
    return [rank for rank in (marker_rank(mark) if mark else None for mark in found) if rank]


def _first_rank(lines: Sequence[Fragment]) -> int:
    mark = marker(lines[0].text) if lines else None
    return (marker_rank(mark) or 0) if mark else 0


def _last_rank(lines: Sequence[Fragment]) -> int:
    ranks = _ranks(lines)
    return ranks[-1] if ranks and _first_rank(lines) else 0


# --- Anchors
# -------------------------------------------------------------------------------------------------


def _anchor(units: list[Unit], risks: Sequence[str]) -> None:
    """Give units with a reference to its risk, and, where values and risks are equally many, the n-th to
    the n-th.
    """
    position = {reference: index for index, reference in enumerate(risks)}
    rows = [unit for unit in units if _has_values(unit)]
    for unit in units:
        named = _reference_of(unit)
        if named is not None:
            unit.risk, unit.reason, unit.confidence = (
                position[named],
                "stands in one row with the reference",
                BY_REFERENCE,
            )
    if len(rows) != len(risks):
        return
    if any(unit.risk is not None and unit.risk != index for index, unit in enumerate(rows)):
        return  # the order of the values is not that of the references
    for index, unit in enumerate(rows):
        if unit.risk is None:
            unit.risk = index
            unit.reason = (
                f"runs into row {index + 1} of the values, for risk {index + 1} of {len(risks)} by order"
            )
            unit.confidence = BY_VALUES


# --- The rest, by order and kinship
# ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Plan:
    """One way to place the units so far."""

    cost: float
    chosen: tuple[int, ...]
    taken: dict[tuple[int, int], tuple[int, int]]  # (risk, column) -> first and last part rank there
    reached: dict[int, int]  # column -> the risk its last free unit went to


def _settle(units: list[Unit], count: int, prose: Sequence[int]) -> None:
    """Place the units that nothing ties to a risk (a beam search in file order)."""
    free = [
        index
        for index, unit in enumerate(units)
        if unit.risk is None and unit.strands[0].first >= -1 and unit.columns
    ]
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    for unit in units:
        if unit.risk is not None:
            for column in unit.columns:
                _take(taken, unit.risk, column, unit.lines(column))
    if not free:
        return
    kinship = _Kinship(units, count)
    plans = [_Plan(0.0, (), taken, {})]
    for order, index in enumerate(free):
        asked = _Asked(units, index, free[:order])
        kin = kinship.of(index)
        offers = [
            (plan.cost + _price(asked, risk, plan) - KIN * kin[risk], number, risk)
            for number, plan in enumerate(plans)
            for risk in range(count)
        ]
        offers.sort()
        plans = [
            _chosen(plans[number], asked, risk, cost)
            for cost, number, risk in offers[:BEAM]
            if cost < offers[0][0] + HOPELESS
        ]
    cells = {(risk, column) for risk in range(count) for column in prose}
    closed = sorted(
        (
            (plan.cost + LEFT_EMPTY * len(cells - plan.taken.keys()) + _torn(plan.taken), number)
            for number, plan in enumerate(plans)
        ),
    )
    best = plans[closed[0][1]]
    for order, index in enumerate(free):
        rival = next(
            (cost for cost, number in closed if plans[number].chosen[order] != best.chosen[order]),
            closed[0][0] + 3.0,
        )
        lead = rival - closed[0][0]
        units[index].risk = best.chosen[order]
        units[index].confidence = round(min(BY_ORDER, BY_ORDER_AT_LEAST + BY_ORDER_EACH * lead), 2)
        units[index].reason = "placed by order into the cell still empty there"


class _Asked:
    """A unit to be placed: its columns with their first and last part rank, and the units beside it."""

    spots: list[tuple[int, int, int]]
    near_anchored: list[int]  # the risks of its anchored neighbours
    near_free: list[int]  # the places, in the order of placing, of its free neighbours
    carried: dict[int, int]  # column -> the risk whose cell the page before ended with

    def __init__(self, units: list[Unit], index: int, placed: Sequence[int]) -> None:
        unit = units[index]
        lines = {column: unit.lines(column) for column in sorted(unit.columns)}
        self.spots = [(column, _first_rank(each), _last_rank(each)) for column, each in lines.items()]
        risks = [units[neighbour].risk for neighbour in unit.near]
        self.near_anchored = [risk for risk in risks if risk is not None]
        self.near_free = [placed.index(neighbour) for neighbour in unit.near if neighbour in placed]
        self.carried = {}
        if unit.strands[0].opens_page:
            for column in unit.columns:
                before = [
                    each.risk for each in units[:index] if each.risk is not None and column in each.columns
                ]
                if before:
                    self.carried[column] = before[-1]


def _take(
    taken: dict[tuple[int, int], tuple[int, int]], risk: int, column: int, lines: Sequence[Fragment]
) -> None:
    _mark(taken, risk, column, _first_rank(lines), _last_rank(lines))


def _mark(
    taken: dict[tuple[int, int], tuple[int, int]], risk: int, column: int, first: int, last: int
) -> None:
    known = taken.get((risk, column))
    taken[(risk, column)] = (min(first, known[0]), max(last, known[1])) if known else (first, last)


def _chosen(plan: _Plan, asked: _Asked, risk: int, cost: float) -> _Plan:
    taken, reached = dict(plan.taken), dict(plan.reached)
    for column, first, last in asked.spots:
        _mark(taken, risk, column, first, last)
        reached[column] = max(risk, reached.get(column, -1))
    return _Plan(cost, (*plan.chosen, risk), taken, reached)


def _price(asked: _Asked, risk: int, plan: _Plan) -> float:
    """What speaks against giving a unit to a risk."""
    cost = 0.0
    for column, first, last in asked.spots:
        known = plan.taken.get((risk, column))
        if known is not None:
            if not (first and known[0] and (first == known[1] + 1 or last + 1 == known[0])):
                cost += PAGE_BREAK if asked.carried.get(column) == risk else TWICE
            continue
        if first > 1:
            cost += 2.0  # part ii of nothing
        elif first == 1 and last == 1:
            cost += FIRST_PART_ALONE
        reached = plan.reached.get(column, -1)
        if risk < reached:
            cost += OUT_OF_ORDER
        cost += PASSED_OVER * sum((each, column) not in plan.taken for each in range(reached + 1, risk))
    cost -= NEIGHBOUR * asked.near_anchored.count(risk)
    return cost - NEIGHBOUR * sum(plan.chosen[place] == risk for place in asked.near_free)


def _torn(taken: dict[tuple[int, int], tuple[int, int]]) -> float:
    """A cell that starts with part ii still wants its part i."""
    return sum(1.0 for first, _ in taken.values() if first > 1)


class _Kinship:
    """How much of its rarer vocabulary a unit shares with what a risk has already (0 to 1)."""

    def __init__(self, units: list[Unit], count: int) -> None:
        self.bags = [Counter(_stems(unit.words)) for unit in units]
        spread = Counter(word for bag in self.bags for word in bag)
        total = len(units) or 1
        self.weight = {word: log(total / seen) for word, seen in spread.items()}
        self.known: list[Counter[str]] = [Counter() for _ in range(count)]
        for unit, bag in zip(units, self.bags, strict=True):
            if unit.risk is not None:
                self.known[unit.risk].update(bag)
        self.sizes = [self._size(bag) for bag in self.known]

    def of(self, index: int) -> list[float]:
        """The kinship of one unit with each risk."""
        bag = self.bags[index]
        size = self._size(bag)
        return [
            sum(self.weight[word] ** 2 for word in bag if word in known) / (size * other)
            if size and other
            else 0.0
            for known, other in zip(self.known, self.sizes, strict=True)
        ]

    def _size(self, bag: Counter[str]) -> float:
        return sqrt(sum(self.weight.get(word, 0.0) ** 2 for word in bag))


def _stems(text: str) -> list[str]:
    return [word[:7] for word in re.findall(r"[a-z]{4,}", text.casefold())]


# --- Cells
# ---------------------------------------------------------------------------------------------------


def _cells(units: list[Unit], count: int) -> tuple[dict[tuple[int, int], Placed], list[Fragment]]:
    gathered: dict[tuple[int, int], list[tuple[Unit, Strand]]] = defaultdict(list)
    homeless: list[Fragment] = []
    for unit in units:
        for strand in unit.strands:
            for column in strand.cells:
                if unit.risk is None:
                    homeless.extend(strand.cells[column])
                else:
                    gathered[(unit.risk, column)].append((unit, strand))
    return {key: _joined(key[1], found) for key, found in gathered.items()}, homeless


def _joined(column: int, found: list[tuple[Unit, Strand]]) -> Placed:
    """The texts of one cell in order: by their parts where they have them, else as they come in the file."""
    ordered = sorted(
        enumerate(found),
        key=lambda each: (
            _first_rank(each[1][1].cells[column]) or 99 if _parted(found, column) else 0,
            each[0],
        ),
    )
    fragments = [fragment for _, (_, strand) in ordered for fragment in strand.cells[column]]
    confidence = min(unit.confidence * _woven_confidence(strand) for unit, strand in found)
    reasons = list(dict.fromkeys(unit.reason for unit, _ in found))
    if any(strand.woven for _, strand in found):
        reasons.append("taken apart from columns that were put out line by line into one another")
    if len(found) > 1:
        reasons.append("joined from places apart in the file")
        if not _parted(found, column) and not any(strand.opens_page for _, strand in found[1:]):
            confidence *= GATHERED
    return Placed(fragments, round(confidence, 2), "; ".join(reasons))


def _parted(found: list[tuple[Unit, Strand]], column: int) -> bool:
    return all(_first_rank(strand.cells[column]) for _, strand in found)


def _woven_confidence(strand: Strand) -> float:
    return 1.0 if not strand.woven else min(WOVEN, WOVEN_AT_LEAST + 0.15 * strand.margin)


def alone(fragment: Fragment) -> bool:
    """Whether a line is nothing but a part marker."""
    return bool(MARKER_ALONE.match(fragment.text))
