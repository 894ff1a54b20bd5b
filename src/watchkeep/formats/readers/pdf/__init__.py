"""A PDF's tables, cell by cell with the box of each line, and the text outside them.

Tables are found by their rules; a page without rules is read by the white between its columns.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psparser import PSException
from pdfplumber.utils.exceptions import PdfminerException

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.pdf_paper import KEYWORD, REFERENCE_INK
from watchkeep.formats.readers.outline import Block, told_under_headings
from watchkeep.formats.readers.pdf.content import Content, content_of
from watchkeep.formats.readers.pdf.furniture import Margins
from watchkeep.formats.readers.pdf.grid import Grid, Slot, grid_of, share_out
from watchkeep.formats.readers.pdf.labelled import labelled_table
from watchkeep.formats.readers.pdf.ruled import ruled_tables
from watchkeep.formats.readers.pdf.shapes import arrow_in, fill_at, filled_shapes, is_greyish, small_curves
from watchkeep.formats.readers.pdf.turned import back, is_turned, levelled
from watchkeep.formats.readers.pdf.unruled import Layout, unruled_table
from watchkeep.formats.readers.pdf.words import Turn, Word, lines_of, pieces_of, words_of

MOST_PAGES = 150
BULLET = re.compile(r"^[•●▪■◦○‣⁃–—*-]\s+(?=\S)")


@dataclass(slots=True)
class PageFindings:
    """What one page gave."""

    number: int
    height: float
    width: float
    tables: list[Table] = field(default_factory=list)
    outside: list[Word] = field(default_factory=list)
    painted: list[dict[str, Any]] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    furniture: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    letters: int = 0
    pictures: int = 0
    turned: Turn | None = None
    ruled: bool = False
    aligned: bool = False


def extract(data: bytes, name: str) -> Extract:
    """The tables and loose text of the PDF `data`; Unreadable where it is locked, damaged or a scan."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            ours = KEYWORD in str((pdf.metadata or {}).get("Keywords", ""))
            pages = _pages(pdf, name, ours=ours)
    except (PdfminerException, PDFException, PSException) as problem:
        raise _refusal(problem, name) from problem
    _refuse_a_scan(pages, name)
    told = None if ours or any(page.ruled for page in pages) else _told(pages)
    if told is not None:
        return told
    _sort_out(pages, ours=ours)
    ruled = any(page.ruled for page in pages)
    aligned = any(page.aligned for page in pages)
    how = " and ".join(
        word for word, there in (("ruled tables", ruled), ("aligned columns", aligned)) if there
    )
    return Extract(
        reader=f"pdf: {how or 'text without tables'}",
        tables=tuple(table for page in pages for table in page.tables),
        loose=tuple(piece for page in pages for piece in page.loose),
        furniture=tuple(piece for page in pages for piece in page.furniture),
        notes=tuple(note for page in pages for note in page.notes),
    )


def _told(pages: Sequence[PageFindings]) -> Extract | None:
    """The risks of pages without rules where each has a heading of its own, with labels under it."""
    margins = Margins([(page.height, lines_of(page.outside)) for page in pages])
    blocks: list[Block] = []
    furniture: list[Piece] = []
    for page in pages:
        kept, loose, around = margins.sort_out(page.number, page.height, lines_of(page.outside))
        furniture.extend([*loose, *around])
        for piece in pieces_of([word for line in kept for word in line.words], page.number):
            bullet = BULLET.match(piece.text)
            if bullet:
                blocks.append(Block("item", Piece(piece.text[bullet.end() :], piece.place), marker="-"))
            else:
                blocks.append(Block("line", piece) if piece.text else Block("blank"))
    told = told_under_headings(blocks)
    if told is None:
        return None
    return Extract(
        reader="pdf: one risk under each heading",
        tables=(told.table, *told.others),
        loose=tuple(told.loose),
        furniture=(*furniture, *told.furniture),
        notes=tuple(note for page in pages for note in page.notes),
    )


def _pages(pdf: Any, name: str, *, ours: bool) -> list[PageFindings]:
    """What each page gives; in a paper of ours, without the numbers of its sources."""
    count = len(pdf.pages)
    if count == 0:
        raise Unreadable(where=name, why="the PDF has no pages.", remedy="Ask for the original document.")
    if count > MOST_PAGES:
        raise Unreadable(
            where=name,
            why=f"the PDF has {count:,} pages; up to {MOST_PAGES} are read.",
            remedy="Save only the pages that hold the register, and try again.",
        )
    found = []
    for page in pdf.pages:
        found.append(_page(content_of(page, without=REFERENCE_INK if ours else "")))
        page.close()
    return found


def _page(page: Content) -> PageFindings:
    """What the page gives by itself: its ruled tables, and the words outside them."""
    turned = is_turned(page)
    if turned:
        page = levelled(page, turned)
    findings = PageFindings(page.number, page.height, page.width, turned=turned)
    if page.off_page:
        findings.notes.append(f"On page {page.number}, text that lies outside the paper was left out.")
    words = words_of(page.letters)
    findings.letters = sum(len(word.letters) for word in words)
    findings.pictures = len(page.images)
    grids = [grid_of(boxes) for boxes in ruled_tables(page, words)]
    homes, outside = share_out(words, grids)
    findings.ruled = bool(grids)
    findings.painted = painted = filled_shapes(page)
    marks = small_curves(page)
    for number, grid in enumerate(grids):
        held = {place: homes.get((number, place), []) for place in range(len(grid.slots))}
        findings.tables.append(_table(page, grid, held, painted, marks, findings.notes))
    findings.outside = outside
    return findings


def _sort_out(pages: Sequence[PageFindings], *, ours: bool) -> None:
    """Furniture is known only when all pages are seen; what is left of each may be a table without rules.

    In a paper that Watchkeep made the register is ruled, and what stands in columns without rules sums it up.
    """
    margins = Margins([(page.height, lines_of(page.outside)) for page in pages])
    layout: Layout | None = None
    for page in pages:
        kept, page.loose, page.furniture = margins.sort_out(page.number, page.height, lines_of(page.outside))
        words = [word for line in kept for word in line.words]
        if page.ruled:
            layout = None
        table = None
        if not ours:
            table, words, layout = unruled_table(words, page.number, layout, page.painted)
        if table is None and not ours:
            table, words = labelled_table(words, page.number)
        if table is not None:
            page.tables.append(table)
            page.aligned = True
        page.loose.extend(pieces_of(words, page.number))
        if page.turned:
            page.tables = [back_in_table(table, page) for table in page.tables]
            page.loose = [back(piece, page.turned, page.width, page.height) for piece in page.loose]
            page.furniture = [back(piece, page.turned, page.width, page.height) for piece in page.furniture]


def back_in_table(table: Table, page: PageFindings) -> Table:
    """A table read from a page set sideways, with the places of the page as it lies in the file."""
    turn = page.turned or "up"
    rows = tuple(
        tuple(
            replace(cell, pieces=tuple(back(piece, turn, page.width, page.height) for piece in cell.pieces))
            for cell in row
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _table(
    page: Content,
    grid: Grid,
    held: dict[int, list[Word]],
    painted: Sequence[dict[str, Any]],
    marks: Sequence[dict[str, Any]],
    notes: list[str],
) -> Table:
    rows = [[Cell() for _ in range(grid.columns)] for _ in range(grid.rows)]
    repeats: set[tuple[int, int]] = set()
    for place, slot in enumerate(grid.slots):
        cell = _cell(page, slot, held[place], painted, marks, notes)
        rows[slot.row][slot.column] = cell
        if slot.column_end - slot.column == grid.columns:
            continue  # a band across the whole table stands in its first position only
        repeats.update((row, slot.column) for row in range(slot.row + 1, slot.row_end))
    rows = [_without_banding(row) for row in rows]
    return Table(tuple(tuple(row) for row in rows), f"page {page.number}", frozenset(repeats))


def _without_banding(row: list[Cell]) -> list[Cell]:
    """A row painted alike in a grey or a near-white is banded for reading; that says nothing of any cell."""
    fills = {cell.fill for cell in row}
    only = fills.pop() if len(fills) == 1 else None
    return [replace(cell, fill=None) for cell in row] if only and is_greyish(only) else row


def _cell(
    page: Content,
    slot: Slot,
    words: Sequence[Word],
    painted: Sequence[dict[str, Any]],
    marks: Sequence[dict[str, Any]],
    notes: list[str],
) -> Cell:
    left, top, right, bottom = slot.box
    fill = fill_at(((left + right) / 2, (top + bottom) / 2), painted)
    pieces = pieces_of(words, page.number)
    if pieces:
        return Cell(pieces, fill)
    arrow, drawn = arrow_in(slot.box, marks)
    if arrow:
        reason = "an arrow drawn as a shape; its direction is read from its outline"
        return Cell((_mark(arrow, slot, page.number),), fill, 0.8, reason)
    if drawn or any(_inside(image, slot) for image in page.images):
        what = "a drawn mark" if drawn else "a picture"
        notes.append(f"On page {page.number}, a cell holds {what} that could not be read.")
    return Cell((), fill)


def _mark(arrow: str, slot: Slot, page: int) -> Piece:
    from watchkeep.domain.document import PagePlace
    from watchkeep.formats.readers.pdf.words import rounded

    return Piece(arrow, PagePlace(page=page, box=rounded(slot.box)))


def _inside(image: dict[str, Any], slot: Slot) -> bool:
    left, top, right, bottom = slot.box
    x, y = (image["x0"] + image["x1"]) / 2, (image["top"] + image["bottom"]) / 2
    return bool(left <= x <= right and top <= y <= bottom)


# --- What cannot be read ------------------------------------------------------------


def _refusal(problem: Exception, name: str) -> Unreadable:
    """Which sentence a failure of the PDF library deserves; it wraps what it met in its own exception."""
    met = problem.args[0] if problem.args and isinstance(problem.args[0], Exception) else problem
    if isinstance(met, PDFPasswordIncorrect):
        return Unreadable(
            where=name,
            why="the PDF is protected by a password.",
            remedy="Open it, save a copy without the password and try that.",
        )
    return Unreadable(
        where=name,
        why="the PDF is cut short or damaged: its pages cannot be found.",
        remedy="Copy or download it again, or ask for the original document.",
    )


def _refuse_a_scan(pages: Sequence[PageFindings], name: str) -> None:
    """A paper of pictures is refused; a page of pictures among others is noted."""
    if any(page.letters for page in pages):
        for page in pages:
            if page.pictures and not page.letters:
                page.notes.append(f"Page {page.number} holds a picture and no text; it was not read.")
        return
    pictured = next((page.number for page in pages if page.pictures), None)
    if pictured is None:
        raise Unreadable(
            where=f"{name}, page 1",
            why="the page holds no text.",
            remedy="Ask for the original document.",
        )
    others = f", and so do all {len(pages)} pages" if len(pages) > 1 else ""
    raise Unreadable(
        where=f"{name}, page {pictured}",
        why=f"the page holds a picture and no text{others}: this is a scan.",
        remedy="Ask for the original document, or run text recognition (OCR) on this one first.",
    )
