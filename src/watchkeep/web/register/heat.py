"""Likelihood by impact: how many risks stand in each cell, which, and what band the scale makes of it."""

from __future__ import annotations

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.matrix import Graded, plain
from watchkeep.domain.scale import shade
from watchkeep.web.components.pieces import Heat, HeatCell, HeatRisk, HeatRow
from watchkeep.web.register.rows import Row


def heat(document: RegisterDocument, rows: tuple[Row, ...], graded: Graded | None = None) -> Heat | None:
    """The map, where both are rated; nothing where no risk has a place on it.

    With the body's own scale each cell has the band of the matrix, in words and tint; without, it is tinted
    where its risks agree.
    """
    likelihoods = [level.name for level in sorted(document.scale.likelihood, key=lambda level: -level.rank)]
    impacts = [level.name for level in sorted(document.scale.impact, key=lambda level: level.rank)]
    places = {(plain(likelihood), plain(impact)) for likelihood in likelihoods for impact in impacts}
    placed: dict[tuple[str, str], list[Row]] = {}
    outside: list[HeatRisk] = []
    for row in rows:
        standing = row.risk.standing
        place = ("", "")
        if standing and standing.likelihood.text and standing.impact.text:
            place = (plain(standing.likelihood.text), plain(standing.impact.text))
        if place in places:
            placed.setdefault(place, []).append(row)
        else:
            outside.append(_risk(row))
    if not placed:
        return None
    return Heat(
        caption="Risks by likelihood and impact",
        impacts=tuple(impacts),
        rows=tuple(
            HeatRow(
                name,
                tuple(
                    _cell(
                        document,
                        placed.get((plain(name), plain(impact)), []),
                        impact,
                        _made(graded, name, impact),
                    )
                    for impact in impacts
                ),
            )
            for name in likelihoods
        ),
        outside=tuple(outside),
    )


def _made(graded: Graded | None, likelihood: str, impact: str) -> str:
    """The band that the matrix makes of the two, where the scale is the body's own."""
    if graded is None or not graded.matrix:
        return ""
    row, column = graded.rank("likelihood", likelihood), graded.rank("impact", impact)
    return graded.band_of(row, column).name if row and column else ""


def _cell(document: RegisterDocument, rows: list[Row], impact: str, band: str) -> HeatCell:
    named = tuple(_risk(row) for row in rows)
    if band:
        return HeatCell(named, shade(document.scale, band) or 0, band, impact)
    steps = {row.band.step for row in rows}
    return HeatCell(named, steps.pop() if len(steps) == 1 else 0, impact=impact)


def _risk(row: Row) -> HeatRisk:
    return HeatRisk(
        row.risk.reference.text or row.risk.key, row.link, row.risk.name.text or "", row.band.name
    )
