"""An expected effect drawn against what came, and against what was foretold without it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, Protocol

from watchkeep.domain.forecast import Awaited, Effect
from watchkeep.domain.forecast.effect import Word
from watchkeep.domain.indicator import Reading, Series
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.spc.spacing import next_period
from watchkeep.formats.charts.colours import AHEAD, AIM, COMMON, INK, MEANINGS, PAPER, QUIET
from watchkeep.formats.charts.drawing import Specification
from watchkeep.formats.charts.layers import WORDS, across, layer, up
from watchkeep.formats.charts.room import Room, lettered
from watchkeep.formats.charts.sparkline import Meaning

BEFORE, NARROW_BEFORE = 30, 14  # readings of before it began that are drawn
LEFT: Final = 56  # pixels for the numbers of the values
RIGHT, NARROW_RIGHT = 132, 92  # pixels for the names of the lines, right of the chart
NARROW: Final = 450
TITLE: Final = 14
LETTER: Final = 0.56  # of a letter's size: how wide it is, on average
SAYS: Final[dict[Word, Meaning]] = {
    "came": "improvement",
    "partly": "improvement",
    "did not come": "concern",
    "the other way": "concern",
}


class Drawn(Protocol):
    """All that the chart shows. Readings that are of after the day asked about are not in the series."""

    @property
    def series(self) -> Series: ...
    @property
    def waited(self) -> Awaited: ...
    @property
    def effect(self) -> Effect: ...


def effect_chart(shown: Drawn, *, width: int = 720, height: int = 260, titled: bool = False) -> Specification:
    """The chart as a Vega-Lite specification. `titled` writes the finding above it, for a file of its own."""
    narrow = width < NARROW
    readings = _readings_shown(shown, NARROW_BEFORE if narrow else BEFORE)
    hoped = _hoped(shown, readings)
    room = _room(shown, readings, hoped, width - LEFT - (NARROW_RIGHT if narrow else RIGHT), height)
    unit = shown.series.definition.unit
    layers = [
        *_without(shown.effect),
        layer(hoped, {"type": "line", "color": AIM, "strokeWidth": 2, "strokeDash": [10, 3]}),
        *_days(shown, room, narrow=narrow),
        *_beside(shown.series, room),
        *_marks(shown.effect, readings),
        _names(shown, readings, hoped, room, narrow=narrow),
    ]
    specification: Specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": room.width,
        "height": height,
        "data": {"values": []},
        "config": {"font": "Inter", "view": {"stroke": None}, "background": None, "padding": 4},
        "encoding": {"x": across(room, named=True), "y": up(unit, room, named=True)},
        "layer": [each for each in layers if each["data"]["values"]],
    }
    return specification | ({"title": _title(shown, width)} if titled else {})


def _title(shown: Drawn, width: int) -> Specification:
    lines = textwrap.wrap(shown.effect.sentence, max(int(width / (TITLE * LETTER)), 20))
    definition = shown.series.definition
    name = f"{definition.name}, {definition.unit}" if definition.unit else definition.name
    return {
        "text": lines,
        "subtitle": name,
        "anchor": "start",
        "fontSize": TITLE,
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": WORDS + 1,
        "offset": 22,
    }


def _readings_shown(shown: Drawn, most: int) -> list[Reading]:
    """The last of before it began, and all since, as far as they are compared or nothing is."""
    recorded = shown.series.recorded
    before = [each for each in recorded if each.on < shown.waited.started][-most:]
    return [*before, *(each for each in recorded if each.on >= shown.waited.started)]


def _hoped(shown: Drawn, readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """From what would have come when it began, straight to what was hoped for, and on from there."""
    due = [each for each in shown.effect.compared if each.hoped is not None]
    waited = shown.waited
    if due:
        first = next(
            (each for each in shown.effect.compared if each.on >= waited.started), shown.effect.compared[0]
        )
        rows = [(first.on, first.without)] if first.hoped is None else []
        return [_row(on, value) for on, value in (*rows, *((each.on, each.hoped) for each in due))]
    if waited.expected.measure == "change":
        return []  # nothing was foretold that it could be added to
    last = max([each.on for each in readings], default=waited.expected.by)
    frequency = shown.series.definition.frequency
    end = max(last, next_period(waited.expected.by, frequency))
    return [_row(on, waited.expected.amount) for on in (waited.expected.by, end)]


def _row(on: date, value: float | None) -> dict[str, Any]:
    return {"on": on.isoformat(), "value": value}


def _room(
    shown: Drawn, readings: Sequence[Reading], hoped: Sequence[dict[str, Any]], width: int, height: int
) -> Room:
    days = [shown.waited.started, shown.waited.expected.by]
    days += [each.on for each in readings] + [each.on for each in shown.effect.compared]
    values = [each.value for each in readings if each.value is not None]
    values += [each["value"] for each in hoped]
    for each in shown.effect.compared:
        values += [each.without, *((each.edges.low, each.edges.high) if each.edges else ())]
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = (high - low) * 0.08 or abs(high) * 0.08 or 1.0
    floor = 0.0 if low >= 0 > low - air else low - air
    first, last = min(days), max(days)
    return Room(first, max(last, first + timedelta(days=1)), floor, high + air, height, width)


def _without(effect: Effect) -> list[Specification]:
    """What was to be expected without it: the 80 % band pale, its middle as a broken line."""
    rows = [
        {"on": each.on.isoformat(), "value": each.without, "low": each.edges.low, "high": each.edges.high}
        for each in effect.compared
        if each.edges
    ]
    middle = [_row(each.on, each.without) for each in effect.compared]
    return [
        layer(
            rows,
            {"type": "area", "color": AHEAD, "opacity": 0.5},
            y={"field": "low", "type": "quantitative"},
            y2={"field": "high"},
        ),
        layer(middle, {"type": "line", "color": QUIET, "strokeDash": [2, 3], "strokeWidth": 1.5}),
    ]


def _days(shown: Drawn, room: Room, *, narrow: bool) -> list[Specification]:
    """The day on which it began and the one by which it was to show, each named above the chart."""
    waited = shown.waited
    said = [(waited.started, "begins"), (waited.expected.by, "to show by")]
    near = abs(room.across(waited.expected.by) - room.across(waited.started)) < (115 if narrow else 120)
    rows = [{"on": on.isoformat(), "word": word} for on, word in said]
    layers = [layer(rows, {"type": "rule", "color": INK, "strokeWidth": 1, "strokeDash": [3, 2]}, y=None)]
    for place, row in enumerate(rows):
        right = room.across(said[place][0]) > room.width / 2
        mark = {
            "type": "text",
            "align": "right" if right else "left",
            "dx": -3 if right else 3,
            "baseline": "bottom",
            "fontSize": WORDS,
            "color": INK,
        }
        above = -17 if near and place == 1 else -4
        layers.append(layer([row], mark, y={"value": above}, text={"field": "word"}))
    return layers


def _beside(series: Series, room: Room) -> list[Specification]:
    """New limits and what happened, as thin lines at the foot; the words stand under the chart."""
    days = sorted({each.on for each in series.rebases} | {each.on for each in series.annotations})
    rows = [{"on": on.isoformat()} for on in days if room.first <= on <= room.last]
    rule = {"type": "rule", "color": QUIET, "strokeWidth": 0.8, "strokeDash": [1, 2]}
    point = {
        "type": "point",
        "shape": "triangle-up",
        "filled": True,
        "color": QUIET,
        "size": 46,
        "opacity": 1,
    }
    return [layer(rows, rule, y=None), layer(rows, point, y={"value": room.height - 5})]


def _marks(effect: Effect, readings: Sequence[Reading]) -> list[Specification]:
    """The readings; those that were judged in the shape and colour of what came of them."""
    judged = {each.on for each in effect.compared if each.judged}
    plain, told = MEANINGS[""], MEANINGS[SAYS.get(effect.word, "")]
    rows = [
        {
            "on": each.on.isoformat(),
            "value": each.value,
            "colour": (told if each.on in judged else plain)[0],
            "shape": (told if each.on in judged else plain)[1],
            "size": 90 if each.on in judged else 28,
        }
        for each in readings
    ]
    own = {"type": "nominal", "scale": None, "legend": None}
    return [
        layer(rows, {"type": "line", "color": COMMON, "strokeWidth": 1.2}),
        layer(
            rows,
            {"type": "point", "filled": True, "opacity": 1, "stroke": PAPER, "strokeWidth": 0.8},
            color={"field": "colour"} | own,
            shape={"field": "shape"} | own,
            size={"field": "size", "type": "quantitative", "scale": None, "legend": None},
        ),
    ]


def _names(
    shown: Drawn,
    readings: Sequence[Reading],
    hoped: Sequence[dict[str, Any]],
    room: Room,
    *,
    narrow: bool,
) -> Specification:
    """What each line is and where it ends, right of the chart; names that would lie on one another part."""
    names: list[tuple[str, float, str]] = []
    unit = "" if narrow else shown.series.definition.unit
    if shown.effect.compared:
        last = shown.effect.compared[-1].without
        names.append((f"without it {figure(last, unit)}", last, QUIET))
    if hoped:
        names.append((f"hoped for {figure(hoped[-1]['value'], unit)}", hoped[-1]["value"], AIM))
    if readings and readings[-1].value is not None:
        names.append((f"came {figure(readings[-1].value, unit)}", readings[-1].value, INK))
    rows = [{"y": y, "text": text, "colour": colour} for text, y, colour in lettered(names, room, WORDS + 2)]
    return layer(
        rows,
        {"type": "text", "align": "left", "dx": 6, "fontSize": WORDS, "limit": RIGHT},
        x={"value": "width"},
        y={"field": "y", "type": "quantitative", "scale": None},
        text={"field": "text"},
        color={"field": "colour", "type": "nominal", "scale": None, "legend": None},
    )
