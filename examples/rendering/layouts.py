"""Eight invented registers of other bodies, each in a layout of its own; data: layouts/*/source.toml."""

from __future__ import annotations

import csv
import html
import io
import json
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.shared import Cm

from rendering.stable import MADE_ON, pdf_bytes, typst_text, word_bytes

Source = dict[str, Any]
ARROWS = {"up": "↑", "level": "→", "down": "↓", "n/a": "n/a"}


def render(folder: Path) -> dict[str, bytes]:
    """The files of one layout by name: the register and its truth."""
    source = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    return {source["file"]: RENDERERS[source["case"]](source), "truth.json": truth(source)}


def truth(source: Source) -> bytes:
    """What a reader should find, taken from the data and never from a reading."""
    risks = []
    for risk in source["risk"]:
        told = {key: value for key, value in risk.items() if key not in ("movement", "assurances", "gaps")}
        told["controls"] = [{"part": None, "text": text} for text in risk["controls"]]
        told.setdefault("actions", [])
        told.setdefault("trends", {})
        for key, value in told.items():
            if isinstance(value, int):
                told[key] = str(value)
            elif value == "":
                told[key] = None
        days = {key: _day(value) for key, value in told.items() if key.endswith("_date") and value}
        told["accept"] = {key: [day] for key, day in days.items()}
        risks.append(told)
    facts = {
        "case": source["case"],
        "title": f"{source['body']}: {source['title']}",
        "body": source["body"],
        "as_at": source["as_at"],
        "layout": source["layout"],
        "source_file": source["file"],
        "covered_fields": source["covered_fields"],
        "risk_count": len(risks),
        "risks": risks,
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _day(written: str) -> str:
    form = "%d/%m/%Y" if "/" in written else "%d %B %Y"
    return datetime.strptime(written, form).replace(tzinfo=UTC).date().isoformat()


def council_scores(source: Source) -> bytes:
    """A workbook: two title rows, headings of two levels, merged categories, and a guidance sheet."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties(
        {"title": source["title"], "author": source["body"], "created": MADE_ON.replace(tzinfo=None)}
    )
    sheet = book.add_worksheet("Strategic risks")
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#1f3b57", "font_color": "#ffffff", "text_wrap": True}
    )
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    shade = {
        name: book.add_format({"border": 1, "bg_color": fill, "valign": "top"})
        for name, fill in SHADES.items()
    }
    sheet.write(0, 0, f"{source['body']}: {source['title']}", title)
    sheet.write(1, 0, f"As at {source['as_at']}")
    plain = ["Category", "Ref", "Risk", "Cause", "Consequence"]
    for column, heading in enumerate(plain):
        sheet.merge_range(3, column, 4, column, heading, head)
    sheet.merge_range(3, 5, 3, 7, "Inherent risk", head)
    sheet.merge_range(3, 8, 4, 8, "Existing controls", head)
    sheet.merge_range(3, 9, 3, 11, "Residual risk", head)
    sheet.write(3, 12, "Target risk", head)
    sheet.merge_range(3, 13, 4, 13, "Further actions", head)
    sheet.merge_range(3, 14, 4, 14, "Risk owner", head)
    sheet.merge_range(3, 15, 4, 15, "Next review", head)
    for column, heading in (
        (5, "Likelihood"),
        (6, "Impact"),
        (7, "Score"),
        (9, "Likelihood"),
        (10, "Impact"),
        (11, "Score"),
        (12, "Score"),
    ):
        sheet.write(4, column, heading, head)
    for column, width in enumerate((12, 7, 26, 34, 34, 9, 9, 9, 40, 9, 9, 9, 9, 40, 20, 18)):
        sheet.set_column(column, column, width)
    row = 5
    for category, group in groupby(source["risk"], key=lambda each: each["category"]):
        risks = list(group)
        if len(risks) > 1:
            sheet.merge_range(row, 0, row + len(risks) - 1, 0, category, text)
        else:
            sheet.write(row, 0, category, text)
        for risk in risks:
            for column, key in (
                (1, "id"),
                (2, "name"),
                (3, "cause"),
                (4, "impact"),
                (14, "owner"),
                (15, "review_date"),
            ):
                sheet.write(row, column, risk[key], text)
            for first, stage in ((5, "inherent"), (9, "residual")):
                sheet.write(row, first, risk[f"{stage}_likelihood"], text)
                sheet.write(row, first + 1, risk[f"{stage}_impact_level"], text)
                sheet.write(row, first + 2, risk[f"{stage}_score"], shade[_shade(risk[f"{stage}_score"])])
            sheet.write(row, 8, "\n".join(f"• {each}" for each in risk["controls"]), text)
            sheet.write(row, 12, risk["target_score"], shade[_shade(risk["target_score"])])
            sheet.write(row, 13, "\n".join(f"• {each}" for each in risk["actions"]), text)
            row += 1
    guidance = book.add_worksheet("Scoring guide")
    for number, line in enumerate(GUIDANCE):
        guidance.write_row(number, 0, line)
    book.close()
    return written.getvalue()


SHADES = {"green": "#b7e1a1", "amber": "#ffd27f", "red": "#ff9c8f"}
GUIDANCE = (
    ("Level", "Likelihood", "Impact"),
    (1, "Rare", "Negligible"),
    (2, "Unlikely", "Minor"),
    (3, "Possible", "Moderate"),
    (4, "Likely", "Major"),
    (5, "Almost certain", "Severe"),
    ("Score = likelihood × impact",),
)


def _shade(score: int) -> str:
    return "red" if score >= 15 else "amber" if score >= 8 else "green"


def trust_forms(source: Source) -> bytes:
    """A Word file: a heading and a form of labels and values for each risk."""
    document = Document()
    document.add_heading(source["title"], 0)
    document.add_paragraph(f"{source['body']}. Position at {source['as_at']}.")
    for risk in source["risk"]:
        document.add_heading(f"{risk['id']}: {risk['objective']}", 2)
        form = document.add_table(rows=0, cols=4)
        form.style = "Table Grid"
        _pair_row(form, ("Risk reference", risk["id"]), ("Executive lead", risk["owner"]))
        _wide_row(form, "Strategic objective", [risk["objective"]])
        _wide_row(form, "Principal risk", [risk["name"]])
        _wide_row(form, "Cause", [risk["cause"]])
        _wide_row(form, "Consequence", [risk["impact"]])
        _pair_row(
            form,
            ("Inherent score", str(risk["inherent_score"])),
            ("Current score", str(risk["residual_score"])),
        )
        _pair_row(
            form, ("Target score", str(risk["target_score"])), ("Next review date", risk["review_date"])
        )
        _wide_row(form, "Key controls", risk["controls"], bullets=True)
        _wide_row(form, "Assurances", [risk["assurances"]])
        _wide_row(form, "Gaps in control", [risk["gaps"]])
        _wide_row(form, "Actions", risk["actions"], bullets=True)
        document.add_paragraph("")
    return word_bytes(document, source["title"], source["body"])


def _pair_row(form: Any, left: tuple[str, str], right: tuple[str, str]) -> None:
    cells = form.add_row().cells
    for cell, text in zip(cells, (*left, *right), strict=True):
        cell.text = text
        cell.width = Cm(4)


def _wide_row(form: Any, label: str, lines: list[str], *, bullets: bool = False) -> None:
    cells = form.add_row().cells
    cells[0].text = label
    value = cells[1].merge(cells[3])
    value.text = lines[0]
    for line in lines[1:]:
        value.add_paragraph(line)
    if bullets:
        for paragraph in value.paragraphs:
            paragraph.style = "List Bullet"


def housing_page(source: Source) -> bytes:
    """A web page: the theme spans its rows, controls are a list, movement and rating are words."""
    rows = []
    for theme, group in groupby(source["risk"], key=lambda each: each["category"]):
        for number, risk in enumerate(risks := list(group)):
            cells = (
                [f'<th scope="rowgroup" rowspan="{len(risks)}">{html.escape(theme)}</th>']
                if number == 0
                else []
            )
            cells += [f"<td>{html.escape(risk[key])}</td>" for key in ("id", "name", "description")]
            listed = "".join(f"<li>{html.escape(each)}</li>" for each in risk["controls"])
            cells.append(f"<td><ul>{listed}</ul></td>")
            cells += [f"<td>{html.escape(risk[key])}</td>" for key in ("owner", "movement", "rating")]
            rows.append(f"<tr>{''.join(cells)}</tr>")
    headings = (
        "Theme",
        "Ref",
        "Risk title",
        "Description",
        "Mitigating controls",
        "Risk owner",
        "Direction of travel",
        "Current rating",
    )
    title = html.escape(f"{source['body']}: {source['title']}")
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n"
        '<nav><a href="/">Home</a> <a href="/board">Board papers</a></nav>\n'
        f"<h1>{title}</h1>\n<p>As at {source['as_at']}</p>\n<table>\n<thead><tr>"
        + "".join(f'<th scope="col">{each}</th>' for each in headings)
        + "</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody>\n</table>\n<footer>Printed copies are out of date.</footer>\n</body></html>\n"
    ).encode()


def fire_service(source: Source) -> bytes:
    """A PDF whose table has no rulings: columns line up, headings repeat, controls are bulleted."""
    headings = ("Ref", "Risk", "Description", "Controls", "Owner", "Q2 trend", "Q3 trend", "Rating")
    cells = []
    for risk in source["risk"]:
        controls = "#list(" + ", ".join(f"[#{typst_text(each)}]" for each in risk["controls"]) + ")"
        marks = [f"#{typst_text(ARROWS[risk['trends'][quarter]])}" for quarter in ("Q2", "Q3")]
        told = [f"#{typst_text(risk[key])}" for key in ("id", "name", "description")]
        cells += [*told, controls, f"#{typst_text(risk['owner'])}", *marks, f"#{typst_text(risk['rating'])}"]
    return pdf_bytes(
        f"""#set document(title: {typst_text(source["title"])}, author: {typst_text(source["body"])})
#set page("a4", flipped: true, margin: 1.6cm, footer: context align(right)[Page #counter(page).display()])
#set text(font: "Libertinus Serif", size: 11pt, lang: "en", region: "GB", hyphenate: false)
#text(size: 15pt, weight: "bold")[#{typst_text(source["title"])}]

#{typst_text(source["body"])}. As at {source["as_at"]}.

#table(columns: (1.4cm, 3.6cm, 1fr, 1.2fr, 3cm, 1.5cm, 1.5cm, 2cm), stroke: none, inset: (x: 5pt, y: 12pt),
  table.header({", ".join(f"[*{each}*]" for each in headings)}),
  {", ".join(f"[{each}]" for each in cells)})
"""
    )


def university_list(source: Source) -> bytes:
    """A CSV file as a spreadsheet saves it: byte order mark, line breaks inside cells, dates day first."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(
        [
            "Risk ID",
            "Risk",
            "Risk description",
            "Risk owner",
            "Gross score",
            "Mitigations in place",
            "Net score",
            "Target score",
            "Further actions",
            "Action due",
            "Next review date",
            "Response",
            "Status",
            "Direction of travel",
        ]
    )
    for risk in source["risk"]:
        row = [risk[key] for key in ("id", "name", "description", "owner", "inherent_score")]
        row += [
            "\n".join(f"- {each}" for each in risk["controls"]),
            risk["residual_score"],
            risk["target_score"],
        ]
        row += ["\n".join(f"- {each}" for each in risk["actions"])]
        rows.writerow(
            row + [risk[key] for key in ("due_date", "review_date", "treatment", "status", "movement")]
        )
    return written.getvalue().encode("utf-8-sig")


def drainage_board(source: Source) -> bytes:
    """Markdown: a pipe table between paragraphs, controls separated by breaks, rating in bold."""
    lines = [
        f"# {source['body']}: {source['title']}",
        "",
        f"As at {source['as_at']}. Received by the Board.",
        "",
    ]
    headings = ("No.", "Risk", "Consequence", "Likelihood", "Impact", "Rating", "Controls", "Owner")
    lines += ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    for risk in source["risk"]:
        told = [risk[key] for key in ("id", "name", "impact", "likelihood", "impact_level")]
        told += [f"**{risk['rating']}**", "<br>".join(risk["controls"]), risk["owner"]]
        lines.append("| " + " | ".join(told) + " |")
    lines += ["", "The Board meets again in November.", ""]
    return "\n".join(lines).encode()


def harbour_notes(source: Source) -> bytes:
    """Plain text: labels and values, controls as dashes under their label, blocks split by a rule."""
    lines = [f"{source['body']}", source["title"], f"As at {source['as_at']}", ""]
    for risk in source["risk"]:
        lines += [
            "-" * 60,
            f"Ref: {risk['id']}",
            f"Risk: {risk['name']}",
            f"Description: {risk['description']}",
        ]
        lines += [f"Impact: {risk['impact']}", "Controls:"]
        lines += [f"  - {each}" for each in risk["controls"]]
        lines += [f"Owner: {risk['owner']}", f"Risk rating: {risk['rating']}", f"Trend: {risk['movement']}"]
        lines += [f"Next review: {risk['review_date']}", ""]
    return "\n".join(lines).encode()


def county_pages(source: Source) -> bytes:
    """A PDF with one risk on each page: a ruled form of labels and values, scores at its foot."""
    running = f"{source['body']} · {source['title']} · as at {source['as_at']}"
    pages = []
    for risk in source["risk"]:
        rows = [("Risk reference", risk["id"]), ("Risk title", risk["name"]), ("Risk owner", risk["owner"])]
        rows += [("Cause", risk["cause"]), ("Risk event", risk["event"]), ("Effect", risk["impact"])]
        cells = [f"[*{label}*], [#{typst_text(value)}]" for label, value in rows]
        for label, key in (("Controls in place", "controls"), ("Actions planned", "actions")):
            cells.append(f"[*{label}*], [#list({', '.join(f'[#{typst_text(each)}]' for each in risk[key])})]")
        for label, key in (
            ("Residual likelihood", "residual_likelihood"),
            ("Residual impact", "residual_impact_level"),
            ("Residual score", "residual_score"),
            ("Target score", "target_score"),
        ):
            cells.append(f"[*{label}*], [{risk[key]}]")
        pages.append(f"#table(columns: (4cm, 1fr), inset: 7pt, {', '.join(cells)})")
    return pdf_bytes(
        f"""#set document(title: {typst_text(source["title"])}, author: {typst_text(source["body"])})
#set page("a4", margin: 2cm, header: [#{typst_text(running)}],
  footer: context align(center)[#counter(page).display("1 of 1", both: true)])
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en", region: "GB", hyphenate: false)
{chr(10).join(pages[:1] + [f"#pagebreak(){chr(10)}{page}" for page in pages[1:]])}
"""
    )


RENDERERS: dict[str, Callable[[Source], bytes]] = {
    "council_scores": council_scores,
    "trust_forms": trust_forms,
    "housing_page": housing_page,
    "fire_service": fire_service,
    "university_list": university_list,
    "drainage_board": drainage_board,
    "harbour_notes": harbour_notes,
    "county_pages": county_pages,
}
