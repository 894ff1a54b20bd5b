"""Charts: one Vega-Lite specification each, as a plain dict, drawn here as SVG for page and paper alike.

Data are always inline and nothing is ever fetched. The SVG carries a role, a title and a description, and no
style attributes, so that it stands inside a page under a strict content security policy.
"""

from __future__ import annotations

import hashlib
import math
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

FONTS = Path(__file__).parent / "fonts"
SVG = "http://www.w3.org/2000/svg"

INK = "#151a21"
QUIET = "#4a5562"
RULE = "#8794a5"
# Five steps of one warm ramp, each clearly darker than the one before, so that grey print keeps the order;
# the sixth (first here) is for words that no scale orders.
SHADES = ("#ffffff", "#f7f5ee", "#efd491", "#eab368", "#bf4d2b", "#6b1526")
SHADE_TEXT = (INK, INK, INK, INK, "#ffffff", "#ffffff")

LABEL = 12  # pixels: the size of a label
LABEL_LINE = 26  # letters; a longer name is set on several lines
LABEL_LEADING = 14  # pixels: from one of those lines to the next

Specification = dict[str, Any]  # JSON, as Vega-Lite defines it


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


def svg(specification: Specification, *, title: str, description: str) -> str:
    """Draw a specification; `title` states the chart's finding, `description` says the chart in words."""
    root = etree.fromstring(_drawn(specification).encode())
    named = hashlib.sha256(f"{title}{description}".encode()).hexdigest()[:8]
    for element in root.iter(etree.Element):
        for name in ("style", "aria-label", "aria-roledescription", "role", "class"):
            element.attrib.pop(name, "")
        if "font-family" in element.attrib:
            element.set("font-family", "Inter, system-ui, sans-serif")  # a page may have no Inter
    root.set("role", "img")
    root.set("aria-labelledby", f"chart-{named}-title chart-{named}-description")
    for place, (tag, text) in enumerate((("title", title), ("description", description))):
        element = etree.Element(
            f"{{{SVG}}}{'title' if tag == 'title' else 'desc'}", id=f"chart-{named}-{tag}"
        )
        element.text = text
        root.insert(place, element)
    return etree.tostring(root, encoding="unicode")


def png(specification: Specification, *, scale: float = 3.0) -> bytes:
    """The same picture as points, for files that take no SVG."""
    import vl_convert

    _register_fonts()
    white = {**specification, "config": {**specification["config"], "background": "#ffffff"}}
    drawn = vl_convert.vegalite_to_png(white, vl_version="6.4", scale=scale, allowed_base_urls=[])
    return bytes(drawn)


def _drawn(specification: Specification) -> str:
    """The bare SVG; fonts are ours alone, so that text is as wide here as it will be on paper."""
    import vl_convert

    _register_fonts()
    return str(vl_convert.vegalite_to_svg(specification, vl_version="6.4", allowed_base_urls=[]))


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
