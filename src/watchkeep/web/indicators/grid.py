"""Themes held against measures: every cell has the series that are both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watchkeep.domain.finding import in_words
from watchkeep.web.indicators.panels import Panel


@dataclass(frozen=True, slots=True)
class GridRow:
    """A theme, and under each measure its series."""

    theme: str
    cells: tuple[tuple[str, tuple[Panel, ...]], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole of it. `outside` are series that lack a theme or a measure."""

    measures: tuple[str, ...]
    rows: tuple[GridRow, ...]
    outside: tuple[Panel, ...]
    finding: str


def gridded(panels: Sequence[Panel]) -> Grid:
    """Themes down, measures across, both in the order in which the indicators bring them."""
    inside = [each for each in panels if _place(each)[0] and _place(each)[1]]
    themes = list(dict.fromkeys(_place(each)[0] for each in inside))
    measures = tuple(dict.fromkeys(_place(each)[1] for each in inside))
    rows = tuple(
        GridRow(
            theme,
            tuple(
                (measure, tuple(each for each in inside if _place(each) == (theme, measure)))
                for measure in measures
            ),
        )
        for theme in themes
    )
    outside = tuple(each for each in panels if each not in inside)
    return Grid(measures, rows, outside, _finding(rows))


def _finding(rows: Sequence[GridRow]) -> str:
    worse = [
        row.theme
        for row in rows
        if any(each.chart.verdict.word == "worsening" for _, cell in row.cells for each in cell)
    ]
    if not rows:
        return "No indicator has both a theme and a measure yet."
    if not worse:
        return f"No measure worsens in any of {in_words(len(rows))} themes."
    named = worse[0] if len(worse) == 1 else f"{', '.join(worse[:-1])} and {worse[-1]}"
    return f"Measures worsen in {in_words(len(worse))} of {in_words(len(rows))} themes: {named}."


def _place(panel: Panel) -> tuple[str, str]:
    said = panel.series.definition
    return said.theme, said.measure
