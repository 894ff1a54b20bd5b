"""The slides of one deck: what each says, and in which order it is read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from watchkeep.domain.finding import in_words
from watchkeep.domain.indicator.telling import word_of
from watchkeep.formats import charts
from watchkeep.formats.writers.html.annex import LEDGER
from watchkeep.formats.writers.paper import Paper
from watchkeep.formats.writers.paper.measures import table_of
from watchkeep.formats.writers.paper.pages import RiskPage
from watchkeep.formats.writers.paper.references import without_references
from watchkeep.formats.writers.paper.values import Cell, Listing, capital
from watchkeep.formats.writers.pptx.frame import (
    EDGE,
    FOOT,
    HALF,
    INK,
    MASTHEAD,
    QUIET,
    RULE,
    TOP,
    clean,
    colour,
    foot,
    speak_english,
    spoken,
)

MOST_LETTERS = 520  # of a text on a slide; its notes have the whole
MOST_PROMISES, MOST_INDICATORS = 4, 4
BESIDE = 60  # letters; a longer text stands below its label
SIZES = (18, 16, 14, 12.5, 11)  # points
MORE = " … (the whole text is in the notes)"
Said = tuple[str, str]  # a label, and what it says


class Slides:
    """Writes one deck."""

    def __init__(self, deck: Any, printed: Paper, top: Sequence[RiskPage], why: str) -> None:
        self.deck, self.printed, self.top, self.why = deck, printed, top, why

    def write(self) -> None:
        """All slides."""
        self._first()
        for page in self.top:
            self._risk(page)
        self._last()
        speak_english(self.deck)

    def _slide(self, title: str, *, parts: int) -> Any:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[0 if parts == 2 else 1])
        slide.shapes.title.text_frame.text = clean(title)
        slide.shapes.title.text_frame.word_wrap = True
        size = 26 if len(title) < 90 else 21 if len(title) < 170 else 17
        for run in slide.shapes.title.text_frame.paragraphs[0].runs:
            run.font.size = Pt(size)
        return slide

    # --- First ----------------------------------------------------------------------------------------------

    def _first(self) -> None:
        printed = self.printed
        slide = self._slide(printed.sentence, parts=2)
        left, right = _bodies(slide)
        what = ", ".join(each for each in (printed.title, printed.body) if each)
        said: list[Said] = [("", f"{what}. {capital(printed.subtitle)}." if printed.subtitle else f"{what}.")]
        if printed.late:
            said.append((printed.late.title, "\n".join(printed.late.told)))
        if printed.since:
            said.append((printed.since.title, printed.since.sentence))
        if printed.front and printed.front.recommendations:
            asked = [f"{place}. {each}" for place, each in enumerate(printed.front.recommendations, 1)]
            said.append(("Recommendations", "\n".join(asked)))
        if printed.overridden:
            said.append(("", printed.overridden))
        if self.why:
            said.append(("These slides", self.why))
        _fill(left, said)
        if printed.bands:
            right._element.getparent().remove(right._element)
            self._chart(slide)
        else:
            _fill(right, [("", note) for note in printed.notes] or [("", printed.missing_title)])
        notes = [printed.sentence, *printed.notes, printed.bands_alt]
        if printed.since:
            notes += [line for each in printed.since.listings for line in _in_lines(each)]
        self._finish(slide, notes)

    def _chart(self, slide: Any) -> None:
        """Bars that can be edited, in the colours of every other form."""
        rows = self.printed.bands
        new_data: Any = CategoryChartData
        data = new_data()
        data.categories = [clean(row.name) for row in rows]
        data.add_series("Risks", [row.count for row in rows])
        place = (Mm(EDGE + HALF + 10), Mm(TOP), Mm(HALF), Mm(FOOT - TOP - 4))
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
        about = frame._element.nvGraphicFramePr.cNvPr
        about.set("name", clean(self.printed.bands_title)[:200])
        about.set("descr", clean(self.printed.bands_alt))
        chart = frame.chart
        chart.has_legend = False
        chart.has_title = True
        chart.chart_title.text_frame.text = clean(self.printed.bands_title)
        chart.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
        chart.chart_title.text_frame.paragraphs[0].runs[0].font.color.rgb = MASTHEAD
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale = 0
        chart.category_axis.reverse_order = True
        chart.category_axis.tick_labels.font.size = Pt(13)
        chart.category_axis.format.line.color.rgb = RULE
        plot = chart.plots[0]
        plot.gap_width = 45
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(13)
        plot.data_labels.font.bold = True
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        for number, row in enumerate(rows):
            point = plot.series[0].points[number].format
            point.fill.solid()
            shade = charts.SHADES[row.step] if row.step else charts.RULE
            point.fill.fore_color.rgb = colour(shade)
            point.line.color.rgb = RULE

    # --- A risk ---------------------------------------------------------------------------------------------

    def _risk(self, page: RiskPage) -> None:
        slide = self._slide(title_of(page), parts=2)
        left, right = _bodies(slide)
        risk = page.risk
        told = [
            ("What could happen", risk.description.text or risk.event.text or ""),
            ("What it would do", risk.impact.text or ""),
        ]
        _fill(left, [(label, _short(text)) for label, text in told if text.strip()])
        if page.standing and page.standing.kind == "band":
            self._band(slide, page.standing, right)
        _fill(right, self._facts(page))
        notes = [page.sheet.title]
        for label, cell in (
            pair for row in (page.sheet.head, *page.sheet.facts, *page.sheet.texts) for pair in row
        ):
            notes.append(f"{label}: {cell.words}")
        for listing in (table_of([risk]), page.promises, page.sources):
            notes += _in_lines(listing) if listing else []
        if page.coverage:
            notes.append(page.coverage)
        self._finish(slide, notes)

    def _facts(self, page: RiskPage) -> list[Said]:
        risk = page.risk
        owner = " ".join((risk.owner.text or "").split()) or "not recorded"
        said = [("Owner", owner)]
        trends = [(trend.period, cell.words) for trend, cell in page.trends]
        if trends:
            said.append(("Trend", "; ".join(f"{period} {words}" for period, words in trends)))
        held = sum(item.recorded for item in risk.controls)
        said.append(("Controls", f"{held} listed" if held else "not recorded"))
        due = risk.review_date if risk.review_date.recorded else risk.due_date
        if due.recorded:
            label = "Next review" if risk.review_date.recorded else "Due"
            said.append((label, " ".join((due.text or "").split())))
        if risk.heard and risk.heard.against:
            said.append(("Judged otherwise than its indicators say", _short(risk.heard.against)))
        if risk.indicators:
            told = [f"{each.key} {each.name}: {word_of(each)}" for each in risk.indicators[:MOST_INDICATORS]]
            rest = len(risk.indicators) - MOST_INDICATORS
            told += [f"and {in_words(rest)} more"] if rest > 0 else []
            said.append(("Indicators", "\n".join(told)))
        if risk.promises:
            open_first = sorted(
                risk.promises, key=lambda each: (each.settled_on is not None, each.due is None)
            )
            named = {row[0].text: row for row in page.promises.rows} if page.promises else {}
            for promise in open_first[:MOST_PROMISES]:
                row = named.get(promise.title)
                words = f"{row[1].words}; due {row[2].words}; {row[5].words}" if row else ""
                said.append((promise.title, words))
        if page.coverage:
            said.append(("What its words rest on", page.coverage))
        return said

    def _band(self, slide: Any, band: Cell, beside: Any) -> None:
        """The band's word on its tint, read straight after the title."""
        width = max(34.0, 4.2 * len(band.text) + 10)
        shape = slide.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE, Mm(EDGE + HALF + 10), Mm(TOP), Mm(width), Mm(11)
        )
        shape.name = "Where it stands"
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(charts.SHADES[band.step])
        shape.line.color.rgb = RULE
        shape.shadow.inherit = False
        shape.text_frame.text = clean(band.text)
        run = shape.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold = Pt(15), True
        run.font.color.rgb = colour(charts.SHADE_TEXT[band.step])
        beside.left, beside.width = Mm(EDGE + HALF + 10), Mm(HALF)
        beside.top, beside.height = Mm(TOP + 15), Mm(FOOT - TOP - 19)
        title = slide.shapes.title._element
        title.addnext(shape._element)

    # --- Last -----------------------------------------------------------------------------------------------

    def _last(self) -> None:
        printed = self.printed
        slide = self._slide("How to check this paper", parts=2)
        left, right = _bodies(slide)
        _fill(left, [fact for fact in printed.facts if fact[0] != "Ledger head"])
        said: list[Said]
        if printed.ledger_head:
            said = [
                ("Ledger head", printed.head.removeprefix("watchkeep-head ") or printed.ledger_head),
                ("What it is", LEDGER),
                (
                    "How to check",
                    "This file carries the head in its properties. With the history as exported, the "
                    "stand-alone verifier says whether anything before this paper was altered, and where.",
                ),
            ]
        else:
            said = [
                ("Not an edition", "No history stands behind these slides: they were made from a file alone.")
            ]
        _fill(right, said)
        self._finish(
            slide, [f"{label}: {text}" if label else text for label, text in (*printed.facts, *said)]
        )

    def _finish(self, slide: Any, notes: Sequence[str]) -> None:
        foot(slide, self.printed)
        slide.notes_slide.notes_text_frame.text = "\n".join(spoken(each) for each in notes if each)


def title_of(page: RiskPage) -> str:
    """What the slide finds: the risk, where it stands, and which way it moved."""
    found = []
    if page.standing:
        found.append(page.standing.text if page.standing.kind == "band" else f"score {page.standing.text}")
    if page.moved and page.moved.kind == "trend" and page.moved.moved not in ("", "not recorded"):
        found.append(f"{page.moved.moved} in {page.period}")
    name = " ".join(without_references(page.sheet.title).split())
    return f"{name}: {', '.join(found)}" if found else f"{name}: not rated"


def _bodies(slide: Any) -> tuple[Any, Any]:
    left, right = [each for each in slide.placeholders if each.placeholder_format.idx][:2]
    return left, right


def _fill(body: Any, said: Sequence[Said]) -> None:
    """Labels and what they say, as large as there is room for."""
    frame = body.text_frame
    frame.word_wrap = True
    size = _fitting(said, body.width.pt, body.height.pt)
    for place, (label, text) in enumerate(said):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.5)
        beside = len(text) <= BESIDE
        if label:
            run = paragraph.add_run()
            run.text = clean(label) + (": " if beside else "")
            run.font.bold, run.font.size, run.font.color.rgb = True, Pt(size), MASTHEAD
            if not beside:
                paragraph.add_line_break()
        for number, line in enumerate(text.splitlines()):
            if number:
                paragraph.add_line_break()
            run = paragraph.add_run()
            run.text = clean(" ".join(line.split()))
            run.font.size = Pt(size)
            run.font.color.rgb = QUIET if text == "not recorded" else INK
    for properties in frame._txBody.iter(qn("a:bodyPr")):
        properties.set("lIns", "0")


def _fitting(said: Sequence[Said], width: float, height: float) -> float:
    """The largest of a few sizes in points at which everything has room, by the width of common letters."""
    for size in SIZES:
        letters = (width - 15) / (size * 0.465)
        lines = 0.0
        for label, text in said:
            beside = len(text) <= BESIDE
            rows = [len(line) + 2 for line in text.splitlines()] or [0]
            rows[0] += len(label) * beside
            lines += sum(math.ceil(row / letters) for row in rows) + (bool(label) and not beside)
        if (lines * 1.2 + len(said) * 0.5) * size < height - 6:
            return size
    return SIZES[-1]


def _short(text: str) -> str:
    lines = (" ".join(line.split()) for line in without_references(text).splitlines())
    plain = "\n".join(line for line in lines if line)
    if len(plain) <= MOST_LETTERS:
        return plain
    kept = plain[:MOST_LETTERS]
    end = max(kept.rfind(". "), kept.rfind("; "), kept.rfind("\n"))
    return (kept[: end + 1] if end > MOST_LETTERS // 2 else kept.rsplit(" ", 1)[0]) + MORE


def _in_lines(listing: Listing) -> list[str]:
    """A table as lines of text, for the notes."""
    rows = [
        "; ".join(
            f"{head.lower()} {cell.words}" if place else cell.words
            for place, (head, cell) in enumerate(zip(listing.head, row, strict=True))
        )
        for row in listing.rows
    ]
    return [f"{listing.title}.", *rows]
