"""The paper as a tagged PDF: typst sets it and declares PDF/UA-1 and PDF/A-2a, pikepdf marks the row headers.

Text crosses into typst as JSON, so nothing in a register can act as markup; fonts are the shipped ones only.
"""

from __future__ import annotations

import io
import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

import pikepdf
import typst

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition, is_digest
from watchkeep.formats import charts
from watchkeep.formats.pdf_paper import REFERENCE_INK
from watchkeep.formats.writers.paper import Paper, paper
from watchkeep.formats.writers.paper.figures import MOST_BARS
from watchkeep.formats.writers.paper.passing import as_data, without_turns
from watchkeep.formats.writers.paper.pictures import pictures_of
from watchkeep.formats.writers.paper.references import CLOSES, OPENS
from watchkeep.formats.writers.paper.values import Heading, Row

HERE = Path(__file__).parent
TEMPLATE = HERE / "paper.typ"

TABLE_WIDTH = 269.0  # mm: A4 on its side less two margins of 14
PAGE_DEPTH = 165.0  # mm of table on one page
CHARACTER = 1.56  # mm: a letter of running text at the table's size, on average
WIDEST_CHARACTER = 1.82  # mm: a letter of a short bold word
LINE = 4.4  # mm
PADDING = 3.6  # mm: both sides of a cell
NARROWEST_TEXT = 26.0  # mm
LETTER, WIDE = 8.5, 260.0  # points: of the letters on a chart; a chart of unknown width
LONGEST_WORD = 30  # characters; a longer one may be broken anywhere


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """The PDF. The same document and edition give the same bytes."""
    printed = paper(document, edition)
    drawn = pictures_of(document, edition) if printed.measures else {}
    inputs = {"paper": json.dumps({**_data(printed), "pictures": _placed(drawn)}, ensure_ascii=False)}
    if edition:
        inputs["dated"] = "yes"
    made = typst.compile(
        str(TEMPLATE),
        root=str(HERE),
        font_paths=[str(charts.FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        # The archive standard wants a date. A paper made straight from a file has none, and is given none.
        pdf_standards=["ua-1", "a-2a"] if edition else ["ua-1"],
        timestamp=_frozen(edition) if edition else 0,
    )
    return _with_row_headers(made)


def _frozen(edition: Edition) -> int:
    """The moment the file says it was made: the start of the day of the freeze."""
    return int(datetime.combine(edition.frozen_on, time(), UTC).timestamp())


# --- What typst is told -------------------------------------------------------------------------------------


def _data(printed: Paper) -> dict[str, object]:
    unprinted: dict[str, None] = {}

    def printable(text: str) -> str:
        return "".join(_signs(_breakable(without_turns(text)), unprinted))

    return {
        **as_data(printed, printable),
        "reworded": [
            as_data(part, printable)
            for each in (printed.since.listings if printed.since else ())
            for part in each.groups
            if each.grouped
        ],
        "register_widths": (widths := column_widths(printed.register.headings)),
        "whole": [_depth(row, widths) < PAGE_DEPTH * 0.8 for row in printed.register.rows],
        "most_bars": MOST_BARS,
        "reference_ink": REFERENCE_INK,
        "shades": charts.SHADES,
        "shade_text": charts.SHADE_TEXT,
        "unprinted": ", ".join(unprinted),
    }


def _placed(drawn: Mapping[int, str]) -> dict[str, dict[str, object]]:
    """Each chart with the width, in points, at which its letters are as large as the words beside it."""
    made: dict[str, dict[str, object]] = {}
    for number, svg in drawn.items():
        width = re.search(r'<svg[^>]*? width="([0-9.]+)"', svg)
        letters = re.search(r'font-size="([0-9.]+)', svg)
        size = float(width[1]) * LETTER / float(letters[1]) if width and letters else WIDE
        made[str(number)] = {"svg": svg, "width": size}
    return made


def column_widths(headings: tuple[Heading, ...]) -> list[float]:
    """Millimetres a column: short labels get what they need, running text shares the rest by its weight."""
    widths = [
        min(max(heading.longest_word * WIDEST_CHARACTER + PADDING, 13.0), 60.0)
        if heading.shape == "label"
        else NARROWEST_TEXT
        for heading in headings
    ]
    spare = TABLE_WIDTH - sum(widths)
    total = sum(heading.weight for heading in headings if heading.shape == "text")
    if spare < 0 or not total:
        return [
            round(width * TABLE_WIDTH / sum(widths), 2) if spare < 0 else round(width, 2) for width in widths
        ]
    return [
        round(width + spare * heading.weight / total if heading.shape == "text" else width, 2)
        for width, heading in zip(widths, headings, strict=True)
    ]


def _depth(row: Row, widths: list[float]) -> float:
    """How deep a row will be, roughly: a shallow one is kept on one page, a deep one may break over two."""
    depths = []
    for cell, width in zip(row.cells, widths, strict=True):
        letters = max((width - PADDING) / CHARACTER, 1)
        paragraphs = [line.text for line in cell.lines] or [cell.text]
        depths.append(sum(math.ceil((len(text) + 1) / letters) + 0.4 for text in paragraphs) * LINE)
    return max(depths, default=0)


def _breakable(text: str) -> str:
    """`text` with the places to break that it needs and without those that would harm it.

    A word that no column could hold may break anywhere. The space before a dash may not: a line that begins
    with a dash looks like a bullet, to a person and to a program.
    """
    text = re.sub(r" (?=[-–—] )", "\u00a0", text)
    if len(text) <= LONGEST_WORD:
        return text
    return re.sub(rf"\S{{{LONGEST_WORD},}}", _broken, text)


def _broken(word: re.Match[str]) -> str:
    """A long word with places to break; a digest has room, and must be copied as it is."""
    return (
        word[0] if is_digest(word[0].rpartition(":")[2]) else "\u200b".join(re.findall(r".{1,12}", word[0]))
    )


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    """Every sign that the shipped fonts have a shape for."""
    runs = json.loads((charts.FONTS / "coverage.json").read_text(encoding="utf-8"))
    return frozenset(sign for first, last in runs for sign in range(first, last + 1))


def _signs(text: str, unprinted: dict[str, None]) -> Iterator[str]:
    """`text` sign by sign; what has no shape in our fonts is named in brackets instead of left blank."""
    covered = _covered()
    for sign in text:
        if ord(sign) in covered or sign in f"\n\t\u200b\u00a0{OPENS}{CLOSES}":
            yield sign
        elif unicodedata.category(sign) in ("Cf", "Cc") or "\ufe00" <= sign <= "\ufe0f":
            continue  # joins, direction marks, picture selectors: nothing to see
        else:
            name = (
                unicodedata.name(sign, f"U+{ord(sign):04X}").lower().replace("cjk unified ideograph-", "U+")
            )
            unprinted[f"[{name}]"] = None
            yield f"[{name}]"


# --- Row headers --------------------------------------------------------------------------------------------


def _with_row_headers(made: bytes) -> bytes:
    """Make the first cell of every body row a header of its row, which typst cannot be told yet."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for table in _elements(pdf.Root.StructTreeRoot, "/Table"):
            # A sheet, whose head holds its title, has a label beside each text; other tables have one a row.
            head = next(_elements(table, "/THead"), None)
            labels = 2 if head is not None and any(_elements(head, "/H2")) else None
            for body in _elements(table, "/TBody"):
                for row in _elements(body, "/TR"):
                    _mark_row_headers(row, labels)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _elements(under: pikepdf.Object, kind: str) -> Iterator[pikepdf.Dictionary]:
    """The structure elements of a kind below (not inside one another), in reading order."""
    children = under.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if not isinstance(child, pikepdf.Dictionary) or "/S" not in child:
            continue
        if kind == child.S:
            yield child
        else:
            yield from _elements(child, kind)


def _mark_row_headers(row: pikepdf.Dictionary, every: int | None) -> None:
    """Mark the first cell, and where `every` is given each further one at that distance."""
    cells = [cell for cell in row.K if isinstance(cell, pikepdf.Dictionary)]
    for cell in cells[::every] if every else cells[:1]:
        if cell.S != "/TD":
            continue
        scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        old = cell.get("/A")
        attributes = list(old) if isinstance(old, pikepdf.Array) else [old] if old is not None else []
        cell.S = pikepdf.Name.TH
        cell.A = pikepdf.Array([*attributes, scope])
