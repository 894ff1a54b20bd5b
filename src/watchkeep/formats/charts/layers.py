"""What every chart over time is made of: its two axes, and a layer of marks with data of its own."""

from __future__ import annotations

from typing import Any

from watchkeep.formats.charts.colours import FAINT, QUIET
from watchkeep.formats.charts.drawing import Specification
from watchkeep.formats.charts.room import Room

WORDS = 11  # pixels: the size of all letters but a title's


def across(room: Room, *, named: bool) -> Specification:
    """The axis of days; `named` where there is room for more than both ends."""
    return {
        "field": "on",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [room.first.isoformat(), room.last.isoformat()]},
        "axis": _lettered_axis()
        | {"grid": False, "format": room.dates, "tickCount": room.ticks, "title": None}
        if named
        else _lettered_axis() | {"grid": False, "format": room.dates, "values": room.ends, "title": None},
    }


def up(unit: str, room: Room, *, named: bool) -> Specification:
    """The axis of values, under the name of their unit."""
    title: dict[str, Any] = {"title": None}
    if named and unit:
        title = {
            "title": unit,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleX": -44,
            "titleY": -20,
            "titleBaseline": "bottom",
            "titleColor": QUIET,
            "titleFontSize": WORDS,
            "titleFontWeight": 400,
        }
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [room.low, room.high], "nice": False, "zero": False},
        "axis": _lettered_axis()
        | {
            "gridColor": FAINT,
            "gridOpacity": 0.55,
            "tickCount": 5 if named else 2,
            "format": ",.4~r",
            "minExtent": 44,
        }
        | title,
    }


def _lettered_axis() -> Specification:
    return {
        "domainColor": FAINT,
        "tickColor": FAINT,
        "labelColor": QUIET,
        "labelFontSize": WORDS,
        "labelFlush": True,
    }


def layer(rows: list[dict[str, Any]], mark: Specification, **encoding: Any) -> Specification:
    """Marks with their own data; what `encoding` leaves out is taken from the chart."""
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}
