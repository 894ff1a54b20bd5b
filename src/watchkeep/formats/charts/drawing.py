"""Drawing a Vega-Lite specification as SVG, for page and paper alike, or as points where no SVG is taken.

Data are always inline and nothing is ever fetched. The SVG carries a role, a title and a description, and no
style attributes, so that it stands inside a page under a strict content security policy.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

FONTS = Path(__file__).parents[1] / "fonts"
SVG = "http://www.w3.org/2000/svg"
KEPT = 512  # drawings that a process keeps, by what they were drawn from

Specification = dict[str, Any]  # JSON, as Vega-Lite defines it


def drawn(specification: Specification, *, title: str, description: str) -> str:
    """The picture as SVG text; `title` states its finding, `description` says it in words.

    What was drawn before from the same specification is not drawn again.
    """
    root = etree.fromstring(_bare(json.dumps(specification)).encode())
    named = hashlib.sha256(f"{title}{description}".encode()).hexdigest()[:8]
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
    points = vl_convert.vegalite_to_png(white, vl_version="6.4", scale=scale, allowed_base_urls=[])
    return bytes(points)


@lru_cache(maxsize=KEPT)
def _bare(specification: str) -> str:
    """The SVG without its names; the fonts are ours alone, so that text is as wide here as on paper."""
    import vl_convert

    _register_fonts()
    text = vl_convert.vegalite_to_svg(json.loads(specification), vl_version="6.4", allowed_base_urls=[])
    root = etree.fromstring(str(text).encode())
    for element in root.iter(etree.Element):
        for name in ("style", "aria-label", "aria-roledescription", "role", "class"):
            element.attrib.pop(name, "")
        if "font-family" in element.attrib:
            element.set("font-family", "Inter, system-ui, sans-serif")  # a page may have no Inter
    return etree.tostring(root, encoding="unicode")


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
