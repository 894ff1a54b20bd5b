"""Units that nothing ties to a risk, placed by order and by the words they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watchkeep.formats.readers.text.flow.kinship import Kinship
from watchkeep.formats.readers.text.flow.ranks import first_rank, last_rank
from watchkeep.formats.readers.text.flow.units import Unit
from watchkeep.formats.readers.text.lines import Fragment

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

# What placing by order earns, measured as in `placing`.
BY_ORDER = 0.65  # at most: where the next best order is far dearer
BY_ORDER_AT_LEAST = 0.2
BY_ORDER_EACH = 0.22  # for each step that the next best order is dearer


@dataclass(slots=True)
class _Plan:
    """One way to place the units so far."""

    cost: float
    chosen: tuple[int, ...]
    taken: dict[tuple[int, int], tuple[int, int]]  # (risk, column) -> first and last part rank there
    reached: dict[int, int]  # column -> the risk its last free unit went to


def settle(units: list[Unit], count: int, prose: Sequence[int]) -> None:
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
    kinship = Kinship(units, count)
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
    _keep_cheapest(units, free, plans, {(risk, column) for risk in range(count) for column in prose})


def _keep_cheapest(
    units: list[Unit], free: Sequence[int], plans: Sequence[_Plan], cells: set[tuple[int, int]]
) -> None:
    """Give the free units to the risks of the cheapest plan; its lead over the next is the confidence."""
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
        self.spots = [(column, first_rank(each), last_rank(each)) for column, each in lines.items()]
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
    _mark(taken, risk, column, first_rank(lines), last_rank(lines))


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
