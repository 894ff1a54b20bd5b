"""Many control charts side by side, each small and under its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from watchkeep.domain.spc import Chart
from watchkeep.formats.charts.colours import INK
from watchkeep.formats.charts.control import xmr
from watchkeep.formats.charts.drawing import Specification

OF_THE_WHOLE = ("$schema", "config", "data")


def multiples(
    charts: Sequence[Chart], *, columns: int = 3, width: int = 250, height: int = 90
) -> Specification:
    """One specification for all of them, in the order given, each under its name."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": []},
        "config": {"font": "Inter", "view": {"stroke": None}, "background": None, "padding": 4},
        "columns": columns,
        "spacing": 22,
        "concat": [_small(each, width, height) for each in charts],
    }


def _small(chart: Chart, width: int, height: int) -> dict[str, Any]:
    whole = xmr(chart, width=width, height=height)
    said: dict[str, Any] = {"text": chart.series.definition.name, "subtitle": chart.verdict.word}
    look = {"anchor": "start", "fontSize": 12, "color": INK, "subtitleFontSize": 11, "limit": width}
    own = {name: value for name, value in whole.items() if name not in OF_THE_WHOLE}
    return own | {"title": said | look}
