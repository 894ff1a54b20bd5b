"""The paper as a workbook: the register as a real table; sheets for controls, ratings, gaps and the cover.

Every cell is text or a number; none is a formula or a link, whatever it begins with.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

import xlsxwriter

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import moved_of, names_a_date
from watchkeep.formats import charts
from watchkeep.formats.formulas import dangerous
from watchkeep.formats.writers.paper import Paper, paper
from watchkeep.formats.writers.paper.cells import cell_of
from watchkeep.formats.writers.paper.columns import columns_of, each_field
from watchkeep.formats.writers.paper.measures import READINGS_HEAD, every_reading, table_of
from watchkeep.formats.writers.paper.ordering import ordered
from watchkeep.formats.writers.paper.references import referenced
from watchkeep.formats.writers.paper.sources import sentences_of
from watchkeep.formats.writers.paper.values import Cell, Listing

CATEGORY = "Watchkeep paper"  # by which our own reader knows that only the first sheet is the register
LONGEST = 32_767  # characters that a cell can hold
CONTINUED = "\n[continues on the sheet “Long texts”]"
EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  workbooks carry no zone; the zip format counts from this day
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a workbook reads _x0041_ as A

Row = Sequence["Cell | str | float"]


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """The workbook. The same document and edition give the same bytes."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    printed = paper(document, edition)
    with xlsxwriter.Workbook(out, options) as book:
        made = datetime.combine(edition.frozen_on, time()) if edition else EPOCH
        about = {
            "title": printed.title,
            "company": printed.body,
            "subject": printed.subtitle,
            "created": made,
            "category": CATEGORY,
        }
        if printed.head:
            about["keywords"] = printed.head
        book.set_properties(about)
        _Pages(book, printed).write(ordered(document, edition))
    return out.getvalue()


class _Pages:
    """The sheets of one workbook, with the few formats they share."""

    def __init__(self, book: Any, printed: Paper) -> None:
        self.book = book
        self.printed = printed
        wrapped = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 10.5}
        self.plain = book.add_format(wrapped)
        self.quoted = book.add_format({**wrapped, "quote_prefix": True})
        self.absent = book.add_format({**wrapped, "font_color": charts.QUIET, "italic": True})
        self.head = book.add_format(
            {**wrapped, "bold": True, "font_color": "#ffffff", "bg_color": "#12294d", "border": 1}
        )
        self.title = book.add_format({**wrapped, "bold": True, "font_size": 16, "text_wrap": False})
        self.moved = {
            "worsening": book.add_format({**wrapped, "font_color": "#9c1c1c", "bold": True}),
            "improving": book.add_format({**wrapped, "font_color": "#1d6b45", "bold": True}),
        }
        self.bands = [
            book.add_format({**wrapped, "bg_color": shade, "font_color": ink, "bold": True, "border": 1})
            for shade, ink in zip(charts.SHADES, charts.SHADE_TEXT, strict=True)
        ]
        self.long: list[tuple[str, str]] = []

    def write(self, document: RegisterDocument) -> None:
        """All sheets, the register first: it is what the file is opened for."""
        self._register(document)
        self._sheet("Controls and actions", CONTROLS_HEAD, _controls(document), (16, 34, 10, 8, 90, 14))
        self._sheet("Trends and ratings", RATINGS_HEAD, _ratings(document), (16, 34, 28, 24, 20))
        self._sheet("Not recorded", GAPS_HEAD, _gaps(self.printed), (40, 18, 90))
        for name, listing in _listings(self.printed, document):
            widths = [max(9.0, 150 * share / sum(listing.shares)) for share in listing.shares]
            self._sheet(name, listing.head, listing.rows, widths)
        readings = list(every_reading(document.risks))
        if readings:
            self._sheet("Readings", READINGS_HEAD, readings, (10, 48, 12, 12, 12, 12, 12, 12, 18))
        self._about()
        if self.long:
            self._sheet("Long texts", ("Cell of the register", "Text"), self.long, (24, 120))

    def _register(self, document: RegisterDocument) -> None:
        columns = columns_of(document)
        rows = [[cell_of(risk, column, document) for column in columns] for risk in document.risks]
        head = [column.heading for column in columns] or ["Risk"]
        self._sheet(
            "Register", head, rows, [_width(place, head, rows) for place in range(len(head))], frozen=1
        )

    def _sheet(
        self, name: str, head: Sequence[str], rows: Iterable[Row], widths: Sequence[float], *, frozen: int = 0
    ) -> None:
        sheet = self.book.add_worksheet(name)
        filled = [list(row) for row in rows]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for row, cells in enumerate(filled, start=1):
            for column, cell in enumerate(cells):
                self._write(sheet, row, column, cell)
        # A table needs a row to stand on, and headings that differ.
        columns = [{"header": each, "header_format": self.head} for each in _distinct(head)]
        area = (0, 0, max(len(filled), 1), len(head) - 1)
        sheet.add_table(
            *area, {"columns": columns, "name": _table_name(name), "style": "Table Style Light 1"}
        )
        sheet.freeze_panes(1, frozen)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _about(self) -> None:
        printed = self.printed
        sheet = self.book.add_worksheet("About")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 100)
        self._write(sheet, 0, 0, printed.title, self.title)
        lines: list[Row] = [("Finding", printed.sentence), *(("", note) for note in printed.notes)]
        lines += _front(printed)
        lines += [(printed.bands_title, ""), *((band.name, band.count) for band in printed.bands)]
        lines += [("How to read the marks", ""), *printed.key_to_marks]
        lines += printed.facts
        if printed.marking:
            lines.append(("Marking", printed.marking))
        for row, cells in enumerate(lines, start=2):
            for column, cell in enumerate(cells):
                self._write(sheet, row, column, cell)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell | str | float, style: Any = None) -> None:
        if isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self.plain)
            return
        text = cell if isinstance(cell, str) else cell.words
        text = ESCAPE.sub("_x005F_", FORBIDDEN.sub("\ufffd", text))
        if style is None:
            style = self._style(cell)
        if not text:
            sheet.write_blank(row, column, None, style)
            return
        sheet.write_string(row, column, self._fitting(text, row, column), style)

    def _style(self, cell: Cell | str) -> Any:
        if isinstance(cell, str):
            return self.quoted if dangerous(cell) else self.plain
        if cell.kind == "band":
            return self.bands[cell.step]
        if cell.kind == "absent":
            return self.absent
        return self.moved.get(cell.moved) or (self.quoted if dangerous(cell.words) else self.plain)

    def _fitting(self, text: str, row: int, column: int) -> str:
        """What a cell can hold; the rest stands on a sheet of its own, in as many rows as it takes."""
        if len(text) <= LONGEST:
            return text
        kept, rest = text[: LONGEST - len(CONTINUED)], text[LONGEST - len(CONTINUED) :]
        name = f"row {row + 1}, column {column + 1}"
        self.long += [(name, rest[start : start + LONGEST]) for start in range(0, len(rest), LONGEST)]
        return kept + CONTINUED


LISTED = {
    "told": "New and gone",
    "moved": "Moved",
    "news": "Promises since",
    "reworded": "Words since",
    "sounded": "Indicators since",
    "restated": "Basis since",
    "ruled": "Rules since",
    "promises": "Promises",
    "measured": "Indicators",
    "sentences": "Sentences",
    "sources": "Sources",
    "fallen": "Grounds lost",
    "coverage": "Coverage",
}  # the sheet that each table stands on


def _listings(printed: Paper, document: RegisterDocument) -> Iterable[tuple[str, Listing]]:
    """What is new, what was promised and what stands behind the words: a sheet each, where there is any.

    A cell of the register holds its own words alone, so its sentences have a sheet that names their sources.
    """
    since = printed.since.listings if printed.since else ()
    measured = table_of(document.risks)
    promised = (*((measured,) if measured else ()), *((printed.promises,) if printed.promises else ()))
    sentences = sentences_of(document.risks, referenced(document)[1])
    for listing in (*since, *promised, *((sentences,) if sentences else ()), *printed.sources):
        yield LISTED[listing.name], listing


def _front(printed: Paper) -> list[Row]:
    """What is asked of the meeting, what is new in a sentence, and who let it out."""
    lines: list[Row] = [("", printed.overridden)] if printed.overridden else []
    if printed.front:
        lines += [*printed.front.facts]
        lines += [("Purpose", printed.front.purpose)] if printed.front.purpose else []
        lines += [
            (f"Recommendation {place}", each)
            for place, each in enumerate(printed.front.recommendations, start=1)
        ]
    if printed.since:
        lines.append((printed.since.title, printed.since.sentence))
    return lines


CONTROLS_HEAD = ("Of", "Named", "Kind", "Part", "Line", "Names a date")
RATINGS_HEAD = ("Of", "Named", "What", "As written", "Meaning")
GAPS_HEAD = ("What is open", "How many", "Which, or the text itself")


def _controls(document: RegisterDocument) -> Iterable[Row]:
    """One line each, under the risk and part that it stands under."""
    for risk in document.risks:
        for kind, items in (("control", risk.controls), ("action", risk.actions)):
            for item in items:
                if item.text:
                    said = "yes" if names_a_date(item.text) else "no"
                    yield (
                        risk.reference.text or risk.key,
                        risk.name.text or "",
                        kind,
                        item.part or "",
                        item.text,
                        said,
                    )


def _ratings(document: RegisterDocument) -> Iterable[Row]:
    for risk in document.risks:
        who = (risk.reference.text or risk.key, risk.name.text or "")
        for trend in risk.trends:
            yield (*who, f"trend {trend.period}", trend.text or trend.state, moved_of(trend))
        stages = {f"{assessment.stage} " for assessment in risk.assessments}
        for what, field in each_field(risk):
            if any(what.startswith(stage.strip()) for stage in stages) and field.recorded:
                yield (*who, what, field.text or "", "")


def _gaps(printed: Paper) -> Iterable[Row]:
    for what, count in printed.missing:
        yield (f"{what} not recorded", count, "")
    for where, text in printed.unassigned:
        yield ("Text in no field", "", f"{text} ({where})" if where else text)
    for who, sentence in printed.doubts:
        yield ("Open doubt", "", f"{who}: {sentence}")
    for reason, where in printed.inferred:
        yield ("Placed by inference", "", f"{reason} {where}")


def _width(place: int, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> float:
    """Wide enough to read, narrow enough to see the neighbour."""
    lengths = sorted(
        max((len(line) for line in row[place].words.splitlines()), default=0) for row in rows
    ) or [0]
    return min(
        max(
            lengths[len(lengths) * 3 // 4] * 0.9 + 2,
            max(len(word) for word in head[place].split() or [""]) + 4,
            9,
        ),
        70,
    )


def _distinct(head: Sequence[str]) -> list[str]:
    """Headings as a table needs them: none empty, no two the same whatever their case."""
    seen: set[str] = set()
    made = []
    for place, each in enumerate(head, start=1):
        text = FORBIDDEN.sub("\ufffd", " ".join(each.split()))[:250] or f"Column {place}"
        while text.casefold() in seen:
            text += f" ({place})"
        seen.add(text.casefold())
        made.append(text)
    return made


def _table_name(sheet: str) -> str:
    return sheet.replace(" ", "_")
