"""A judged series told: a sentence, a small table, and everything as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.spc import Chart, Judged, Segment
from watchkeep.domain.spc.prospects import target_on

MOST_ROWS = 24  # flagged readings that are shown one by one


def lines(chart: Chart, notes: Sequence[str]) -> Iterator[str]:
    """The verdict first; then limits, flagged readings, the target, and what to know."""
    yield chart.verdict.sentence
    if chart.segments:
        yield ""
        yield from _table(chart)
        yield from _flagged(chart)
    if target := _target(chart):
        yield ""
        yield target
    told = [*chart.suggestions, *chart.cautions, *notes]
    if told:
        yield ""
        yield from (f"- {each}" for each in told)


def _table(chart: Chart) -> Iterator[str]:
    heads = ("limits", "readings", "lower", "mean", "upper", "fixed on")
    yield from _rows([heads, *(_segment(each, chart) for each in chart.segments)])


def _segment(each: Segment, chart: Chart) -> tuple[str, ...]:
    number = sum(each.first <= reading.on <= each.last for reading in chart.readings)
    unit = chart.series.definition.unit
    fixed = f"{each.fixed_on}{' (provisional)' if each.provisional else ''}"
    span = f"{each.first.isoformat()} to {each.last.isoformat()}"
    return (
        f"{span}{f': {each.reason}' if each.reason else ''}",
        str(number),
        figure(each.lower, unit),
        figure(each.centre, unit),
        figure(each.upper, unit),
        fixed,
    )


def _flagged(chart: Chart) -> Iterator[str]:
    """Readings with signals, the latest ones where there are many."""
    shown = [each for each in chart.readings if each.signals]
    if not shown:
        return
    yield ""
    if len(shown) > MOST_ROWS:
        yield f"The last {MOST_ROWS} of {len(shown)} readings with signals:"
    unit = chart.series.definition.unit
    rows = [
        (each.on.isoformat(), figure(each.value, unit), ", ".join(each.signals), each.meaning)
        for each in shown[-MOST_ROWS:]
    ]
    yield from _rows([("date", "value", "signals", "meaning"), *rows])


def _rows(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Columns set under one another."""
    wide = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()


def _target(chart: Chart) -> str:
    if not chart.readings:
        return ""
    held = target_on(chart.series.targets, chart.readings[-1].on)
    if held is None:
        return ""
    value = figure(held.value, chart.series.definition.unit)
    if chart.capability is None:
        if chart.series.definition.better == "neither":
            return f"Target {value}: say which way is better, and its prospects can be told."
        return f"Target {value}: too few readings to tell its prospects."
    words = {
        "consistently meets": "the process as it is meets it time after time",
        "hit and miss": "the process as it is hits and misses it by chance",
        "consistently fails": "the process as it is cannot be expected to reach it",
    }
    return f"Target {value}: {chart.capability}; {words[chart.capability]}."


def as_data(chart: Chart, notes: Sequence[str]) -> dict[str, Any]:
    """Everything that the chart holds, for a pipeline."""
    definition = chart.series.definition
    held = target_on(chart.series.targets, chart.readings[-1].on) if chart.readings else None
    return {
        "name": definition.name,
        "dialect": chart.dialect,
        "family": definition.family,
        "better": definition.better,
        "frequency": definition.frequency,
        "unit": definition.unit,
        "verdict": chart.verdict.word,
        "sentence": chart.verdict.sentence,
        "confirmed": chart.verdict.confirmed,
        "provisional": chart.verdict.provisional,
        "target": None if held is None else held.value,
        "target_capability": chart.capability,
        "segments": [_segment_data(each) for each in chart.segments],
        "points": [_point(each) for each in chart.readings],
        "basis": chart.basis,
        "basis_in_words": chart.basis_in_words,
        "tested": [_point(each) for each in chart.tested],
        "cautions": list(chart.cautions),
        "suggestions": list(chart.suggestions),
        "notes": list(notes),
    }


def _segment_data(each: Segment) -> dict[str, Any]:
    return {
        "first": each.first.isoformat(),
        "last": each.last.isoformat(),
        "mean": each.centre,
        "lower": each.lower,
        "upper": each.upper,
        "fixed_on": each.fixed_on,
        "provisional": each.provisional,
        "reason": each.reason,
    }


def _point(each: Judged) -> dict[str, Any]:
    return {
        "date": each.on.isoformat(),
        "value": each.value,
        "mean": each.centre,
        "lower": each.lower,
        "upper": each.upper,
        "signals": list(each.signals),
        "side": each.side,
        "meaning": each.meaning,
    }
