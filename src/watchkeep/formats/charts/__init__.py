"""Charts: one Vega-Lite specification each, as a plain dict, drawn as SVG for page and paper alike; and the
small pictures that stand in a row of a table.
"""

from watchkeep.formats.charts.bands import SHADE_TEXT, SHADES, band_chart
from watchkeep.formats.charts.colours import INK, QUIET, RULE
from watchkeep.formats.charts.control import Ahead, xmr
from watchkeep.formats.charts.drawing import FONTS, Specification, drawn, png
from watchkeep.formats.charts.effect import effect_chart
from watchkeep.formats.charts.multiples import multiples
from watchkeep.formats.charts.sparkline import Dot, drawn_small, mark, sparkline

__all__ = [
    "FONTS",
    "INK",
    "QUIET",
    "RULE",
    "SHADES",
    "SHADE_TEXT",
    "Ahead",
    "Dot",
    "Specification",
    "band_chart",
    "drawn",
    "drawn_small",
    "effect_chart",
    "mark",
    "multiples",
    "png",
    "sparkline",
    "xmr",
]
