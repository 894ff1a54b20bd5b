"""A control chart: readings and their signals between limits, targets with their dates, and what happened.

Every sign that has a colour has a shape of its own, so that the chart reads in grey print as well.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.spc import Chart
from watchkeep.formats.charts.colours import AHEAD, AIM, COMMON, INK, MEANINGS, PAPER, QUIET
from watchkeep.formats.charts.drawing import Specification
from watchkeep.formats.charts.layers import WORDS, across, layer, up
from watchkeep.formats.charts.room import Room, lettered, room_of

TITLE = 14  # pixels: the size of the title's letters
LETTER = 0.56  # of a letter's size: how wide it is, on average
LEFT = 56  # pixels for the numbers of the values
RIGHT, NARROW_RIGHT = 118, 82  # pixels for the names of the lines, right of the chart
NARROW = 450  # pixels: a narrower chart calls its lines by shorter names
LOW = 130  # pixels: a lower chart has no room for names and notes
LEAST_REASON = 26  # letters: a shorter piece of a rebase's reason says nothing


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is forecast for a day, with the bounds of four readings in five and of nineteen in twenty."""

    on: date
    value: float
    low80: float
    high80: float
    low95: float
    high95: float


def xmr(
    chart: Chart,
    *,
    width: int = 720,
    height: int = 280,
    fan: Sequence[Ahead] = (),
    titled: bool = False,
) -> Specification:
    """The chart as a Vega-Lite specification. `titled` writes the verdict above it, for a file of its own."""
    named, narrow = height >= LOW, width < NARROW
    right = (NARROW_RIGHT if narrow else RIGHT) if named else 8
    room = room_of(chart, fan, width=width - LEFT - right, height=height)
    layers = [
        *_fan(fan),
        *_targets(chart, room),
        *_limits(chart),
        *_planned(chart),
        *_rebases(chart, room, named=named),
        *_readings(chart, small=not named),
    ]
    if named:
        layers += [*_annotations(chart, room), *_line_names(chart, room, narrow=narrow)]
    specification: Specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": room.width,
        "height": height,
        "data": {"values": []},
        "config": {"font": "Inter", "view": {"stroke": None}, "background": None, "padding": 4},
        "encoding": {
            "x": across(room, named=named),
            "y": up(chart.series.definition.unit, room, named=named),
        },
        "layer": [each for each in layers if each["data"]["values"]],
    }
    return specification | ({"title": _title(chart, width)} if titled else {})


def _title(chart: Chart, width: int) -> Specification:
    """The finding, on as many lines as it takes; what was measured under it."""
    definition = chart.series.definition
    lines = textwrap.wrap(chart.verdict.sentence, max(int(width / (TITLE * LETTER)), 20))
    return {
        "text": lines or [definition.name],
        "subtitle": f"{definition.name}, {definition.unit}" if definition.unit else definition.name,
        "anchor": "start",
        "fontSize": TITLE,
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": WORDS + 1,
        "offset": 14,
    }


def _fan(fan: Sequence[Ahead]) -> list[Specification]:
    """What is ahead: the wide band pale, the narrow one darker, the middle as a broken line."""
    rows = [{"on": each.on.isoformat(), **_bounds(each)} for each in fan]
    bands = [
        layer(
            rows,
            {"type": "area", "color": AHEAD, "opacity": opacity},
            y={"field": f"low{share}", "type": "quantitative"},
            y2={"field": f"high{share}"},
        )
        for share, opacity in ((95, 0.35), (80, 0.55))
    ]
    return [*bands, layer(rows, {"type": "line", "color": AIM, "strokeDash": [2, 3], "strokeWidth": 1.5})]


def _bounds(each: Ahead) -> dict[str, float]:
    return {name: getattr(each, name) for name in ("value", "low80", "high80", "low95", "high95")}


def _limits(chart: Chart) -> list[Specification]:
    """The centre and both limits of each segment; they move with the denominator where a share has one."""
    rows = [
        {
            "on": each.on.isoformat(),
            "stretch": place,
            "centre": each.centre,
            "lower": each.lower,
            "upper": each.upper,
        }
        for place, segment in enumerate(chart.segments)
        for each in chart.readings
        if segment.first <= each.on <= segment.last
    ]
    lines = []
    for name, dash in (("lower", [5, 4]), ("upper", [5, 4]), ("centre", [])):
        known = [row for row in rows if row[name] is not None]
        mark = {"type": "line", "color": QUIET, "strokeWidth": 1.1, "interpolate": "step"}
        lines.append(
            layer(
                known,
                mark | ({"strokeDash": dash} if dash else {}),
                y={"field": name, "type": "quantitative"},
                detail={"field": "stretch"},
            )
        )
    return lines


def _targets(chart: Chart, room: Room) -> list[Specification]:
    """Each target over the days for which it held."""
    rows = [
        {
            "on": max(each.from_on, room.first).isoformat(),
            "until": min(each.until_on or room.last, room.last).isoformat(),
            "value": each.value,
        }
        for each in chart.series.targets
        if each.from_on <= room.last and (each.until_on is None or each.until_on > room.first)
    ]
    return [
        layer(
            rows,
            {"type": "rule", "color": AIM, "strokeWidth": 2, "strokeDash": [10, 3]},
            x2={"field": "until"},
        )
    ]


def _planned(chart: Chart) -> list[Specification]:
    rows = [{"on": each.on.isoformat(), "value": each.value} for each in chart.series.plan]
    return [layer(rows, {"type": "line", "color": AIM, "strokeWidth": 1.4, "strokeDash": [1, 3]})]


def _readings(chart: Chart, *, small: bool) -> list[Specification]:
    rows = [
        {
            "on": each.on.isoformat(),
            "value": each.value,
            "colour": MEANINGS[each.meaning][0],
            "shape": MEANINGS[each.meaning][1],
            "size": _size(each.meaning, small=small),
        }
        for each in chart.readings
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


def _size(meaning: str, *, small: bool) -> int:
    """Square pixels; a diamond needs more of them than a square to look as large."""
    size = {"": 28, "improvement": 115}.get(meaning, 74)
    return size // 3 if small else size


def _rebases(chart: Chart, room: Room, *, named: bool) -> list[Specification]:
    """Where limits were worked out anew; and why, above the chart, on the side that has room for it."""
    shown = [each for each in chart.series.rebases if room.first <= each.on <= room.last]
    line = layer(
        [{"on": each.on.isoformat()} for each in shown],
        {"type": "rule", "color": INK, "strokeWidth": 1},
        y=None,
    )
    words = []
    edges = [0.0, *(room.across(each.on) for each in shown), float(room.width)]
    for place, each in enumerate(shown, 1):
        before, at, after = edges[place - 1 : place + 2]
        leftwards = len(shown) == 1 and at > room.width / 2
        letters = int(((at - before if leftwards else after - at) - 8) / (WORDS * LETTER))
        words.append(
            layer(
                [{"on": each.on.isoformat(), "why": _why(each.reason, letters)}],
                {
                    "type": "text",
                    "align": "right" if leftwards else "left",
                    "baseline": "bottom",
                    "fontSize": WORDS,
                    "color": INK,
                },
                y={"value": -4},
                text={"field": "why"},
            )
        )
    return [line, *(words if named else [])]


def _why(reason: str, letters: int) -> str:
    """As much of it as there is room for; the page beside the chart has all of it."""
    said = f"New limits: {reason}"
    return textwrap.shorten(said, letters, placeholder=" …") if letters >= LEAST_REASON else "New limits"


def _annotations(chart: Chart, room: Room) -> list[Specification]:
    """A number at the foot of the chart for each thing that happened; the list beside it has the words."""
    rows = [
        {"on": each.on.isoformat(), "number": str(place)}
        for place, each in enumerate(chart.series.annotations, 1)
        if room.first <= each.on <= room.last
    ]
    foot = {"value": room.height - 9}
    return [
        layer(rows, {"type": "rule", "color": QUIET, "strokeWidth": 0.8, "strokeDash": [1, 2]}, y=None),
        layer(
            rows,
            {
                "type": "point",
                "shape": "circle",
                "filled": True,
                "color": PAPER,
                "stroke": QUIET,
                "strokeWidth": 1,
                "size": 230,
                "opacity": 1,
            },
            y=foot,
        ),
        layer(
            rows,
            {"type": "text", "fontSize": WORDS, "fontWeight": 600, "color": INK},
            y=foot,
            text={"field": "number"},
        ),
    ]


def _line_names(chart: Chart, room: Room, *, narrow: bool) -> list[Specification]:
    """What each line is and where it stands, at its right end; names that would lie on one another part."""
    if not chart.segments or not chart.readings:
        return []
    latest, unit = chart.readings[-1], chart.series.definition.unit
    limit = "" if narrow else " limit"
    lines = [("mean", latest.centre), (f"upper{limit}", latest.upper), (f"lower{limit}", latest.lower)]
    names = [(f"{name} {figure(value, unit)}", value, QUIET) for name, value in lines if value is not None]
    names += [
        (f"{each.kind.split()[-1] if narrow else each.kind} {figure(each.value, unit)}", each.value, AIM)
        for each in chart.series.targets
        if each.until_on is None or each.until_on > room.last
    ]
    rows = [{"y": y, "text": text, "colour": colour} for text, y, colour in lettered(names, room, WORDS + 2)]
    return [
        layer(
            rows,
            {"type": "text", "align": "left", "dx": 6, "fontSize": WORDS, "limit": RIGHT},
            x={"value": "width"},
            y={"field": "y", "type": "quantitative", "scale": None},
            text={"field": "text"},
            color={"field": "colour", "type": "nominal", "scale": None, "legend": None},
        )
    ]
