"""Small invented registers of many kinds of body, each in another layout, with what a reader should find
in them.

The truths are written from the data by hand; none was copied from a reading.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


@dataclass(frozen=True)
class Made:
    """A file and the fields that its risks should come out with."""

    name: str
    data: bytes
    risks: list[dict[str, Any]]


def workbook(draw: Callable[[Any], None]) -> bytes:
    """A workbook in memory."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    draw(book)
    book.close()
    return buffer.getvalue()


def word(draw: Callable[[Any], None]) -> bytes:
    """A Word file in memory."""
    document = docx.Document()
    draw(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def comma_file(rows: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A file of rows in memory."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode(encoding)


def grid(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    """A plain Word table; a new line in a text is a new paragraph."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            first, *rest = text.split("\n")
            cell.paragraphs[0].text = first
            for line in rest:
                cell.add_paragraph(line)
    return table


def council_workbook() -> Made:
    """Headings of two rows, three stages of scores, merged groups, real dates, a list sheet and a hidden
    old copy.
    """

    def draw(book: Any) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        month = book.add_format({"num_format": "mmm-yy"})
        sheet = book.add_worksheet("Register")
        sheet.write(0, 0, "Ashbourne Vale District Council")
        sheet.write(1, 0, "Strategic Risk Register as at 30 June 2024")
        for column, text in enumerate(("Ref", "Risk title", "Cause", "Consequence")):
            sheet.merge_range(3, column, 4, column, text)
        sheet.merge_range(3, 4, 3, 6, "Gross risk")
        sheet.merge_range(3, 7, 4, 7, "Existing controls")
        sheet.merge_range(3, 8, 3, 10, "Net risk")
        sheet.merge_range(3, 11, 4, 11, "Further actions")
        sheet.merge_range(3, 12, 4, 12, "Lead officer")
        sheet.merge_range(3, 13, 4, 13, "Target date")
        sheet.merge_range(3, 14, 4, 14, "Next review")
        for start in (4, 8):
            for offset, text in enumerate(("L", "I", "Score")):
                sheet.write(4, start + offset, text)
        sheet.write_row(
            5,
            0,
            [
                "SR1",
                "Budget gap",
                "Falling grant",
                "Services cut",
                5,
                4,
                20,
                "Monthly monitoring\nReserves policy",
                3,
                4,
                12,
            ],
        )
        sheet.write(5, 11, "Savings plan to cabinet")
        sheet.write(5, 12, "Head of Finance")
        sheet.write_datetime(5, 13, date(2024, 9, 30), day)
        sheet.write_datetime(5, 14, date(2024, 10, 1), month)
        sheet.write_row(
            6, 0, ["SR2", "Cyber attack", "Old servers", "Loss of data", 4, 5, 20, "Patching", 2, 5, 10]
        )
        sheet.write(6, 11, "1. Replace servers\n2. Test the restore")
        sheet.write(6, 12, "Head of Digital")
        sheet.write(6, 13, "Ongoing")
        sheet.write_datetime(6, 14, date(2024, 9, 1), day)
        lists = book.add_worksheet("Lists")
        lists.write_column(0, 0, ["Likelihood", "Rare", "Likely"])
        old = book.add_worksheet("Old")
        old.write_row(0, 0, ["Ref", "Risk title", "Lead officer"])
        old.write_row(1, 0, ["SR1", "Last year's text", "Nobody"])
        old.hide()

    return Made(
        "council.xlsx",
        workbook(draw),
        [
            {
                "id": "SR1",
                "name": "Budget gap",
                "cause": "Falling grant",
                "impact": "Services cut",
                "inherent_likelihood": "5",
                "inherent_impact_level": "4",
                "inherent_score": "20",
                "controls": ["Monthly monitoring", "Reserves policy"],
                "residual_likelihood": "3",
                "residual_impact_level": "4",
                "residual_score": "12",
                "actions": ["Savings plan to cabinet"],
                "owner": "Head of Finance",
                "due_date": "2024-09-30",
                "review_date": "October 2024",
            },
            {
                "id": "SR2",
                "name": "Cyber attack",
                "cause": "Old servers",
                "impact": "Loss of data",
                "inherent_score": "20",
                "controls": ["Patching"],
                "residual_likelihood": "2",
                "residual_score": "10",
                "actions": ["Replace servers", "Test the restore"],
                "owner": "Head of Digital",
                "due_date": "Ongoing",
                "review_date": "2024-09-01",
            },
        ],
    )


def trust_forms() -> Made:
    """One Word table a risk: two pairs a row, long texts on rows of their own, a group over its scores."""

    def draw(document: Any) -> None:
        for each in (
            (
                "BAF1",
                "Staffing",
                "Medical Director",
                "Open",
                "There is a risk that wards are short of nurses.",
                "4",
                "5",
                "20",
            ),
            (
                "BAF2",
                "Estate",
                "Director of Estates",
                "Open",
                "There is a risk that the boiler fails.",
                "3",
                "3",
                "9",
            ),
        ):
            reference, name, owner, status, text, likelihood, impact, score = each
            rows = [
                ["Risk ref:", reference, "Risk title:", name],
                ["Executive lead:", owner, "Status:", status],
                ["Risk description", text, "", ""],
                ["Controls in place", f"Weekly review of {name.lower()}\nEscalation to the board", "", ""],
                ["Current risk", "", "", ""],
                ["Likelihood", likelihood, "Impact", impact],
                ["Score", score, "Trend", "Increasing"],
            ]
            grid(document, rows)
            document.add_paragraph("")

    return Made(
        "trust.docx",
        word(draw),
        [
            {
                "id": "BAF1",
                "name": "Staffing",
                "owner": "Medical Director",
                "status": "Open",
                "description": "There is a risk that wards are short of nurses.",
                "controls": ["Weekly review of staffing", "Escalation to the board"],
                "residual_likelihood": "4",
                "residual_impact_level": "5",
                "residual_score": "20",
                "trends": {"current": "up"},
            },
            {
                "id": "BAF2",
                "name": "Estate",
                "owner": "Director of Estates",
                "status": "Open",
                "description": "There is a risk that the boiler fails.",
                "controls": ["Weekly review of estate", "Escalation to the board"],
                "residual_likelihood": "3",
                "residual_impact_level": "3",
                "residual_score": "9",
                "trends": {"current": "up"},
            },
        ],
    )


def university_semicolons() -> Made:
    """Semicolons, a Windows encoding, cells that look like formulas, words for likelihood and impact."""
    rows = [
        [
            "Risk No",
            "Risk",
            "Gross Likelihood",
            "Gross Impact",
            "Mitigations",
            "Net Likelihood",
            "Net Impact",
            "Risk Owner",
        ],
        [
            "1",
            "Student numbers fall",
            "Likely",
            "Major",
            "=SUM(A1) is not a formula here",
            "Possible",
            "Major",
            "Registrar",
        ],
        [
            "2",
            "Research café closes – again",
            "Rare",
            "Minor",
            "- Lease agreed; rent fixed\n- Second supplier",
            "Rare",
            "Minor",
            "Estates",
        ],
    ]
    return Made(
        "university.csv",
        comma_file(rows, delimiter=";", encoding="cp1252"),
        [
            {
                "id": "1",
                "name": "Student numbers fall",
                "inherent_likelihood": "Likely",
                "inherent_impact_level": "Major",
                "controls": ["=SUM(A1) is not a formula here"],
                "residual_likelihood": "Possible",
                "owner": "Registrar",
            },
            {
                "id": "2",
                "name": "Research café closes – again",
                "inherent_likelihood": "Rare",
                "controls": ["Lease agreed; rent fixed", "Second supplier"],
                "residual_impact_level": "Minor",
            },
        ],
    )


def housing_page() -> Made:
    """A web page: cells over several rows, lists, hidden text, colour without a word."""
    page = """<html><head><title>Oakfield Homes</title><style>td{}</style></head><body><h1>Oakfield Homes –
    Risk Register –
    Quarter 2 2024/25</h1><table><tr><th rowspan=2>ID</th><th rowspan=2>Risk description</th>
    <th rowspan=2>Theme</th>
    <th colspan=2>Residual</th><th rowspan=2>RAG</th><th rowspan=2>Key controls</th></tr><tr>
    <th>Probability</th><th>Severity</th></tr>
    <tr><td>H1</td><td>Damp and mould<br>in older homes</td><td rowspan=2>Homes</td><td>4</td><td>4</td>
    <td style="background: #ff0000"></td><td><ul><li>Survey of <b>all</b> homes</li>
    <li>Hotline <span hidden>secret</span></li></ul></td></tr>
    <tr><td>H2</td><td>Fire doors</td><td>2</td><td>5</td><td bgcolor="yellow">Amber</td><td>
    <p>Annual check</p></td></tr>
    </table><footer>Printed yesterday</footer></body></html>"""
    return Made(
        "housing.html",
        page.encode(),
        [
            {
                "id": "H1",
                "description": "Damp and mould in older homes",
                "category": "Homes",
                "residual_likelihood": "4",
                "residual_impact_level": "4",
                "rating": None,
                "fill": "#ff0000",
                "controls": ["Survey of all homes", "Hotline"],
            },
            {
                "id": "H2",
                "description": "Fire doors",
                "category": "Homes",
                "rating": "Amber",
                "controls": ["Annual check"],
            },
        ],
    )


def charity_sections() -> Made:
    """Section rows, reference and name in one cell, a number and a word in one rating."""

    def draw(document: Any) -> None:
        document.add_heading("Lantern Trust risk register")
        table = grid(
            document,
            [
                ["Risk", "Impact", "Mitigation", "Rating", "Responsible"],
                ["Governance", "", "", "", ""],
                ["R1 Trustee vacancies", "The board cannot meet", "Skills audit", "12 (High)", "Chair"],
                ["R2 Conflicts of interest", "Loss of trust", "Register of interests", "4 (Low)", "Chair"],
                ["Money", "", "", "", ""],
                ["R3 Grant ends", "Two posts are lost", "Reserves of six months", "9 (Medium)", "Treasurer"],
            ],
        )
        for row in (1, 4):
            table.cell(row, 0).merge(table.cell(row, 4))

    return Made(
        "charity.docx",
        word(draw),
        [
            {
                "id": "R1",
                "name": "Trustee vacancies",
                "category": "Governance",
                "impact": "The board cannot meet",
                "score": "12",
                "rating": "High",
                "owner": "Chair",
            },
            {
                "id": "R2",
                "name": "Conflicts of interest",
                "category": "Governance",
                "score": "4",
                "rating": "Low",
            },
            {
                "id": "R3",
                "name": "Grant ends",
                "category": "Money",
                "score": "9",
                "rating": "Medium",
                "controls": ["Reserves of six months"],
            },
        ],
    )


def risks_across() -> Made:
    """The risks stand side by side, the labels down the left."""

    def draw(book: Any) -> None:
        sheet = book.add_worksheet("Programme")
        for row, texts in enumerate(
            (
                ["Risk ID", "P-1", "P-2", "P-3"],
                ["Risk name", "Supplier fails", "Late approval", "Scope grows"],
                [
                    "Description",
                    "The supplier may stop trading.",
                    "The board may approve late.",
                    "More may be asked for.",
                ],
                ["Probability", "High", "Medium", "Low"],
                ["Impact", "High", "High", "Medium"],
                ["Owner", "Procurement", "Sponsor", "Programme manager"],
                ["Contingency plan", "Second supplier", "Delay the start", "Change board"],
            )
        ):
            sheet.write_row(row, 0, texts)

    return Made(
        "across.xlsx",
        workbook(draw),
        [
            {
                "id": "P-1",
                "name": "Supplier fails",
                "description": "The supplier may stop trading.",
                "likelihood": "High",
                "impact_level": "High",
                "owner": "Procurement",
                "contingency": "Second supplier",
            },
            {
                "id": "P-2",
                "name": "Late approval",
                "likelihood": "Medium",
                "impact_level": "High",
                "owner": "Sponsor",
            },
            {
                "id": "P-3",
                "name": "Scope grows",
                "likelihood": "Low",
                "impact_level": "Medium",
                "contingency": "Change board",
            },
        ],
    )


def continued_tables() -> Made:
    """A table that goes on in a second without headings, a row broken between them, a third with the
    headings again.
    """

    def draw(document: Any) -> None:
        header = ["Ref", "Risk name", "Description", "Key controls", "Direction of travel", "Residual rating"]
        grid(
            document,
            [
                header,
                [
                    "F-1",
                    "Flooding",
                    "The river may rise",
                    "- Barrier at the gate\n- Pumps ready",
                    "↑",
                    "High",
                ],
                ["F-2", "Drought", "Wells may fall and supply", "- Bore holes", "→", "Medium"],
            ],
        )
        document.add_paragraph("Page 2")
        grid(
            document,
            [
                ["", "", "may have to be cut", "- Agreement with\nneighbours", "", ""],
                ["F-3", "Storm", "Trees may fall", "- Patrols", "↓", "Low"],
            ],
        )
        document.add_paragraph("")
        grid(document, [header, ["F-4", "Frost", "Pipes may burst", "- Lagging", "n/a", "Low"]])

    return Made(
        "continued.docx",
        word(draw),
        [
            {
                "id": "F-1",
                "controls": ["Barrier at the gate", "Pumps ready"],
                "trends": {"current": "up"},
                "residual_rating": "High",
            },
            {
                "id": "F-2",
                "description": "Wells may fall and supply may have to be cut",
                "controls": ["Bore holes", "Agreement with neighbours"],
                "trends": {"current": "level"},
            },
            {
                "id": "F-3",
                "description": "Trees may fall",
                "trends": {"current": "down"},
                "residual_rating": "Low",
            },
            {"id": "F-4", "trends": {"current": "n/a"}, "residual_rating": "Low"},
        ],
    )


def several_actions() -> Made:
    """A risk merged over the rows of its actions; two sets of scores that do not say their stage."""

    def draw(book: Any) -> None:
        sheet = book.add_worksheet("Risks")
        sheet.write_row(
            0,
            0,
            [
                "Risk No.",
                "Description",
                "Likelihood",
                "Impact",
                "Score",
                "Mitigating actions",
                "Action owner",
                "Likelihood",
                "Impact",
                "Score",
            ],
        )
        for row, reference, text in (
            (1, "7", "Calls are not answered"),
            (4, "8", "Vehicles are off the road"),
        ):
            sheet.merge_range(row, 0, row + 2, 0, reference)
            sheet.merge_range(row, 1, row + 2, 1, text)
            for column, value in ((2, 5), (3, 4), (4, 20), (7, 3), (8, 4), (9, 12)):
                sheet.merge_range(row, column, row + 2, column, value)
            for offset, action in enumerate(("Recruit", "Train", "Review the rota")):
                sheet.write(row + offset, 5, action)
                sheet.write(row + offset, 6, f"Post {row + offset}")

    both = {
        "controls": ["Recruit", "Train", "Review the rota"],
        "inherent_likelihood": "5",
        "inherent_impact_level": "4",
        "inherent_score": "20",
        "residual_likelihood": "3",
        "residual_impact_level": "4",
        "residual_score": "12",
    }
    return Made(
        "actions.xlsx",
        workbook(draw),
        [
            {"id": "7", "description": "Calls are not answered", **both},
            {"id": "8", "description": "Vehicles are off the road", **both},
        ],
    )


def summary_and_details() -> Made:
    """A sheet that sums up, and a sheet with the details of the same risks."""

    def draw(book: Any) -> None:
        first = book.add_worksheet("Summary")
        first.write_row(0, 0, ["Ref", "Risk", "Current score", "Movement"])
        first.write_row(1, 0, ["FR1", "Crewing", 16, "Worsening"])
        first.write_row(2, 0, ["FR2", "Water supply", 6, "No change"])
        first.write_row(4, 0, ["Total", 2])
        second = book.add_worksheet("Details")
        second.write_row(0, 0, ["Ref", "Risk", "Description", "Controls", "Owner", "Review date"])
        second.write_row(
            1,
            0,
            [
                "FR1",
                "Crewing",
                "On-call crews cannot be filled",
                "Recruitment days",
                "Area manager",
                "31 March 2025",
            ],
        )
        second.write_row(
            2, 0, ["FR2", "Water supply", "Hydrants fail", "Yearly test", "Group manager", "Mar-25"]
        )

    return Made(
        "fire.xlsx",
        workbook(draw),
        [
            {
                "id": "FR1",
                "name": "Crewing",
                "description": "On-call crews cannot be filled",
                "residual_score": "16",
                "trends": {"current": "up"},
                "owner": "Area manager",
                "review_date": "31 March 2025",
            },
            {
                "id": "FR2",
                "name": "Water supply",
                "description": "Hydrants fail",
                "residual_score": "6",
                "trends": {"current": "level"},
                "review_date": "Mar-25",
            },
        ],
    )


def definition_lists() -> Made:
    """A web page with a list of terms for each risk."""
    page = "<html><body><h1>Risk log</h1>" + "".join(
        f"<h2>Entry</h2><dl><dt>Risk "
        f"ID</dt><dd>{reference}</dd><dt>Title</dt><dd>{name}</dd><dt>Likelihood</dt><dd>{likelihood}</dd>"
        f"<dt>Impact</dt><dd>{impact}</dd><dt>Response</dt><dd>{response}</dd><dt>Actions "
        f"required</dt><dd><ol><li>Plan</li><li>Do</li></ol></dd></dl>"
        for reference, name, likelihood, impact, response in (
            ("A1", "Ice on the slip", "2", "4", "Treat"),
            ("A2", "Crane fails", "1", "5", "Tolerate"),
        )
    )
    return Made(
        "harbour.html",
        page.encode(),
        [
            {
                "id": "A1",
                "name": "Ice on the slip",
                "likelihood": "2",
                "impact_level": "4",
                "treatment": "Treat",
                "actions": ["Plan", "Do"],
            },
            {
                "id": "A2",
                "name": "Crane fails",
                "likelihood": "1",
                "impact_level": "5",
                "treatment": "Tolerate",
            },
        ],
    )


def tabs_without_references() -> Made:
    """Tabs, UTF-16, no references, impact in words beside a severity."""
    rows = [
        [
            "Risk title",
            "Potential impact",
            "Likelihood",
            "Severity",
            "Risk level",
            "Mitigation strategy",
            "Status",
        ],
        ["Data loss", "Records cannot be found", "Medium", "High", "High", "Back up nightly", "Open"],
        ["Power cut", "The site closes", "Low", "Medium", "Low", "Generator", "Closed"],
    ]
    return Made(
        "tabs.tsv",
        comma_file(rows, delimiter="\t", encoding="utf-16"),
        [
            {
                "name": "Data loss",
                "impact": "Records cannot be found",
                "likelihood": "Medium",
                "impact_level": "High",
                "rating": "High",
                "controls": ["Back up nightly"],
                "status": "Open",
            },
            {
                "name": "Power cut",
                "impact": "The site closes",
                "likelihood": "Low",
                "impact_level": "Medium",
                "rating": "Low",
                "status": "Closed",
            },
        ],
    )


def labelled_cells() -> Made:
    """Cause, event and effect inside one cell; numbers that Word makes; text deleted under tracked
    changes.
    """

    def draw(document: Any) -> None:
        table = grid(
            document,
            [
                ["No.", "Risk description", "Inherent score", "Controls", "Residual score", "Risk owner"],
                [
                    "",
                    "Cause: Pay is low\nRisk: Drivers leave\nEffect: Routes stop",
                    "4 x 4 = 16",
                    "Pay review",
                    "3 x 3 = 9",
                    "Fleet",
                ],
                [
                    "",
                    "Cause: Depots are old\nRisk: Roof fails\nEffect: Buses stay out",
                    "4 x 5 = 20",
                    "Inspection",
                    "2 x 5 = 10",
                    "Estates",
                ],
            ],
        )
        for row in (1, 2):
            _numbered(table.cell(row, 0).paragraphs[0])
        _deleted(table.cell(1, 3).paragraphs[0], "Old wording")

    return Made(
        "labelled.docx",
        word(draw),
        [
            {
                "id": "1",
                "cause": "Pay is low",
                "description": "Drivers leave",
                "impact": "Routes stop",
                "inherent_score": "16",
                "inherent_likelihood": "4",
                "inherent_impact_level": "4",
                "controls": ["Pay review"],
                "residual_score": "9",
                "owner": "Fleet",
            },
            {
                "id": "2",
                "cause": "Depots are old",
                "description": "Roof fails",
                "impact": "Buses stay out",
                "inherent_score": "20",
                "residual_score": "10",
            },
        ],
    )


def _numbered(paragraph: Any) -> None:
    """Word's own numbering, as its "List Number" style has it."""
    style = paragraph.part.document.styles["List Number"].element
    number = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    properties = paragraph._p.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", "0"), ("w:numId", number)):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        numbering.append(element)
    properties.append(numbering)


def _deleted(paragraph: Any, text: str) -> None:
    deletion, run, words = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    words.text = text
    run.append(words)
    deletion.append(run)
    paragraph._p.append(deletion)


def titled_file_with_key() -> Made:
    """Title rows, a key for the arrows where rising is good, trends of three periods, rows of any length."""
    rows = [
        ["Fenmarch Police"],
        ["Corporate risk register, Quarter 3 2023/24"],
        ["Key: ▲ improving   ▼ worsening   ► static"],
        [],
        ["Risk Ref", "Risk", "Description", "Q1 trend", "Q2 trend", "Q3 trend", "Risk rating"],
        ["OR1", "Custody", "Cells are full", "▲", "►", "▼", "High/Medium"],
        ["OR2", "Fleet", "i) Cars age. ii) Parts are late; iii) Garages are full.", "", "n/a", "▲", "Low"],
        [],
        ["Prepared by the risk team"],
    ]
    return Made(
        "police.csv",
        comma_file(rows, encoding="utf-8-sig"),
        [
            {
                "id": "OR1",
                "name": "Custody",
                "trends": {"Q1": "up", "Q2": "level", "Q3": "down"},
                "rating": "High/Medium",
            },
            {
                "id": "OR2",
                "trends": {"Q1": None, "Q2": "n/a", "Q3": "up"},
                "rating": "Low",
                "description_parts": [
                    ("i", "Cars age."),
                    ("ii", "Parts are late;"),
                    ("iii", "Garages are full."),
                ],
            },
        ],
    )


def labelled_paragraphs() -> Made:
    """No table at all: a heading and lines of label and text for each risk."""

    def draw(document: Any) -> None:
        document.add_heading("Valley College risk register 2023/24")
        for number, name, owner in (("1", "Enrolment", "Principal"), ("2", "Safeguarding", "Vice Principal")):
            document.add_heading(f"Risk {number}: {name}", level=2)
            document.add_paragraph(f"Owner: {owner}")
            document.add_paragraph("Controls:")
            document.add_paragraph("Termly review", style="List Bullet")
            document.add_paragraph("Governor visit", style="List Bullet")
            document.add_paragraph("Residual risk rating: Medium")

    return Made(
        "college.docx",
        word(draw),
        [
            {
                "id": "Risk 1",
                "name": "Enrolment",
                "owner": "Principal",
                "controls": ["Termly review", "Governor visit"],
                "residual_rating": "Medium",
            },
            {"id": "Risk 2", "name": "Safeguarding", "owner": "Vice Principal", "residual_rating": "Medium"},
        ],
    )


def scores_elsewhere() -> Made:
    """Scores on a sheet of their own, by reference only; two lists of measures, one in place and one
    planned.
    """

    def draw(book: Any) -> None:
        sheet = book.add_worksheet("Risks")
        sheet.write_row(
            0,
            0,
            [
                "Risk ID",
                "Risk Description",
                "Current Controls",
                "Mitigation Plan",
                "Owner",
                "Date Identified",
                "Notes",
            ],
        )
        sheet.write_row(
            1,
            0,
            [
                "K1",
                "Ferry breaks down",
                "Service contract",
                "Buy spare engine",
                "Harbour master",
                "04/05/2023",
                "See K9",
            ],
        )
        sheet.write_row(2, 0, ["K2", "Pier closes", "Diver survey", "Rebuild", "Engineer", "12.11.22", ""])
        scores = book.add_worksheet("Scores")
        scores.write_row(0, 0, ["Risk ID", "Inherent L", "Inherent I", "Residual L", "Residual I", "RAG"])
        scores.write_row(1, 0, ["K1", 4, 4, 3, 3, "Amber"])
        scores.write_row(2, 0, ["K2", 3, 5, 2, 5, "Red"])

    return Made(
        "ferry.xlsx",
        workbook(draw),
        [
            {
                "id": "K1",
                "description": "Ferry breaks down",
                "controls": ["Service contract"],
                "actions": ["Buy spare engine"],
                "owner": "Harbour master",
                "date_raised": "04/05/2023",
                "inherent_likelihood": "4",
                "residual_impact_level": "3",
                "rating": "Amber",
            },
            {
                "id": "K2",
                "actions": ["Rebuild"],
                "date_raised": "12.11.22",
                "inherent_impact_level": "5",
                "rating": "Red",
            },
        ],
    )


def risk_log_page() -> Made:
    """A page with two tables under the same headings, decorated ratings, a matrix and a table about
    something else.
    """
    headings = ("#", "Risk", "Probability", "Impact", "Score", "Mitigation", "Contingency")
    header = "<tr>" + "".join(f"<th>{heading}</th>" for heading in headings) + "</tr>"
    page = f"""<html><body><h1>Project risk register</h1><h2>Top risks</h2><table>{header}
    <tr><td>1</td><td>Licence is refused</td><td>High</td><td>High</td><td>🔴 9</td><td>Early talks</td>
    <td>Appeal</td></tr></table>
    <h2>Other risks</h2><table>{header}
    <tr><td>2</td><td>Rain stops work</td><td>Low</td><td>Medium</td><td>🟢 2</td><td>Tents</td>
    <td>Extra week</td></tr></table>
    <h2>Scoring</h2><table><tr><th></th><th>Low</th><th>High</th></tr><tr><th>High</th><td>3</td>
    <td>9</td></tr></table>
    <h2>Versions</h2><table><tr><th>Version</th><th>Date</th><th>Author</th></tr><tr><td>1</td>
    <td>May</td><td>PMO</td></tr></table></body></html>"""
    return Made(
        "log.html",
        page.encode(),
        [
            {
                "id": "1",
                "name": "Licence is refused",
                "likelihood": "High",
                "impact_level": "High",
                "score": "9",
                "controls": ["Early talks"],
                "contingency": "Appeal",
            },
            {
                "id": "2",
                "name": "Rain stops work",
                "likelihood": "Low",
                "impact_level": "Medium",
                "score": "2",
                "contingency": "Extra week",
            },
        ],
    )


ALL: tuple[Callable[[], Made], ...] = (
    council_workbook,
    trust_forms,
    university_semicolons,
    housing_page,
    charity_sections,
    risks_across,
    continued_tables,
    several_actions,
    summary_and_details,
    definition_lists,
    tabs_without_references,
    labelled_cells,
    titled_file_with_key,
    labelled_paragraphs,
    scores_elsewhere,
    risk_log_page,
)
