"""A risk at length: what names it, facts side by side, then its texts."""

from __future__ import annotations

from watchkeep.domain.document import Column, Risk
from watchkeep.formats.columns import printed_heading
from watchkeep.formats.writers.paper.cells import called
from watchkeep.formats.writers.paper.values import Cell, Pair, Sheet

FACT = 44  # characters; three fields that say no more stand side by side on a sheet
HALF = 420  # characters; two do


def sheet_of(risk: Risk, columns: tuple[Column, ...], cells: list[Cell], room: list[int]) -> Sheet:
    """`room` says for each column how many of its kind may stand side by side, the same for every risk."""
    named: list[Pair] = []
    facts: list[Pair] = []
    trends: list[Pair] = []
    half: list[Pair] = []
    texts: list[tuple[Pair, ...]] = []
    for column, cell, beside in zip(columns, cells, room, strict=True):
        pair = (" ".join(column.heading.split()) or printed_heading(column.meaning), cell)
        if column.meaning in ("reference", "name"):
            named.append(pair)
        elif beside == 3:
            (trends if column.meaning.startswith("trends:") else facts).append(pair)
        elif beside == 2 and not half:
            half.append(pair)
        else:
            texts += [(*half, pair)] if beside == 2 else [*([tuple(half)] if half else []), (pair,)]
            half = []
    texts += [tuple(half)] if half else []
    named.sort(key=lambda pair: pair[1].kind != "label")
    name = " ".join((risk.name.text or "").split()) or called(risk)
    return Sheet(
        risk.key, called(risk), name, tuple(named), (*_threes(facts), *_threes(trends)), tuple(texts)
    )


def _threes(pairs: list[Pair]) -> list[tuple[Pair, ...]]:
    return [tuple(pairs[start : start + 3]) for start in range(0, len(pairs), 3)]


def room_of(place: int, cells: dict[str, list[Cell]]) -> int:
    """How many fields like this one may stand side by side: three short ones, two of some lines, or one."""
    longest = max((len(row[place].words) for row in cells.values()), default=0)
    if longest <= FACT and not any(len(row[place].lines) > 1 for row in cells.values()):
        return 3
    return 2 if longest <= HALF and not any(row[place].kind == "list" for row in cells.values()) else 1
