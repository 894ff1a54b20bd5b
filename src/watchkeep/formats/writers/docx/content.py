"""What stands in a Word paper, section by section, in the order of every other form of it."""

from __future__ import annotations

import copy
import io
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from watchkeep.formats import charts
from watchkeep.formats.readers.docx_paper import FIRST_HEADING, REGISTER_TABLE, SHEET_TABLE
from watchkeep.formats.writers.docx.elements import clean, paragraph_of, run_of
from watchkeep.formats.writers.docx.styles import LIST_TABLE
from watchkeep.formats.writers.docx.tables import table_of
from watchkeep.formats.writers.html.annex import INFERRED, LEDGER
from watchkeep.formats.writers.paper import Paper
from watchkeep.formats.writers.paper.figures import MOST_BARS
from watchkeep.formats.writers.paper.measures import indicators_table
from watchkeep.formats.writers.paper.values import Cell, Grid, Listing, Measures, Sheet, plain

PORTRAIT, LANDSCAPE = 174.0, 261.0  # millimetres between the margins
LABELS = 42.0  # millimetres for the labels of a sheet
SEE_MARKS = "What the marks mean is told at the end of this paper."


class Content:
    """Writes the body of one Word file."""

    def __init__(self, word: Any, printed: Paper) -> None:
        self.word, self.printed = word, printed
        self.width = PORTRAIT

    def write(self) -> None:
        """All of it."""
        printed = self.printed
        self._opening()
        self._heading(FIRST_HEADING)
        self._add(paragraph_of(run_of(printed.sentence, bold=True)))
        if printed.late:
            self._heading(printed.late.title, 2)
            for each in printed.late.told:
                self._say(each, "List Bullet")
        if printed.front:
            self._front()
            self._heading("In figures")
        self._figures()
        if printed.since:
            self._turn(LANDSCAPE)
            self._heading(printed.since.title)
            self._say(printed.since.sentence)
            self._listings(printed.since.listings)
        for title, grid, style in (
            ("The register at a glance", printed.glance, LIST_TABLE),
            ("The register", printed.register, REGISTER_TABLE),
        ):
            if grid.rows:
                self._turn(LANDSCAPE)
                self._heading(title)
                self._grid(title, grid, style)
        if printed.sheets:
            self._turn(PORTRAIT)
            self._heading("Each risk at length")
            for sheet in printed.sheets:
                self._sheet(sheet)
        if printed.measures:
            self._turn(LANDSCAPE)
            self._measures(printed.measures)
        if printed.promises:
            self._turn(LANDSCAPE)
            self._heading("What was promised")
            self._listings((printed.promises,))
        if printed.sources:
            self._turn(LANDSCAPE)
            self._heading("Sources")
            self._listings(printed.sources)
        if printed.readings:
            self._turn(LANDSCAPE)
            self._heading(printed.readings.title)
            self._say(printed.readings.note)
            self._table(
                printed.readings.head, printed.readings.rows, printed.readings.shares, printed.readings.title
            )
        self._annex()

    # --- Sections -------------------------------------------------------------------------------------------

    def _opening(self) -> None:
        if self.printed.body:
            self._say(self.printed.body)
        self._say(self.printed.title, "Title")
        if self.printed.subtitle:
            self._say(self.printed.subtitle, "Subtitle")

    def _front(self) -> None:
        front = self.printed.front
        if front is None:
            return
        self._heading("For the meeting")
        rows = [*front.facts, *([("Purpose", front.purpose)] if front.purpose else [])]
        if rows:
            self._pairs("For the meeting", rows)
        if front.recommendations:
            self._heading("Recommendations", 2)
            for each in front.recommendations:
                self._say(each, "List Number")

    def _figures(self) -> None:
        printed = self.printed
        for note in printed.notes:
            self._say(note)
        if printed.overridden:
            self._add(paragraph_of(run_of(printed.overridden, bold=True)))
        if printed.bands:
            self._heading(printed.bands_title, 2)
            self._chart()
            rows = [(plain(row.name), plain(str(row.count))) for row in printed.bands]
            self._table((printed.bands_head, "How many"), rows, (3, 1), printed.bands_title)
        if printed.moved.rows:
            self._heading(printed.moved_title, 2)
            shares = (2 if printed.moved.turned else 3, *(1 for _ in printed.moved.head[1:]))
            moves = [tuple(map(plain, row)) for row in printed.moved.rows]
            self._table(printed.moved.head, moves, shares, printed.moved_title)
        if printed.missing:
            self._heading(printed.missing_title, 2)
            lacks = [
                (
                    plain(what),
                    plain(f"all {count}" if count == printed.total else f"{count} of {printed.total}"),
                )
                for what, count in printed.missing
            ]
            self._table(("Field", "How many lack it"), lacks, (3, 1), printed.missing_title)
        self._heading("About this paper", 2)
        self._pairs("About this paper", printed.facts)

    def _chart(self) -> None:
        """The bars as a picture; what it shows is said in words, and stands in the table below it."""
        printed = self.printed
        if len(printed.bands) > MOST_BARS:
            return
        bars = [(clean(row.name), row.count, row.step) for row in printed.bands]
        shape = self.word.add_picture(io.BytesIO(charts.png(charts.band_chart(bars))), width=Mm(95))
        about = shape._inline.docPr
        about.set("name", clean(printed.bands_title)[:200])
        about.set("title", clean(printed.bands_title)[:200])
        about.set("descr", clean(printed.bands_alt))

    def _grid(self, title: str, grid: Grid, style: str) -> None:
        head = [heading.text for heading in grid.headings]
        needs = [
            max(heading.longest_word * 1.9 + 4, 15.0) if heading.shape == "label" else 20.0
            for heading in grid.headings
        ]
        weight = sum(each.weight for each in grid.headings if each.shape == "text")
        spare = self.width - sum(needs)
        if spare > 0 and weight:
            needs = [
                need + (spare * heading.weight / weight if heading.shape == "text" else 0)
                for need, heading in zip(needs, grid.headings, strict=True)
            ]
        widths = [need * self.width / sum(needs) for need in needs]
        self._add(table_of(style, head, [row.cells for row in grid.rows], widths, title=title))

    def _sheet(self, sheet: Sheet) -> None:
        """A risk: its heading, then a row for each thing that is said of it."""
        self._heading(sheet.title, 2)
        pairs = [*sheet.head, *(pair for row in (*sheet.facts, *sheet.texts) for pair in row)]
        rows = [(Cell("text", label), cell) for label, cell in pairs]
        self._add(table_of(SHEET_TABLE, (), rows, (LABELS, self.width - LABELS), title=sheet.title))

    def _measures(self, told: Measures) -> None:
        """The indicators of each risk in words; their readings stand at the end."""
        self._heading(told.title)
        self._say(told.sentence)
        if told.note:
            self._say(told.note)
        for each in told.risks:
            self._heading(each.title, 2)
            if each.against:
                self._add(paragraph_of(run_of(each.against, bold=True)))
            elif each.word and each.basis:
                self._say(f"Together: {each.word.words}. {each.basis}")
            self._table(*indicators_table(each))

    def _annex(self) -> None:
        printed = self.printed
        self._turn(PORTRAIT)
        self._heading("How to read this paper, and what is open")
        self._heading("Marks", 2)
        if printed.key_bands:
            words = ", ".join(band.name for band in printed.key_bands)
            self._say(f"Ratings, from the highest, each on a lighter tint than the one before: {words}.")
        self._pairs("Marks", printed.key_to_marks, head=("Mark", "Meaning"))
        for title, note, head, rows in (
            ("Doubts about the source that are still open", "", ("About", "Doubt"), printed.doubts),
            ("Placed by inference", INFERRED, ("How it was placed", "What"), printed.inferred),
            ("Text of the source that stands in no field", "", ("Where", "Text"), printed.unassigned),
        ):
            if rows:
                self._heading(title, 2)
                if note:
                    self._say(note)
                self._pairs(title, rows, head=head)
        if printed.ledger_head:
            self._heading("Ledger head", 2)
            self._say(LEDGER)
            self._say(printed.head.removeprefix("watchkeep-head ") or printed.ledger_head)
        self._say(printed.footer, "Caption")

    # --- Pieces ---------------------------------------------------------------------------------------------

    def _listings(self, told: tuple[Listing, ...]) -> None:
        for each in told:
            self._heading(each.title, 2)
            if each.note:
                self._say(each.note)
            for part in each.groups:
                if each.grouped:
                    self._heading(part.title, 3)
                self._table(part.head, part.rows, part.shares, part.title)

    def _table(self, head: Any, rows: Any, shares: Any, title: str) -> None:
        widths = [self.width * share / sum(shares) for share in shares]
        self._add(table_of(LIST_TABLE, head, rows, widths, title=title))

    def _pairs(self, title: str, rows: Any, *, head: tuple[str, ...] = ()) -> None:
        cells = [(Cell("text", one), plain(other)) for one, other in rows]
        self._add(table_of(LIST_TABLE, head, cells, (LABELS, self.width - LABELS), title=title))

    def _heading(self, text: str, level: int = 1) -> None:
        self._say(text, f"Heading {level}")

    def _say(self, text: str, style: str = "") -> None:
        self._add(paragraph_of(run_of(text), style=style.replace(" ", "")))

    def _add(self, element: Any) -> None:
        self.word.element.body[-1].addprevious(element)  # after all else, before what says how pages are

    def _turn(self, width: float) -> None:
        """Turn the paper, where what follows is set the other way. No empty paragraph carries the break."""
        if width == self.width:
            return
        body = self.word.element.body
        if body[-2].tag != qn("w:p"):
            self._say(SEE_MARKS, "Caption")
        ends = copy.deepcopy(body[-1])
        body[-2].get_or_add_pPr().append(ends)
        section = self.word.sections[-1]
        for each in body[-1].findall(qn("w:headerReference")) + body[-1].findall(qn("w:footerReference")):
            body[-1].remove(each)  # the frame of the section before goes on
        section.orientation = WD_ORIENT.LANDSCAPE if width == LANDSCAPE else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (
            (Mm(297), Mm(210)) if width == LANDSCAPE else (Mm(210), Mm(297))
        )
        self.width = width
