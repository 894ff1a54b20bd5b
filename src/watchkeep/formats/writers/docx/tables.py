"""Tables of a Word paper: header rows that repeat, rows that do not split, bands by word and tint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from watchkeep.formats import charts
from watchkeep.formats.readers.docx_paper import REFERENCE_RUN
from watchkeep.formats.writers.docx.elements import of, paragraph_of, run_of
from watchkeep.formats.writers.docx.styles import QUIET, TABLE_BULLET, TABLE_TEXT
from watchkeep.formats.writers.paper.references import REFERENCE
from watchkeep.formats.writers.paper.values import Cell, Line, piece_words

MOVED = {"worsening": "9C1C1C", "improving": "1D6B45"}
TWIPS = 56.6929  # in a millimetre


def table_of(
    style: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    title: str,
) -> Any:
    """A table in a style, with a header row; `widths` in millimetres, `title` is for screen readers."""
    grid = of("tblGrid", *(of("gridCol", w=_twips(width)) for width in widths))
    made = of("tbl", _properties(style, widths, title, headed=bool(head)), grid)
    if head:
        cells = (_cell([_paragraph(run_of(each))], width) for each, width in zip(head, widths, strict=True))
        made.append(of("tr", of("trPr", of("cantSplit"), of("tblHeader")), *cells))
    for row in rows:
        deep = max((len(cell.words) for cell in row), default=0) > 2500  # more than a page could hold
        cells = (
            _cell(paragraphs_of(cell), width, fill=_fill(cell))
            for cell, width in zip(row, widths, strict=True)
        )
        made.append(of("tr", of("trPr", None if deep else of("cantSplit")), *cells))
    return made


def _properties(style: str, widths: Sequence[float], title: str, *, headed: bool) -> Any:
    flags = {
        "firstRow": "1" if headed else "0",
        "lastRow": "0",
        "firstColumn": "1",
        "lastColumn": "0",
        "noHBand": "1",
        "noVBand": "1",
    }
    return of(
        "tblPr",
        of("tblStyle", val=style),
        of("tblW", w=_twips(sum(widths)), type="dxa"),
        of("tblLayout", type="fixed"),
        of("tblLook", val="04A0" if headed else "0480", **flags),
        of("tblCaption", val=title[:200]),
    )


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS))


def _cell(paragraphs: Sequence[Any], width: float, *, fill: str = "") -> Any:
    return of(
        "tc",
        of(
            "tcPr",
            of("tcW", w=_twips(width), type="dxa"),
            of("shd", val="clear", color="auto", fill=fill) if fill else None,
        ),
        *paragraphs,
    )


def _fill(cell: Cell) -> str:
    return charts.SHADES[cell.step].lstrip("#").upper() if cell.kind == "band" and cell.step else ""


def paragraphs_of(cell: Cell) -> list[Any]:
    """What a cell says, paragraph by paragraph."""
    if cell.kind == "band":
        ink = charts.SHADE_TEXT[cell.step].lstrip("#").upper()
        return [_paragraph(run_of(cell.text, bold=True, colour=ink))]
    if cell.kind == "trend":
        words = f"{cell.arrow} {cell.text}".strip()
        unknown = " (meaning not recorded)" if cell.moved == "not recorded" else ""
        strong = cell.moved in MOVED
        return [_paragraph(run_of(words + unknown, bold=strong, colour=MOVED.get(cell.moved, "")))]
    if cell.kind == "absent":
        return [_paragraph(run_of(cell.text, colour=QUIET))]
    if cell.kind == "changed":
        return [_paragraph(*_pieces(cell))]
    if cell.lines:
        return [_line(line) for line in cell.lines]
    return [_paragraph(*runs_of(cell.text))]


def _paragraph(*runs: Any) -> Any:
    return paragraph_of(*runs, style=TABLE_TEXT)


def _line(line: Line) -> Any:
    if line.marker == "•":
        return paragraph_of(*runs_of(line.text), style=TABLE_BULLET)
    marker = [run_of(f"{line.marker} ", bold=True)] if line.marker else []
    return _paragraph(*marker, *runs_of(line.text))


def _pieces(cell: Cell) -> list[Any]:
    return [
        run_of(
            piece_words(kind, text) + " ",
            strike=kind == "removed",
            underline=kind == "added",
            bold=kind == "added",
            colour=QUIET if kind == "removed" else "",
        )
        for kind, text in cell.pieces
    ]


def runs_of(text: str) -> list[Any]:
    """`text` with its references set apart, by a style that our own reader passes over."""
    return [
        run_of(piece, style=REFERENCE_RUN if place % 2 else "")
        for place, piece in enumerate(REFERENCE.split(text))
        if piece or place == 0
    ]
