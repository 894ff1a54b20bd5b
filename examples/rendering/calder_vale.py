"""Calder Vale Police's register at each quarter: the data, their truth, and the papers made of them."""

from __future__ import annotations

import csv
import html
import io
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from rendering.stable import MADE_ON, pdf_bytes, typst_text, word_bytes

QUARTERS = ("Q2", "Q3", "Q4")
ARROWS = {"up": "↑", "level": "→", "down": "↓", "n/a": "n/a"}
WORDS = {"up": "Worsening", "level": "Steady", "down": "Improving", "n/a": "n/a"}
FILLS = {
    "Low": "#c6e2c1",
    "Medium": "#f4ecb0",
    "Medium-High": "#f8cf8d",
    "High": "#f0a08a",
    "Very High": "#d9778a",
}
LEGEND = (
    "Ratings from lowest to highest: Low, Medium, Medium-High, High, Very High. "
    "An arrow that points up means that the risk is getting worse."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell: a text under a part, or under none."""

    text: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One risk as it stood at one quarter."""

    reference: str
    name: str
    owner: str
    description: tuple[Line, ...]
    impact: tuple[Line, ...]
    controls: tuple[Line, ...]
    trends: dict[str, str]
    rating: str
    review: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The register of one quarter."""

    body: str
    title: str
    period: str
    as_at: str
    kind: str
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def heading(self) -> str:
        """What stands at the top."""
        return f"{self.body}: {self.title}, {self.period}"


def papers(folder: Path) -> Iterator[Paper]:
    """The three papers, oldest first."""
    register = tomllib.loads((folder / "register.toml").read_text(encoding="utf-8"))
    for quarter in QUARTERS:
        about = register["quarter"][quarter]
        entries = [
            _entry(risk, quarter, about["trends"])
            for risk in register["risk"]
            if _as_at(risk["name"], quarter)
        ]
        entries.sort(key=lambda entry: -register["bands"].index(entry.rating))
        yield Paper(
            body=register["body"],
            title=register["title"],
            period=about["period"],
            as_at=about["as_at"],
            kind=about["kind"],
            columns=tuple(about["columns"]),
            notes=tuple(about["notes"]),
            entries=tuple(entries),
        )


def render(folder: Path) -> dict[str, bytes]:
    """Every file by name: a paper and its truth each quarter, and the last as CSV and web page."""
    files = {}
    for paper in papers(folder):
        year, quarter = paper.period.split()
        stem = f"{year.replace('/', '-')}-{quarter.lower()}"
        files[f"{stem}.{paper.kind}"] = RENDERERS[paper.kind](paper)
        files[f"{stem}.truth.json"] = truth(paper, f"{stem}.{paper.kind}")
    files[f"{stem}.csv"] = as_csv(paper)
    files[f"{stem}.html"] = as_html(paper)
    return files


def _as_at(told: Any, quarter: str) -> str:
    """A text, or the entry of a table of quarters that holds at `quarter`."""
    if not isinstance(told, dict):
        return str(told)
    holding = [told[each] for each in QUARTERS[: QUARTERS.index(quarter) + 1] if each in told]
    return str(holding[-1]) if holding else ""


def _entry(risk: dict[str, Any], quarter: str, periods: list[str]) -> Entry:
    units = [risk, *risk.get("part", [])]
    return Entry(
        reference=risk["reference"],
        name=_as_at(risk["name"], quarter),
        owner=risk["owner"],
        description=_lines(units, "description", quarter),
        impact=_lines(units, "impact", quarter),
        controls=_lines(units, "controls", quarter),
        trends={period: risk["trend"][period] for period in periods},
        rating=_as_at(risk["rating"], quarter),
        review=_as_at(risk.get("review", ""), quarter),
    )


def _lines(units: list[dict[str, Any]], field: str, quarter: str) -> tuple[Line, ...]:
    lines = []
    for unit in units:
        told = unit.get(field, [])
        texts = told if isinstance(told, list) else [told]
        lines += [Line(_as_at(each, quarter), unit.get("marker")) for each in texts]
    return tuple(line for line in lines if line.text)


# --- The truth ------------------------------------------------------------------------------------------


def truth(paper: Paper, file: str) -> bytes:
    """What a reader should find in the paper, taken from the data and never from a reading."""
    fields = [
        "id",
        "name",
        "description",
        "description_parts",
        "impact",
        "impact_parts",
        "controls",
        "trends",
    ]
    fields += ["residual_rating"]
    if "Owner" in paper.columns:
        fields += ["owner", "review_date"]
    facts = {
        "case": f"calder-vale {paper.period}",
        "title": paper.heading,
        "body": paper.body,
        "period": paper.period,
        "as_at": paper.as_at,
        "columns": paper.columns,
        "notes": paper.notes,
        "source_file": file,
        "covered_fields": fields,
        "risk_count": len(paper.entries),
        "risks": [_truth_of(entry, owned="Owner" in paper.columns) for entry in paper.entries],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _truth_of(entry: Entry, *, owned: bool) -> dict[str, Any]:
    return {
        "id": entry.reference,
        "name": entry.name,
        "description": "\n".join(_marked(line) for line in entry.description),
        "description_parts": _parts(entry.description),
        "impact": "\n".join(_marked(line) for line in entry.impact),
        "impact_parts": _parts(entry.impact),
        "controls": [{"part": line.part, "text": line.text} for line in entry.controls],
        "trends": entry.trends,
        "residual_rating": entry.rating,
        "owner": entry.owner if owned else None,
        "review_date": _iso(entry.review) if owned else None,
        "accept": {"review_date": [entry.review]} if owned else {},
    }


def _parts(lines: tuple[Line, ...]) -> list[dict[str, str]]:
    return [{"part": line.part, "text": line.text} for line in lines if line.part]


def _marked(line: Line) -> str:
    return f"({line.part}) {line.text}" if line.part else line.text


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _iso(written: str) -> str:
    day, month, year = written.split()
    return f"{year}-{MONTHS.index(month) + 1:02d}-{int(day):02d}"


# --- The papers -----------------------------------------------------------------------------------------


def _cells(entry: Entry, paper: Paper, marks: dict[str, str]) -> Iterator[tuple[str, str | tuple[Line, ...]]]:
    """Heading and content of each column, in the paper's own order."""
    content: dict[str, str | tuple[Line, ...]] = {
        "Ref": entry.reference,
        "Risk": entry.name,
        "Owner": entry.owner,
        "Description": tuple(Line(_marked(line)) for line in entry.description),
        "Impact": tuple(Line(_marked(line)) for line in entry.impact),
        "Key controls and activity": entry.controls,
        "Residual rating": entry.rating,
        "Next review date": entry.review,
    }
    content |= {f"{period} trend": marks[direction] for period, direction in entry.trends.items()}
    for column in paper.columns:
        yield column, content[column]


def _by_part(lines: tuple[Line, ...]) -> Iterator[tuple[str | None, list[str]]]:
    for part, group in groupby(lines, key=lambda line: line.part):
        yield part, [line.text for line in group]


def _plain(column: str, content: str | tuple[Line, ...]) -> str:
    """A cell as text: paragraphs on their own lines, controls dashed, a part's marker above its controls."""
    if isinstance(content, str):
        return content
    if column != "Key controls and activity":
        return "\n".join(line.text for line in content)
    lines = []
    for part, texts in _by_part(content):
        lines += [f"({part})"] if part else []
        lines += [f"- {text}" for text in texts]
    return "\n".join(lines)


def as_word(paper: Paper) -> bytes:
    """The first paper: a landscape Word table with a header row that repeats, and no legend."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    document.styles["Normal"].font.size = Pt(8)
    document.add_heading(paper.heading, 1)
    document.add_paragraph(f"As at {paper.as_at}")
    table = document.add_table(rows=1, cols=len(paper.columns))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, paper.columns, strict=True):
        cell.text = heading
    _repeat_as_header(table.rows[0])
    for entry in paper.entries:
        row = table.add_row().cells
        for cell, (column, content) in zip(row, _cells(entry, paper, ARROWS), strict=True):
            _fill_word_cell(cell, column, content)
    for note in paper.notes:
        document.add_paragraph(note)
    return word_bytes(document, paper.heading, paper.body)


def _repeat_as_header(row: Any) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _fill_word_cell(cell: Any, column: str, content: str | tuple[Line, ...]) -> None:
    if isinstance(content, str):
        cell.text = content
        if column == "Residual rating":
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", FILLS[content].lstrip("#"))):
                shade.set(qn(f"w:{name}"), value)
            cell._tc.get_or_add_tcPr().append(shade)
        return
    paragraphs = [("Normal", line.text) for line in content]
    if column == "Key controls and activity":
        paragraphs = []
        for part, texts in _by_part(content):
            paragraphs += [("Normal", f"({part})")] if part else []
            paragraphs += [("List Bullet", text) for text in texts]
    for number, (style, text) in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)


def as_workbook(paper: Paper) -> bytes:
    """The second paper: a workbook, title, legend and a blank row above its headings, trends in words."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties(
        {"title": paper.heading, "author": paper.body, "created": MADE_ON.replace(tzinfo=None)}
    )
    sheet = book.add_worksheet("Register")
    look = {"text_wrap": True, "valign": "top", "border": 1, "font_size": 9}
    text = book.add_format(look)
    head = book.add_format({**look, "bold": True, "bg_color": "#22384f", "font_color": "#ffffff"})
    shades = {band: book.add_format({**look, "bg_color": fill}) for band, fill in FILLS.items()}
    sheet.write(0, 0, paper.heading, book.add_format({"bold": True, "font_size": 14}))
    sheet.write(1, 0, f"As at {paper.as_at}")
    sheet.write(2, 0, LEGEND.split(". ")[0] + ".")
    for column, heading in enumerate(paper.columns):
        sheet.write(4, column, heading, head)
        sheet.set_column(column, column, WIDTHS.get(heading, 11))
    for row, entry in enumerate(paper.entries, start=5):
        for column, (heading, content) in enumerate(_cells(entry, paper, WORDS)):
            style = shades[entry.rating] if heading == "Residual rating" else text
            sheet.write_string(row, column, _plain(heading, content), style)
    for offset, note in enumerate(paper.notes):
        sheet.write(5 + len(paper.entries) + 1 + offset, 0, note)
    sheet.freeze_panes(5, 2)
    sheet.set_landscape()
    sheet.repeat_rows(4)
    book.close()
    return written.getvalue()


WIDTHS = {"Ref": 8, "Risk": 24, "Owner": 22, "Description": 48, "Impact": 44, "Key controls and activity": 70}


def as_pdf(paper: Paper) -> bytes:
    """The third paper: a landscape PDF, headings repeated, coloured ratings, risks that run over the page."""
    cells = []
    for entry in paper.entries:
        for heading, content in _cells(entry, paper, ARROWS):
            inside = _typst_cell(heading, content)
            fill = f'fill: rgb("{FILLS[entry.rating]}"), ' if heading == "Residual rating" else ""
            cells.append(f"table.cell({fill})[{inside}]")
    headings = ", ".join(f"[*{each}*]" for each in paper.columns)
    notes = "\n\n".join(f"#{typst_text(note)}" for note in paper.notes)
    return pdf_bytes(
        f"""#set document(title: {typst_text(paper.heading)}, author: {typst_text(paper.body)})
#set page("a4", flipped: true, margin: (x: 1.1cm, y: 1.5cm),
  footer: context [#{typst_text(paper.heading)} #h(1fr) Page #counter(page).display("1 of 1", both: true)])
#set text(font: "Libertinus Serif", size: 8pt, lang: "en", region: "GB", hyphenate: false)
#set par(leading: 0.5em)
#heading[#{typst_text(paper.heading)}]

#{typst_text(f"As at {paper.as_at}. {LEGEND}")}

#table(columns: (1.25cm, 2.2cm, 2.4cm, 4.4cm, 3.9cm, 1fr, 1.1cm, 1.1cm, 1.1cm, 1.5cm, 1.6cm),
  inset: 4pt, stroke: 0.5pt + rgb("#555555"),
  table.header({headings}),
  {", ".join(cells)})

{notes}
"""
    )


def _typst_cell(column: str, content: str | tuple[Line, ...]) -> str:
    if isinstance(content, str):
        return f"#{typst_text(content)}"
    if column != "Key controls and activity":
        return "#parbreak()".join(f"#{typst_text(line.text)}" for line in content)
    blocks = []
    for part, texts in _by_part(content):
        listed = "#list(" + ", ".join(f"[#{typst_text(text)}]" for text in texts) + ")"
        blocks.append((f"#{typst_text(f'({part})')}#parbreak()" if part else "") + listed)
    return "#parbreak()".join(blocks)


def as_csv(paper: Paper) -> bytes:
    """The paper as CSV: headings first, line breaks inside cells."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(paper.columns)
    for entry in paper.entries:
        rows.writerow([_plain(*cell) for cell in _cells(entry, paper, ARROWS)])
    return written.getvalue().encode("utf-8-sig")


def as_html(paper: Paper) -> bytes:
    """The paper as a web page."""
    rows = []
    for entry in paper.entries:
        cells = "".join(
            f"<td>{_html_cell(heading, content)}</td>" for heading, content in _cells(entry, paper, ARROWS)
        )
        rows.append(f"<tr>{cells}</tr>")
    headings = "".join(f'<th scope="col">{html.escape(each)}</th>' for each in paper.columns)
    body = "\n".join(rows)
    notes = "".join(f"<p>{html.escape(note)}</p>\n" for note in paper.notes)
    title = html.escape(paper.heading)
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n"
        f"<h1>{title}</h1>\n<p>As at {paper.as_at}</p>\n<p>{LEGEND}</p>\n<table>\n"
        f"<thead><tr>{headings}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n{notes}</body>\n</html>\n"
    ).encode()


def _html_cell(column: str, content: str | tuple[Line, ...]) -> str:
    if isinstance(content, str):
        return html.escape(content)
    if column != "Key controls and activity":
        return "".join(f"<p>{html.escape(line.text)}</p>" for line in content)
    blocks = []
    for part, texts in _by_part(content):
        listed = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
        blocks.append((f"<p>({part})</p>" if part else "") + f"<ul>{listed}</ul>")
    return "".join(blocks)


RENDERERS: dict[str, Callable[[Paper], bytes]] = {"docx": as_word, "xlsx": as_workbook, "pdf": as_pdf}
