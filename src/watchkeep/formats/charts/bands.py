"""How many risks stand in each band, as bars."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

from watchkeep.formats.charts.colours import INK, RULE
from watchkeep.formats.charts.drawing import Specification

# Five steps of one warm ramp, each clearly darker than the one before, so that grey print keeps the order;
# the sixth (first here) is for words that no scale orders.
SHADES = ("#ffffff", "#f7f5ee", "#efd491", "#eab368", "#bf4d2b", "#6b1526")
SHADE_TEXT = (INK, INK, INK, INK, "#ffffff", "#ffffff")

LABEL = 12  # pixels: the size of a label
LABEL_LINE = 26  # letters; a longer name is set on several lines
LABEL_LEADING = 14  # pixels: from one of those lines to the next

COUNT: Specification = {
    "type": "text",
    "align": "left",
    "dx": 6,
    "fontSize": 12,
    "fontWeight": 600,
    "color": INK,
}


def band_chart(bars: Sequence[tuple[str, int, int]], *, width: int = 190) -> Specification:
    """How many risks stand in each band: bars of (name, count, shade step), in the order given."""
    labels = [_label(name) for name, _, _ in bars]
    rows = [
        {"band": label, "risks": count, "shade": SHADES[step] if step else RULE}
        for label, (_, count, step) in zip(labels, bars, strict=True)
    ]
    deepest = max((label.count("\n") + 1 for label in labels), default=1)
    names = list(dict.fromkeys(labels))
    place = {"field": "band", "type": "nominal", "sort": names, "axis": _axis(labels)}
    most = max([count for _, count, _ in bars], default=0)
    length = {"field": "risks", "type": "quantitative", "axis": None, "scale": {"domain": [0, max(most, 1)]}}
    room = {"left": 2, "top": 2, "bottom": 2, "right": 8 + _width(str(most))}  # for the counts
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": {"step": max(27, deepest * LABEL_LEADING + 6)},
        "data": {"values": rows},
        "config": {"font": "Inter", "view": {"stroke": None}, "background": None, "padding": room},
        "layer": [
            {
                "mark": {"type": "bar", "height": 17, "stroke": RULE, "strokeWidth": 0.75},
                "encoding": {
                    "y": place,
                    "x": length,
                    "color": {"field": "shade", "type": "nominal", "scale": None, "legend": None},
                },
            },
            {
                "mark": COUNT,
                "encoding": {"y": place, "x": length, "text": {"field": "risks"}},
            },
        ],
    }


def _axis(labels: Sequence[str]) -> Specification:
    """The names beside the bars, with room for the widest of their lines."""
    lines = [line for label in labels for line in label.split("\n")]
    return {
        "domain": False,
        "ticks": False,
        "title": None,
        "labelFontSize": LABEL,
        "labelFontWeight": 600,
        "labelColor": INK,
        "labelLimit": 0,
        "labelLineHeight": LABEL_LEADING,
        "labelExpr": "split(datum.label, '\\n')",
        # Inter's letters are narrow. Where a page has none, the labels have room for wider ones.
        "minExtent": max(map(_width, lines), default=0) + 8,
        "labelPadding": 8,
    }


def _label(name: str) -> str:
    """A name on as many lines as it takes, divided between words where they allow it."""
    return "\n".join(textwrap.wrap(name, LABEL_LINE)) or name


def _width(line: str) -> int:
    """Pixels for a line of a label in the widest of the fonts that a page may fall back on."""
    return math.ceil(LABEL * sum(1.15 if sign in "MWmw" or sign > "\u2000" else 0.8 for sign in line))
