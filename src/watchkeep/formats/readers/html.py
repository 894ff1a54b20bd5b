"""Reads a web page: its tables with their spans, its text in order, and what it hides kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree, html

from watchkeep.domain.document import ParagraphPlace, Place, TablePlace
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.readers.csv import decoded
from watchkeep.formats.readers.outline import Block, told_under_headings

MOST_COLUMNS = 200
MOST_ROWS = 20_000
MOST_CELLS = 400_000
DEEPEST = 200
NEVER = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "svg",
        "math",
        "object",
        "iframe",
        "select",
        "textarea",
    }
)
FRAME = frozenset({"nav", "footer", "header", "aside"})
BLOCKS = frozenset(
    {
        "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section",
        "article", "main",
        "blockquote", "pre", "tr", "td", "th", "table", "caption", "figure", "figcaption", "hr", "address",
        "details",
        "summary", "form", "fieldset", "tbody", "thead", "tfoot", "center", "body", "html",
    }
)  # fmt: skip
HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
NAMED_COLOURS = {
    "red": "#ff0000", "green": "#008000", "lime": "#00ff00", "yellow": "#ffff00", "orange": "#ffa500",
    "gold": "#ffd700", "darkred": "#8b0000", "darkgreen": "#006400", "lightgreen": "#90ee90",
    "limegreen": "#32cd32",
    "darkorange": "#ff8c00", "crimson": "#dc143c", "tomato": "#ff6347", "firebrick": "#b22222",
    "black": "#000000",
    "blue": "#0000ff", "grey": "#808080", "gray": "#808080", "purple": "#800080", "pink": "#ffc0cb",
}  # fmt: skip


def extract(data: bytes, name: str) -> Extract:
    """The tables and text of the page, in its order."""
    text, _ = decoded(_declared(data), name)
    try:
        root = html.document_fromstring(
            text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", recover=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError) as problem:
        raise Unreadable(
            where=name,
            why=f"The web page cannot be read ({str(problem)[:80]}).",
            remedy="Save the page again from the browser as “web page, HTML only”.",
        ) from problem
    numbers: Any = [each for each in root.iter("sup") if each.get("data-paper") == "reference"]
    for number in numbers:  # of a source, in a paper of ours: the paper's word, not the register's
        number.drop_tree()
    reader = _Reader(name)
    reader.words.append(str(root.findtext(".//title") or ""))
    reader.flush(furniture=False)
    reader.block(root, furniture=False, depth=0)
    reader.flush(furniture=False)
    told = told_under_headings(reader.blocks)
    if told is not None:
        reader.tables = [told.table, *told.others]
        reader.loose, reader.furniture = told.loose, [*reader.furniture, *told.furniture]
    notes = (
        ("The page hides some text from its readers: it was kept apart and not read as content.",)
        if reader.hidden
        else ()
    )
    return Extract(
        "html: one risk under each heading" if told else "html: page tables",
        tuple(reader.tables), tuple(reader.loose), tuple(reader.furniture),
        hidden=tuple(reader.hidden), notes=notes,
    )  # fmt: skip


def _declared(data: bytes) -> bytes:
    """A page that names its own encoding is turned into UTF-8 by it."""
    found = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.IGNORECASE)
    if found is None or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return data
    try:
        return data.decode(found.group(1).decode("ascii")).encode("utf-8")
    except (LookupError, UnicodeError):
        return data  # a page that misnames its encoding is read like one that names none


@dataclass
class _Reader:
    name: str
    tables: list[Table] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    furniture: list[Piece] = field(default_factory=list)
    hidden: list[Piece] = field(default_factory=list)
    paragraphs: int = 0
    table_count: int = 0
    words: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    inside: Block = field(
        default_factory=lambda: Block("line")
    )  # what kind of block the words being read belong to

    def flush(self, *, furniture: bool) -> None:
        """Ends the paragraph being read."""
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if text:
            self.paragraphs += 1
            piece = Piece(text, ParagraphPlace(paragraph=self.paragraphs))
            (self.furniture if furniture else self.loose).append(piece)
            if not furniture:
                self.blocks.append(replace(self.inside, piece=piece))

    def block(self, element: html.HtmlElement, *, furniture: bool, depth: int) -> None:
        """The text and tables below an element."""
        if depth > DEEPEST:
            raise Unreadable(
                where=self.name,
                why=f"The page nests its parts more than {DEEPEST} deep.",
                remedy="Save the page again from the browser, or bring in the document it shows.",
            )
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in NEVER:
            return
        if _is_hidden(element):
            self._hide(element, ParagraphPlace(paragraph=self.paragraphs + 1))
            return
        if element.get("data-paper") == "summary":
            self.flush(furniture=furniture)
            self._summary(element)
            return
        if tag in ("table", "dl"):
            self.flush(furniture=furniture)
            self._tabular(element, depth)
            return
        if tag == "hr":
            self.flush(furniture=furniture)
            self.blocks.append(Block("rule"))
            return
        # A page's frame says nothing of the register, unless it holds the page's title or a table.
        framed = tag in FRAME and element.find(".//table") is None and element.find(".//h1") is None
        furniture = furniture or framed
        breaks = tag in BLOCKS or tag in FRAME or tag == "br"
        if breaks:
            self.flush(furniture=furniture)
        around, self.inside = self.inside, _kind_of(element, self.inside)
        self.words.append(_said_by(element) or element.text or "")
        for child in element:
            self.block(child, furniture=furniture, depth=depth + 1)
            self.words.append(child.tail or "")
        if breaks:
            self.flush(furniture=furniture)
        self.inside = around

    def _tabular(self, element: html.HtmlElement, depth: int) -> None:
        """A table or a list of definitions, as blocks of its tables."""
        before = len(self.tables)
        if element.tag == "table":
            self._table(element, depth)
        else:
            self._definitions(element)
        self.blocks.extend(Block("table", table=table) for table in self.tables[before:])

    def _summary(self, element: html.HtmlElement) -> None:
        """What a paper that Watchkeep made says again in other words: kept, and not read as risks."""
        for each in element.iter("p", "li", "th", "td", "dt", "dd", "h2", "h3", "caption"):
            self.words.append(str(each.text_content()))
            self.flush(furniture=True)

    def _hide(self, element: html.HtmlElement, place: Place) -> None:
        text = " ".join(" ".join(str(each) for each in element.itertext()).split())
        if text:
            self.hidden.append(Piece(text, place))

    def _definitions(self, element: html.HtmlElement) -> None:
        """A list of terms and their texts is a form: label left, text right."""
        self.table_count += 1
        rows: list[tuple[Cell, Cell]] = []
        term = Cell()
        for child in element.iter("dt", "dd"):
            place = TablePlace(
                table=self.table_count, row=len(rows) + 1, column=1 if child.tag == "dt" else 2
            )
            cell = self._cell(child, place)
            if child.tag == "dt":
                term = cell
            else:
                rows.append((term, cell))
                term = Cell()
        if rows:
            self.tables.append(Table(tuple(rows), f"list {self.table_count}"))

    def _table(self, element: html.HtmlElement, depth: int) -> None:
        self.table_count += 1
        number = self.table_count
        for caption in element.findall("caption"):
            self.block(caption, furniture=False, depth=depth + 1)
        grid: dict[tuple[int, int], Cell] = {}
        covered: set[tuple[int, int]] = set()
        repeats: set[tuple[int, int]] = set()
        rows = [row for row in _own(element, "tr") if not self._skipped(row, number)]
        if len(rows) > MOST_ROWS:
            raise self._too_large(number)
        width = 0
        for index, row in enumerate(rows):
            column = 0
            for each in row:
                if each.tag not in ("td", "th"):
                    continue
                while (index, column) in covered:
                    column += 1
                if column >= MOST_COLUMNS:
                    break
                across = min(_span(each, "colspan"), MOST_COLUMNS - column)
                down = min(_span(each, "rowspan") or len(rows), len(rows) - index)
                place = TablePlace(table=number, row=index + 1, column=column + 1)
                hidden = _is_hidden(each)
                if hidden:
                    self._hide(each, place)
                grid[index, column] = Cell() if hidden else self._cell(each, place)
                covered |= {(index + y, column + x) for y in range(down) for x in range(across)}
                repeats |= {(index + y, column) for y in range(1, down)}
                if len(covered) > MOST_CELLS:
                    raise self._too_large(number)
                column += across
                width = max(width, column)
        made = tuple(
            tuple(grid.get((index, column), Cell()) for column in range(width)) for index in range(len(rows))
        )
        if made and width:
            self.tables.append(Table(made, f"table {number}", frozenset(repeats)))

    def _skipped(self, row: html.HtmlElement, table: int) -> bool:
        if not (
            _is_hidden(row) or any(_is_hidden(each) for each in row.iterancestors() if each.tag != "html")
        ):
            return False
        self._hide(row, TablePlace(table=table, row=1, column=1))
        return True

    def _too_large(self, table: int) -> Unreadable:
        return Unreadable(
            where=f"{self.name}, table {table}",
            why=(
                f"The table has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells, more than any register."
            ),
            remedy="Bring in the part of it that is the register.",
        )

    def _cell(self, element: html.HtmlElement, place: TablePlace) -> Cell:
        parts: list[str] = []
        self._inside(element, parts, place, 0)
        texts = [" ".join(line.split()) for line in "".join(parts).split("\n")]
        while texts and not texts[-1]:
            texts.pop()
        pieces = tuple(Piece(text, place) for text in texts)
        return Cell(pieces if any(texts) else (), _fill(element))

    def _inside(self, element: html.HtmlElement, parts: list[str], place: TablePlace, depth: int) -> None:
        if depth > DEEPEST or not isinstance(element.tag, str) or element.tag in NEVER:
            return
        if depth and _is_hidden(element):
            self._hide(element, place)
            return
        if depth and element.tag == "table" and _is_grid(element):
            self._table(element, depth)
            return
        breaks = depth > 0 and (element.tag in BLOCKS or element.tag == "br")
        if breaks:
            parts.append("\n")
        parts.append((_said_by(element) or _even(element.text)) if element.tag != "br" else "")
        if element.tag == "li":
            parts[-1] = _list_label(element) + parts[-1]
        for child in element:
            self._inside(child, parts, place, depth + 1)
            parts.append(_even(child.tail))
        if breaks and element.tag != "br":
            parts.append("\n")


def _kind_of(element: html.HtmlElement, around: Block) -> Block:
    """What the words right inside an element are: a heading, an item, or what they were around it."""
    if re.fullmatch(r"h[1-6]", element.tag):
        return Block("head", level=int(element.tag[1]))
    if element.tag == "li":
        ordered = element.getparent() is not None and element.getparent().tag == "ol"
        depth = sum(1 for each in element.iterancestors("li"))
        number = sum(1 for each in element.itersiblings("li", preceding=True)) + 1
        return Block("item", level=2 * depth, marker=f"{number}." if ordered else "-")
    return around


def _even(text: str | None) -> str:
    """Line ends of the page's source mean nothing to its reader."""
    return re.sub(r"[\s]+", " ", text or "")


def _own(table: html.HtmlElement, tag: str) -> list[html.HtmlElement]:
    """The rows of a table that are not rows of a table inside it."""
    return [row for row in table.iter(tag) if next(row.iterancestors("table"), None) is table]


def _is_grid(table: html.HtmlElement) -> bool:
    rows = _own(table, "tr")
    return len(rows) > 1 and max(len(row) for row in rows) > 2


def _is_hidden(element: html.HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(HIDDEN_STYLE.search(element.get("style") or ""))


def _said_by(element: html.HtmlElement) -> str:
    """What a picture or an icon says: its alternative text."""
    if element.tag == "img":
        return element.get("alt") or ""
    if element.tag in ("i", "span", "abbr") and not len(element) and not (element.text or "").strip():
        return element.get("aria-label") or element.get("title") or ""
    return ""


def _list_label(item: html.HtmlElement) -> str:
    """The letter or Roman number that a browser prints before an item; bullets and plain numbers add
    nothing.
    """
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or parent.get("type") not in ("i", "a"):
        return ""
    position = [child for child in parent if child.tag == "li"].index(item)
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    names = romans if parent.get("type") == "i" else tuple("abcdefghijklmnopqrstuvwxyz")
    return f"{names[position]}. " if position < len(names) else ""


def _span(cell: html.HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return int(text) if text.isdigit() and len(text) < 5 else 1


def _fill(cell: html.HtmlElement) -> str | None:
    found = BACKGROUND.search(cell.get("style") or "")
    colour = (found.group(1) if found else cell.get("bgcolor") or "").strip().casefold()
    if match := RGB.search(colour):
        return "#" + "".join(f"{min(255, int(part)):02x}" for part in match.groups())
    if match := re.search(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", colour):
        digits = match.group(1)
        full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        return None if full == "ffffff" else f"#{full}"
    return NAMED_COLOURS.get(colour)
