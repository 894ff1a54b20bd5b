"""Likelihood by impact: how many risks stand in each cell, which, what band the scale makes of it, and how
they moved since a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from watchkeep.apps.register.queries.placing import Placing
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import counted, in_words, listed
from watchkeep.domain.matrix import Graded, plain
from watchkeep.domain.scale import shade
from watchkeep.web.components.pieces import Heat, HeatCell, HeatRisk, HeatRow
from watchkeep.web.components.tags import day
from watchkeep.web.register.rows import Row

Place = tuple[str, str]  # likelihood and impact, as names are compared
# The way from one cell to another by the signs of (impact, likelihood), in degrees from straight up.
ROUND = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))
TURNS = {signs: 45 * eighth for eighth, signs in enumerate(ROUND)}


@dataclass(frozen=True, slots=True)
class Before:
    """Where the risks stood at the end of a day, by their keys."""

    on: date
    placed: Mapping[str, Placing]


@dataclass
class _Map:
    """The cells while they are filled."""

    likelihoods: list[str]  # the gravest first
    impacts: list[str]  # the mildest first
    inside: dict[Place, list[HeatRisk]] = field(default_factory=dict)
    left: dict[Place, list[HeatRisk]] = field(default_factory=dict)
    outside: list[HeatRisk] = field(default_factory=list)
    moves: list[HeatRisk] = field(default_factory=list)
    new: int = 0

    def place(self, likelihood: str | None, impact: str | None) -> Place | None:
        """The cell of two words, if it is on the map."""
        found = plain(likelihood or ""), plain(impact or "")
        rows, columns = ([plain(each) for each in axis] for axis in (self.likelihoods, self.impacts))
        return found if found[0] in rows and found[1] in columns else None

    def named(self, place: Place) -> str:
        """A cell in the scale's own words."""
        likelihood, impact = self._at(place)
        return f"{self.likelihoods[likelihood]}, {self.impacts[impact]}"

    def turn(self, before: Place, now: Place) -> int:
        """Which way it is from one cell to another."""
        (was_up, was_right), (up, right) = self._at(before), self._at(now)
        return TURNS[_sign(right - was_right), _sign(was_up - up)]

    def _at(self, place: Place) -> tuple[int, int]:
        rows, columns = ([plain(each) for each in axis] for axis in (self.likelihoods, self.impacts))
        return rows.index(place[0]), columns.index(place[1])


def heat(
    document: RegisterDocument,
    rows: tuple[Row, ...],
    graded: Graded | None = None,
    before: Before | None = None,
) -> Heat | None:
    """The map, where both are rated; nothing where no risk has a place on it.

    With the body's own scale each cell has the band of the matrix, in words and tint; without, it is tinted
    where its risks agree. A risk that stood elsewhere `before` has an arrow, and leaves its name there.
    """
    filled = _Map(
        [level.name for level in sorted(document.scale.likelihood, key=lambda level: -level.rank)],
        [level.name for level in sorted(document.scale.impact, key=lambda level: level.rank)],
    )
    for row in rows:
        _put(filled, row, before)
    if not filled.inside:
        return None
    cells = tuple(
        HeatRow(name, tuple(_cell(document, filled, name, impact, graded) for impact in filled.impacts))
        for name in filled.likelihoods
    )
    every = [cell for row in cells for cell in row.cells]
    return Heat(
        caption="Risks by likelihood and impact",
        impacts=tuple(filled.impacts),
        rows=cells,
        outside=tuple(filled.outside),
        moves=tuple(filled.moves),
        title=_title(filled, before),
        otherwise=tuple(
            each
            for cell in every
            for each in cell.risks
            if cell.band and each.band and plain(each.band) != plain(cell.band)
        ),
    )


def _put(filled: _Map, row: Row, before: Before | None) -> None:
    """One risk into its cell, and its name into the one that it left."""
    risk, standing = _risk(row), row.risk.standing
    now = filled.place(standing.likelihood.text, standing.impact.text) if standing else None
    if now is None:
        filled.outside.append(risk)
        return
    if before is not None:
        was = before.placed.get(row.risk.key)
        then = filled.place(was.likelihood, was.impact) if was else None
        if then is None:
            filled.new += 1
            risk = replace(risk, came="new on the map")
        elif then != now:
            risk = replace(risk, came=f"moved from {filled.named(then)}", turn=filled.turn(then, now))
            filled.moves.append(replace(risk, came=f"{risk.came} to {filled.named(now)}"))
            filled.left.setdefault(then, []).append(replace(risk, came=f"moved to {filled.named(now)}"))
    filled.inside.setdefault(now, []).append(risk)


def _title(filled: _Map, before: Before | None) -> str:
    if before is None:
        return "Where the risks stand"
    moved, every = len(filled.moves), sum(map(len, filled.inside.values()))
    same = every - moved - filled.new
    told = [f"{counted(moved, 'risk')} moved" if moved else "no risk moved"]
    if filled.new:
        told.append(f"{counted(filled.new, 'risk')} came new")
    if same and (moved or filled.new):
        told.append(f"{in_words(same)} {'stands where it' if same == 1 else 'stand where they'} stood")
    return f"Since {day(before.on)}, {listed(told)}"


def _made(graded: Graded | None, likelihood: str, impact: str) -> str:
    """The band that the matrix makes of the two, where the scale is the body's own."""
    if graded is None or not graded.matrix:
        return ""
    row, column = graded.rank("likelihood", likelihood), graded.rank("impact", impact)
    return graded.band_of(row, column).name if row and column else ""


def _cell(
    document: RegisterDocument, filled: _Map, likelihood: str, impact: str, graded: Graded | None
) -> HeatCell:
    place = plain(likelihood), plain(impact)
    band = _made(graded, likelihood, impact)
    named, left = tuple(filled.inside.get(place, ())), tuple(filled.left.get(place, ()))
    if band:
        return HeatCell(named, shade(document.scale, band) or 0, band, impact, left)
    steps = {shade(document.scale, each.band) or 0 for each in named}
    return HeatCell(named, steps.pop() if len(steps) == 1 else 0, impact=impact, left=left)


def _risk(row: Row) -> HeatRisk:
    return HeatRisk(
        row.risk.reference.text or row.risk.key, row.link, row.risk.name.text or "", row.band.name
    )


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
