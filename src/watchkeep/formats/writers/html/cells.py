"""What one risk says under one heading: words, lists, bands and trends, each with its mark."""

from __future__ import annotations

from typing import Any

from lxml import etree

from watchkeep.formats.writers.html.elements import element, said
from watchkeep.formats.writers.paper.values import BandRow, Cell, Line, piece_words

SVG = "http://www.w3.org/2000/svg"
NAMESPACES: Any = {None: SVG}  # lxml allows None for the default, its types do not


def cell_element(cell: Cell, *, sources: str = "") -> etree._Element:
    """What stands in a cell. `sources` is the page that has the appendix of sources, where it is another."""
    if cell.kind == "band":
        return band(BandRow(cell.text, 0, cell.step))
    if cell.kind == "trend":
        arrow = element("span", cell.arrow, class_="arrow", aria_hidden="true") if cell.arrow else None
        unknown = " (meaning not recorded)" if cell.moved == "not recorded" else ""
        kind = cell.moved.replace(" ", "-")
        return element("span", arrow, " " if cell.arrow else "", cell.text + unknown, class_=f"trend {kind}")
    if cell.kind == "changed":
        return element("p", *_pieces(cell), dir="auto", class_="changed")
    if cell.kind in ("absent", "label"):
        return element("span", cell.text, class_=cell.kind)
    if cell.lines:
        return element("div", *_lines(cell.lines, sources), class_="words")
    return element("span", *said(cell.text, sources), dir="auto")


def _pieces(cell: Cell) -> list[etree._Element | str]:
    """Struck out and underlined, and in words as well: neither colour nor line alone tells them apart."""
    made: list[etree._Element | str] = []
    for kind, text in cell.pieces:
        words = piece_words(kind, text)
        tag = {"removed": "del", "added": "ins"}.get(kind)
        made += [element(tag, words) if tag else words, " "]
    return made


def _lines(lines: tuple[Line, ...], sources: str) -> list[etree._Element]:
    """Paragraphs, and lists of what is marked."""
    made: list[etree._Element] = []
    for line in lines:
        if not line.marker:
            made.append(element("p", *said(line.text, sources), dir="auto"))
            continue
        if not made or made[-1].tag != "ul":
            made.append(element("ul", role="list"))
        marker = None if line.marker == "•" else element("span", line.marker, class_="part")
        space = " " if marker is not None else ""
        made[-1].append(
            element(
                "li",
                marker,
                space,
                *said(line.text, sources),
                dir="auto",
                class_="" if marker is None else "parted",
            )
        )
    return made


def band(row: BandRow) -> etree._Element:
    """The word on its tint, with five small bars of which as many are full as the band has steps."""
    return element("span", _bars(row.step) if row.step else None, row.name, class_=f"band band-{row.step}")


def _bars(step: int) -> etree._Element:
    drawn = etree.Element(
        f"{{{SVG}}}svg",
        nsmap=NAMESPACES,
        attrib={"viewBox": "0 0 22 12", "aria-hidden": "true", "class": "bars"},
    )
    for place in range(5):
        high = 4 + 2 * place
        full = place < step
        etree.SubElement(
            drawn,
            f"{{{SVG}}}rect",
            attrib={
                "x": str(4.5 * place + 0.5),
                "y": str(12 - high + 0.5),
                "width": "2.6",
                "height": str(high - 1),
                "fill": "currentColor" if full else "none",
                "stroke": "currentColor",
                "stroke-width": "0.7",
            },
        )
    return drawn
