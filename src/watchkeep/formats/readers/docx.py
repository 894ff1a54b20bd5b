"""Reads a Word file: its tables cell by cell, the paragraphs outside them, and its headers and footers as
furniture.

Text deleted under tracked changes is not read; numbers that Word makes itself are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import docx
from docx.document import Document
from lxml import etree

from watchkeep.domain.document import ParagraphPlace, Place, TablePlace
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.readers import archive
from watchkeep.formats.readers.docx_paper import is_reference, opening_of, register_of, style_of
from watchkeep.formats.readers.outline import Block, told_under_headings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MOST_ROWS = 20_000
MOST_COLUMNS = 200
SKIPPED = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr", FALLBACK}
)
# Wingdings 3 draws arrows with letters; in other symbol fonts the private-use code is kept for the trend
# reader.
WINGDINGS_3 = {
    "p": "▲",
    "q": "▼",
    "u": "►",
    "t": "◄",
    "h": "↑",
    "i": "↓",
    "g": "→",
    "f": "←",
    "C": "↑",
    "D": "↓",
}
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def extract(data: bytes, name: str) -> Extract:
    """The tables and text of the document, in its order."""
    archive.opened(data, name, kind="a Word document (.docx)", needs="word/document.xml").close()
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, etree.XMLSyntaxError) as problem:
        raise Unreadable(
            where=name,
            why=f"The Word document is damaged ({str(problem)[:80]}).",
            remedy="Open it in Word, save it again as .docx, and bring that file in.",
        ) from problem
    reader = _Reader(name, _Numbering(document))
    reader.walk(document.element.body)
    ours = register_of(reader.tables, reader.styles)
    if ours:
        # A paper of our own repeats the register on its cover and at a glance: what is outside it is print.
        opening, rest = opening_of(reader.loose)
        return Extract("docx: a paper of Watchkeep", (ours,), opening, furniture=(*rest, *_frame(document)))
    told = told_under_headings(reader.blocks)
    return Extract(
        "docx: one risk under each heading" if told else "docx: Word tables",
        (told.table, *told.others) if told else tuple(reader.tables),
        tuple(told.loose if told else reader.loose),
        (*(told.furniture if told else ()), *_frame(document)),
        hidden=tuple(reader.hidden),
        notes=tuple(reader.notes()),
    )


@dataclass
class _Numbering:
    """What Word writes in front of a numbered paragraph, counted as Word counts."""

    document: Document
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    levels: dict[tuple[str, int], tuple[str, str, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.levels = {}
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
        for each in root.iter(f"{W}abstractNum"):
            levels = {}
            for level in each.iter(f"{W}lvl"):
                start = _number(_value(level, "start"), 1)
                levels[_number(level.get(f"{W}ilvl"), 0)] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    start,
                )
            abstract[each.get(f"{W}abstractNumId") or ""] = levels
        for each in root.iter(f"{W}num"):
            for index, level in abstract.get(_value(each, "abstractNumId") or "", {}).items():
                self.levels[each.get(f"{W}numId") or "", index] = level

    def label(self, paragraph: etree._Element) -> str:
        """The number of a paragraph ("iv."), or nothing where it has none or only a bullet."""
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        if numbered is None:
            return ""
        number, level = _value(numbered, "numId") or "", _number(_value(numbered, "ilvl"), 0)
        known = self.levels.get((number, level))
        if known is None or known[0] in ("bullet", "none"):
            return ""
        count = self.counts.get((number, level), known[2] - 1) + 1
        self.counts[number, level] = count
        for deeper in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[deeper]

        def shown(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            return _written(self.counts.get((number, place), 1), self.levels.get((number, place), known)[0])

        return re.sub(r"%(\d)", shown, known[1]).strip()


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val") if found is not None else None


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise


def _written(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        text = ""
        for value, letters in ROMAN:
            while count >= value:
                text, count = text + letters, count - value
        return text.upper() if form == "upperRoman" else text
    return f"{count:02d}" if form == "decimalZero" else str(count)


class _Reader:
    """Walks the body once, keeping tables, loose paragraphs and what is hidden."""

    def __init__(self, name: str, numbering: _Numbering) -> None:
        self.name, self.numbering = name, numbering
        self.tables: list[Table] = []
        self.loose: list[Piece] = []
        self.hidden: list[Piece] = []
        self.paragraphs = 0
        self.table_count = 0
        self.deleted = False
        self.blocks: list[Block] = []
        self.styles: list[str] = []  # of each table

    def notes(self) -> Iterator[str]:
        """What a person should know of how this file was read."""
        if self.deleted:
            yield (
                "The Word file has tracked changes: text marked as deleted was left out, text "
                "marked as new was read."
            )
        if self.hidden:
            yield "The Word file has text formatted as hidden: it was kept apart and not read as content."

    def walk(self, body: etree._Element) -> None:
        """The blocks of a body or of a content control, in order."""
        for block in body:
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == f"{W}tbl":
                before = len(self.tables)
                self._table(block)
                self.blocks.extend(Block("table", table=table) for table in self.tables[before:])
            elif block.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
                self.walk(block)

    def _paragraph(self, paragraph: etree._Element) -> None:
        self.paragraphs += 1
        place = ParagraphPlace(paragraph=self.paragraphs)
        pieces = self._pieces(paragraph, place)
        self.loose.extend(pieces)
        kind = _kind_of(paragraph)
        self.blocks.extend(replace(kind, piece=piece) if piece.text else Block("blank") for piece in pieces)

    def _pieces(self, paragraph: etree._Element, place: Place) -> list[Piece]:
        label = self.numbering.label(paragraph)
        text = self._text(paragraph, place).strip("\n")
        if label and text.strip():
            text = f"{label} {text.strip()}"
        elif label:
            text = label.rstrip(".)")
        return [Piece(line.strip(), place) for line in text.split("\n")]

    def _text(self, element: etree._Element, place: Place) -> str:
        parts: list[str] = []
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag in SKIPPED:
                self.deleted |= child.tag in (f"{W}del", f"{W}moveFrom")
            elif child.tag == f"{W}r" and is_reference(child):
                continue  # the number of a source is the paper's word, not the register's
            elif child.tag == f"{W}r" and self._is_hidden(child):
                text = self._text(child, place).strip()
                if text:
                    self.hidden.append(Piece(text, place))
            elif child.tag == f"{W}t":
                parts.append(child.text or "")
            elif child.tag in (f"{W}br", f"{W}cr"):
                parts.append("\n")
            elif child.tag == f"{W}tab":
                parts.append(" ")
            elif child.tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif child.tag == f"{W}sym":
                parts.append(_symbol(child))
            else:
                if child.tag == f"{W}p" and parts:
                    parts.append("\n")
                parts.append(self._text(child, place))
        return "".join(parts)

    def _is_hidden(self, run: etree._Element) -> bool:
        vanish = run.find(f"{W}rPr/{W}vanish")
        return vanish is not None and vanish.get(f"{W}val") not in ("0", "false")

    def _table(self, table: etree._Element) -> None:
        self.table_count += 1
        number = self.table_count
        rows: list[list[Cell]] = []
        repeats: set[tuple[int, int]] = set()
        for row in _rows(table):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.deleted = True
                continue
            if len(rows) >= MOST_ROWS:
                raise Unreadable(
                    where=f"{self.name}, table {number}",
                    why=f"The table has more than {MOST_ROWS:,} rows, more than any register.",
                    remedy="Bring in the part of it that is the register.",
                )
            rows.append(self._row(row, number, len(rows), repeats))
        width = max((len(row) for row in rows), default=0)
        self.styles.append(style_of(table))
        self.tables.append(
            Table(
                tuple(
                    (
                        *row,
                        *[Cell()] * (width - len(row)),
                    )
                    for row in rows
                ),
                f"table {number}",
                frozenset(repeats),
            )
        )

    def _row(self, row: etree._Element, table: int, index: int, repeats: set[tuple[int, int]]) -> list[Cell]:
        cells: list[Cell] = [Cell()] * min(_number(_row_value(row, "gridBefore"), 0), MOST_COLUMNS)
        for element in _cells(row):
            column = len(cells)
            if column >= MOST_COLUMNS:
                break
            properties = element.find(f"{W}tcPr")
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            span = _number(_value(properties, "gridSpan"), 1) if properties is not None else 1
            if merged is not None and merged.get(f"{W}val", "continue") != "restart" and index:
                repeats.add((index, column))
                cells.append(Cell())
            else:
                cells.append(self._cell(element, TablePlace(table=table, row=index + 1, column=column + 1)))
            cells.extend([Cell()] * min(max(0, span - 1), MOST_COLUMNS - column))
        return cells

    def _cell(self, element: etree._Element, place: TablePlace) -> Cell:
        pieces: list[Piece] = []
        for block in _blocks(element):
            if block.tag == f"{W}p":
                pieces.extend(self._pieces(block, place))
            elif _is_grid(block):
                self._table(block)
            else:
                for inner in block.iter(f"{W}p"):
                    pieces.extend(self._pieces(inner, place))
        return Cell(tuple(pieces) if any(piece.text for piece in pieces) else (), _fill(element))


def _kind_of(paragraph: etree._Element) -> Block:
    """Whether a paragraph is a heading or an item of a list, by its style."""
    properties = paragraph.find(f"{W}pPr")
    style = (_value(properties, "pStyle") or "") if properties is not None else ""
    if match := re.match(r"heading\s*([1-9])", style, re.IGNORECASE):
        return Block("head", level=int(match[1]))
    numbered = paragraph.find(f"{W}pPr/{W}numPr")
    if numbered is not None or re.match(r"list\s*(?:bullet|number)", style, re.IGNORECASE):
        depth = _number(_value(numbered, "ilvl"), 0) if numbered is not None else 0
        return Block("item", level=2 * depth, marker="-")
    return Block("line")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def _blocks(cell: etree._Element) -> Iterator[etree._Element]:
    for child in cell:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _blocks(child)


def _is_grid(table: etree._Element) -> bool:
    """A table inside a cell that is a table of its own, not only a way to lay out the cell's text."""
    rows = list(_rows(table))
    return len(rows) > 1 and max(len(list(_cells(row))) for row in rows) > 2


def _row_value(row: etree._Element, name: str) -> str | None:
    properties = row.find(f"{W}trPr")
    return _value(properties, name) if properties is not None else None


def _fill(cell: etree._Element) -> str | None:
    shading = cell.find(f"{W}tcPr/{W}shd")
    fill = shading.get(f"{W}fill") if shading is not None else None
    if fill and re.fullmatch(r"[0-9A-Fa-f]{6}", fill) and fill.upper() != "FFFFFF":
        return f"#{fill.lower()}"
    return None


def _symbol(element: etree._Element) -> str:
    code = element.get(f"{W}char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{4}", code):
        return "\ufffd"
    point = int(code, 16)
    if (element.get(f"{W}font") or "").casefold() == "wingdings 3":
        return WINGDINGS_3.get(chr(point & 0xFF), chr(point))
    return chr(point if point >= 0xF000 else 0xF000 + point)


def _frame(document: Document) -> Iterator[Piece]:
    """Headers and footers, each text once: they are printed on every page."""
    seen: set[str] = set()
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if part.is_linked_to_previous:
                continue
            for paragraph in part._element.iter(f"{W}p"):
                text = "".join(each.text or "" for each in paragraph.iter(f"{W}t")).strip()
                if text and text not in seen:
                    seen.add(text)
                    yield Piece(text, ParagraphPlace(paragraph=1))
