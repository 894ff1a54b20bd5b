"""The paper as one self-contained web page: no script, nothing fetched, readable at 320 pixels and on paper.

Elements are built one by one, so that no text of a register can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.html import tostring

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.formats import charts
from watchkeep.formats.writers.paper import Paper, paper
from watchkeep.formats.writers.paper.figures import MOST_BARS
from watchkeep.formats.writers.paper.passing import without_turns
from watchkeep.formats.writers.paper.values import BandRow, Cell, Grid, Line, Sheet

STYLE = Path(__file__).parent / "paper.css"
Child = etree._Element | str | None
SVG = "http://www.w3.org/2000/svg"
NAMESPACES: Any = {None: SVG}  # lxml allows None for the default, its types do not

# Signs that no web page may hold (control characters and half surrogates) are shown as the replacement sign.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """The page. The same document and edition give the same bytes."""
    printed = paper(document, edition)
    page = element("html", _head(printed), _body(printed), lang="en-GB")
    text: str = tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text}\n".encode()


def element(tag: str, *children: Child, **attributes: str) -> etree._Element:
    """An element with text and elements in it; `class_` and `for_` lose their stroke, `_` becomes `-`."""
    made = etree.Element(tag)
    for name, value in attributes.items():
        made.set(name.rstrip("_").replace("_", "-"), clean(value))
    for child in children:
        if child is None:
            continue
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + clean(child)
        else:
            made.text = (made.text or "") + clean(child)
    return made


def clean(text: str) -> str:
    """`text` with what no page may hold replaced, visibly."""
    return _FORBIDDEN.sub("\ufffd", without_turns(text))


def _head(printed: Paper) -> etree._Element:
    title = f"{printed.title} – {printed.body}" if printed.body else printed.title
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content="Watchkeep"),
        element("title", title),
        element("style", STYLE.read_text(encoding="utf-8") + _shades() + _widths(printed.register)),
    )


def _shades() -> str:
    """The tints of the bands, from the one place that has them."""
    return "".join(
        f".band-{step} {{ background: {shade}; color: {ink}; }}\n"
        for step, (shade, ink) in enumerate(zip(charts.SHADES, charts.SHADE_TEXT, strict=True))
    )


def _widths(grid: Grid) -> str:
    """Running text shares the width of a desk screen by its weight; labels take what they need."""
    total = sum(heading.weight for heading in grid.headings if heading.shape == "text")
    rules = [
        f"  #register th:nth-child({place}) {{ width: {100 * heading.weight / total:.1f}%; }}\n"
        for place, heading in enumerate(grid.headings, start=1)
        if heading.shape == "text"
    ]
    return f"@media (min-width: 60.01rem) {{\n{''.join(rules)}}}\n" if rules else ""


def _body(printed: Paper) -> etree._Element:
    marking = element("p", printed.marking, class_="marking") if printed.marking else None
    sections = [
        _register("glance", "The register at a glance", printed.glance),
        _register("register", "The register", printed.register),
        _sheets(printed.sheets),
    ]
    return element(
        "body",
        element("a", "Skip to the finding", href="#finding", class_="skip"),
        element(
            "header",
            marking,
            element("p", printed.body, class_="body") if printed.body else None,
            element("h1", printed.title, dir="auto"),
            element("p", printed.subtitle) if printed.subtitle else None,
        ),
        element("main", _finding(printed), *(each for each in sections if each is not None), _annex(printed)),
        element(
            "footer", element("p", printed.footer), element("p", printed.marking) if printed.marking else None
        ),
    )


# --- In short ----------------------------------------------------------------------------------------------


def _finding(printed: Paper) -> etree._Element:
    return element(
        "section",
        element("h2", "In short"),
        element("p", printed.sentence, class_="sentence"),
        *(element("p", note, class_="note") for note in printed.notes),
        element("div", _bands(printed), _moved(printed), _missing(printed), class_="panels"),
        element(
            "dl",
            *(
                element("div", element("dt", name), element("dd", said, dir="auto"))
                for name, said in printed.facts
            ),
            class_="facts",
        ),
        id="finding",
        tabindex="-1",
        data_paper="summary",
    )


def _bands(printed: Paper) -> etree._Element | None:
    if not printed.bands:
        return None
    drawn = None
    if len(printed.bands) <= MOST_BARS:
        bars = [(clean(row.name), row.count, row.step) for row in printed.bands]
        text = charts.svg(
            charts.band_chart(bars), title=clean(printed.bands_title), description=clean(printed.bands_alt)
        )
        drawn = etree.fromstring(text)
    rows = [(row.name, str(row.count)) for row in printed.bands]
    return element(
        "div",
        element("h3", printed.bands_title),
        drawn,
        _figures("Risks in each band", (printed.bands_head, "How many"), rows),
    )


def _moved(printed: Paper) -> etree._Element | None:
    if not printed.moved:
        return None
    rows = [(way, *(str(count) for count in counts)) for way, counts in printed.moved]
    head = ("Movement", *printed.periods)
    return element(
        "div", element("h3", printed.moved_title), _figures("Risks by movement in each period", head, rows)
    )


def _missing(printed: Paper) -> etree._Element | None:
    if not printed.missing:
        return None
    rows = [
        (what, f"all {count}" if count == printed.total else f"{count} of {printed.total}")
        for what, count in printed.missing
    ]
    return element(
        "div",
        element("h3", printed.missing_title),
        _figures("Risks without", ("Field", "How many lack it"), rows),
    )


def _figures(caption: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> etree._Element:
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", *(element("th", each, scope="col") for each in head))),
        element(
            "tbody",
            *(
                element("tr", element("th", row[0], scope="row"), *(element("td", each) for each in row[1:]))
                for row in rows
            ),
        ),
        class_="figures",
    )


# --- The register ------------------------------------------------------------------------------------------


def _register(name: str, title: str, grid: Grid) -> etree._Element | None:
    """The table. Roles are said aloud because the narrow layout takes the display of a table away."""
    if not grid.rows:
        return None
    head = (
        element("th", heading.text, scope="col", role="columnheader", class_=heading.shape)
        for heading in grid.headings
    )
    rows = []
    for row in grid.rows:
        first, *rest = zip(grid.headings, row.cells, strict=True)
        cells = [
            element("th", _cell(first[1]), scope="row", role="rowheader", data_heading=first[0].text),
            *(element("td", _cell(cell), role="cell", data_heading=heading.text) for heading, cell in rest),
        ]
        rows.append(element("tr", *cells, role="row"))
    table = element(
        "table",
        element(
            "caption",
            f"{title}: {len(grid.rows)} {'risk' if len(grid.rows) == 1 else 'risks'}",
            class_="unseen",
        ),
        element("thead", element("tr", *head, role="row"), role="rowgroup"),
        element("tbody", *rows, role="rowgroup"),
        role="table",
        class_="risks",
    )
    # The overview repeats the register, so a reader of this page passes over it.
    again = {"data_paper": "summary"} if name == "glance" else {}
    return element("section", element("h2", title), table, id=name, **again)


def _sheets(sheets: tuple[Sheet, ...]) -> etree._Element | None:
    if not sheets:
        return None
    return element(
        "section", element("h2", "Each risk at length"), *(_sheet(sheet) for sheet in sheets), id="sheets"
    )


def _sheet(sheet: Sheet) -> etree._Element:
    """Facts three in a row, texts two in a row or alone, as wide screens and paper allow."""
    rows = [(row, 3) for row in (sheet.head, *sheet.facts)] + [(row, 2) for row in sheet.texts]
    fields = (
        # The last of a row that is not full has the rest of its width; six columns make the row.
        element(
            "div",
            element("dt", heading),
            element("dd", _cell(cell)),
            class_=f"span-{6 // whole if place < len(row) else 6 - (place - 1) * 6 // whole}",
        )
        for row, whole in rows
        for place, (heading, cell) in enumerate(row, start=1)
    )
    return element(
        "article",
        element("h3", sheet.title, dir="auto"),
        element("dl", *fields, class_="sheet"),
        id=f"risk-{sheet.key}",
    )


def _cell(cell: Cell) -> etree._Element:
    if cell.kind == "band":
        return _band(BandRow(cell.text, 0, cell.step))
    if cell.kind == "trend":
        arrow = element("span", cell.arrow, class_="arrow", aria_hidden="true") if cell.arrow else None
        unknown = " (meaning not recorded)" if cell.moved == "not recorded" else ""
        kind = cell.moved.replace(" ", "-")
        return element("span", arrow, " " if cell.arrow else "", cell.text + unknown, class_=f"trend {kind}")
    if cell.kind in ("absent", "label"):
        return element("span", cell.text, class_=cell.kind)
    if cell.lines:
        return element("div", *_lines(cell.lines), class_="words")
    return element("span", cell.text, dir="auto")


def _lines(lines: tuple[Line, ...]) -> list[etree._Element]:
    """Paragraphs, and lists of what is marked."""
    made: list[etree._Element] = []
    for line in lines:
        if not line.marker:
            made.append(element("p", line.text, dir="auto"))
            continue
        if not made or made[-1].tag != "ul":
            made.append(element("ul", role="list"))
        marker = None if line.marker == "•" else element("span", line.marker, class_="part")
        space = " " if marker is not None else ""
        made[-1].append(
            element("li", marker, space, line.text, dir="auto", class_="" if marker is None else "parted")
        )
    return made


def _band(row: BandRow) -> etree._Element:
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


# --- The annex ---------------------------------------------------------------------------------------------


def _annex(printed: Paper) -> etree._Element:
    children: list[Child] = [
        element("h2", "How to read this paper, and what is open"),
        element("h3", "Marks"),
    ]
    if printed.key_bands:
        text = (
            "Ratings, from the highest: the more bars are full, and the darker the tint, the higher the band."
        )
        children += [
            element("p", text),
            element("p", *(_band(row) for row in printed.key_bands), class_="key"),
        ]
    children.append(_pairs("Marks and what they mean", ("Mark", "Meaning"), printed.key_to_marks))
    if printed.doubts:
        children.append(element("h3", "Doubts about the source that are still open"))
        children.append(_pairs("Open doubts", ("About", "Doubt"), printed.doubts))
    if printed.inferred:
        children.append(element("h3", "Placed by inference"))
        children.append(element("p", INFERRED))
        children.append(_pairs("Placed by inference", ("How it was placed", "What"), printed.inferred))
    if printed.unassigned:
        children.append(element("h3", "Text of the source that stands in no field"))
        children.append(_pairs("Text in no field", ("Where", "Text"), printed.unassigned))
    if printed.ledger_head:
        children.append(element("h3", "Ledger head"))
        children.append(element("p", LEDGER))
        children.append(element("p", element("code", printed.ledger_head)))
    return element("section", *children, id="annex", data_paper="summary")


INFERRED = (
    "The layout of the source leaves the place of these open. They stand where they most likely belong."
)
LEDGER = (
    "When this edition was frozen, the history of the register ended in the entry with this SHA-256 digest. "
    "Any later copy of the history can be checked against it."
)


def _pairs(caption: str, head: tuple[str, str], rows: tuple[tuple[str, str], ...]) -> etree._Element:
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", *(element("th", each, scope="col") for each in head))),
        element(
            "tbody",
            *(
                element("tr", element("th", one, scope="row"), element("td", other, dir="auto"))
                for one, other in rows
            ),
        ),
        class_="pairs",
    )
