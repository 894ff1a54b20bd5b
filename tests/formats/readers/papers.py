"""Invented registers as PDFs in the layouts that public bodies use, set by typst from plain rows.

Each builder returns the bytes of a PDF; the rows it was set from are the truth that a test compares with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import typst

RISKS: tuple[dict[str, str], ...] = (
    {
        "ref": "HB-01",
        "title": "Flood wall at Hollow Quay",
        "description": "The flood wall was last inspected nine years ago and may not hold a surge tide, "
        "which would put the market hall and forty homes under water.",
        "cause": "No inspection budget since the harbour board was wound up.",
        "consequence": "Loss of homes, closure of the market and claims against the board.",
        "controls": "Weekly walk along the wall\nTide gauge alarm to the duty engineer",
        "actions": "Commission a structural survey",
        "owner": "Head of Estates",
        "likelihood": "3",
        "impact": "5",
        "score": "15",
        "rating": "Red",
        "fill": "#d9534f",
        "trend": "↑",
        "review": "30 June 2027",
    },
    {
        "ref": "HB-02",
        "title": "Ferry crew shortage",
        "description": "Too few certificated crew to run the winter timetable.",
        "cause": "Two masters retired and the training berth is not funded.",
        "consequence": "Cancelled crossings and a breach of the lifeline service order.",
        "controls": "Standby list shared with the pilot service\nOvertime agreement",
        "actions": "Fund one training berth",
        "owner": "Marine Manager",
        "likelihood": "4",
        "impact": "3",
        "score": "12",
        "rating": "Amber",
        "fill": "#f0ad4e",
        "trend": "→",
        "review": "31 March 2027",
    },
    {
        "ref": "HB-07",
        "title": "Berth booking system out of support",
        "description": "The berth booking system runs on software that is no longer patched.",
        "cause": "Replacement was put off twice.",
        "consequence": "Bookings lost for days and personal data exposed.",
        "controls": "System kept off the open network\nNightly copy held on another site",
        "actions": "Choose a replacement\nMove the records",
        "owner": "Head of Digital",
        "likelihood": "2",
        "impact": "4",
        "score": "8",
        "rating": "Amber",
        "fill": "#f0ad4e",
        "trend": "↓",
        "review": "30 September 2027",
    },
    {
        "ref": "HB-11",
        "title": "Dredging licence lapses",
        "description": "The licence to dredge the north channel ends in the spring and a new one needs a "
        "habitat study that has not begun.",
        "cause": "The study needs a full season of observations.",
        "consequence": "Deep vessels turned away.",
        "controls": "Monthly call with the licensing office",
        "actions": "Begin the habitat study",
        "owner": "Harbour Engineer",
        "likelihood": "2",
        "impact": "2",
        "score": "4",
        "rating": "Green",
        "fill": "#5cb85c",
        "trend": "→",
        "review": "30 June 2027",
    },
)

HEADINGS = {
    "ref": "Risk ID", "title": "Risk title", "description": "Description", "cause": "Cause",
    "consequence": "Consequence", "controls": "Existing controls", "actions": "Further actions",
    "owner": "Risk owner", "likelihood": "Likelihood", "impact": "Impact score", "score": "Risk score",
    "rating": "RAG", "trend": "Direction of travel", "review": "Review date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the pages are: size, turned or not, letter size."""

    paper: str = "a4"
    flipped: bool = True
    size: str = "8pt"
    footer: bool = True


def pdf(body: str, sheet: Sheet | None = None) -> bytes:
    """The PDF that typst sets from `body`."""
    sheet = sheet or Sheet()
    footer = '[Harbour Board risk register #h(1fr) Page #context counter(page).display("1 of 1", both: true)]'
    head = (
        f'#set page(paper: "{sheet.paper}", flipped: {str(sheet.flipped).lower()}, margin: 1.6cm, '
        f"footer: {footer if sheet.footer else 'none'})\n"
        f'#set text(font: ("Libertinus Serif", "New Computer Modern Math"), size: {sheet.size})\n'
        "#set par(justify: false)\n"
    )
    return typst.compile((head + body).encode(), ignore_system_fonts=True)


def text(value: str) -> str:
    """A typst content block that shows `value`, line by line."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return "[" + " \\ ".join(f'#"{line}"' for line in escaped.split("\n")) + "]"


def bulleted(value: str) -> str:
    """Each line of `value` behind a hyphen, as registers set their controls."""
    return "\n".join(f"- {line}" for line in value.split("\n"))


def table(
    keys: Sequence[str],
    widths: Sequence[str],
    risks: Sequence[dict[str, str]] = RISKS,
    *,
    stroke: str = "0.6pt",
    repeat: bool = True,
    align: str = "left + top",
    gutter: str = "0pt",
    inset: str = "4pt",
    extra: str = "",
) -> str:
    """A table of `risks` with a heading row."""
    heads = ", ".join(f"[*{HEADINGS[key]}*]" for key in keys)
    cells = []
    for risk in risks:
        for key in keys:
            value = bulleted(risk[key]) if key in ("controls", "actions") else risk[key]
            filled = f'table.cell(fill: rgb("{risk["fill"]}"), ' if key == "rating" else "table.cell("
            cells.append(f"{filled}{text(value)})")
    return (
        f"#table(columns: ({', '.join(widths)}), stroke: {stroke}, align: {align}, column-gutter: {gutter}, "
        f"inset: {inset}, {extra}\n"
        f"table.header(repeat: {str(repeat).lower()}, {heads}),\n" + ",\n".join(cells) + ")\n"
    )


PLAIN = (
    "ref",
    "title",
    "description",
    "controls",
    "owner",
    "likelihood",
    "impact",
    "score",
    "rating",
    "trend",
)
WIDTHS = ("1.4cm", "3cm", "1fr", "1fr", "2.4cm", "2cm", "1.6cm", "1.4cm", "1.6cm", "2cm")


def ruled() -> bytes:
    """A plain ruled table with scores, a RAG column and arrows."""
    return pdf("= Harbour Board Corporate Risk Register\nAs at 31 March 2027\n\n" + table(PLAIN, WIDTHS))


def without_rules() -> bytes:
    """The same, with nothing drawn: white between columns only."""
    return pdf(
        "= Harbour Board Corporate Risk Register\nAs at 31 March 2027\n\n"
        + table(PLAIN, WIDTHS, stroke="none", gutter="8pt")
    )


def rules_between_rows() -> bytes:
    """Level rules only, as in annual reports."""
    return pdf(
        "= Harbour Board Corporate Risk Register\n\n"
        + table(PLAIN, WIDTHS, stroke="(x, y) => (top: 0.5pt, bottom: 0.5pt)", gutter="0pt", inset="6pt")
    )


def open_sides() -> bytes:
    """Rules between rows and between columns, none at the left and right ends."""
    return pdf(
        "= Harbour Board Corporate Risk Register\n\n"
        + table(
            PLAIN,
            WIDTHS,
            stroke="(x, y) => (top: 0.5pt, bottom: 0.5pt, left: if x > 0 { 0.5pt } else { 0pt }, right: 0pt)",
        )
    )


def two_level_headings() -> bytes:
    """Likelihood, impact and score under Inherent and again under Residual, in merged heading cells."""
    first = (
        "table.cell(rowspan: 2)[*Ref*], table.cell(rowspan: 2)[*Risk description*], "
        "table.cell(colspan: 3, align: center)[*Inherent risk*], table.cell(rowspan: 2)[*Controls*], "
        "table.cell(colspan: 3, align: center)[*Residual risk*], table.cell(rowspan: 2)[*Risk owner*]"
    )
    second = ", ".join("[*L*], [*I*], [*Score*]" for _ in range(2))
    rows = []
    for risk in RISKS:
        worst = [risk["likelihood"], "5", str(int(risk["likelihood"]) * 5)]
        now = [risk["likelihood"], risk["impact"], risk["score"]]
        cells = [risk["ref"], risk["description"], *worst, bulleted(risk["controls"]), *now, risk["owner"]]
        rows.append(", ".join(text(cell) for cell in cells))
    return pdf(
        "= Harbour Board Risk Register\n\n"
        "#table(columns: (1.4cm, 1fr, 1cm, 1cm, 1.2cm, 1fr, 1cm, 1cm, 1.2cm, 3cm),\n"
        f"stroke: 0.5pt, table.header({first}, {second}),\n" + ",\n".join(rows) + ")\n"
    )


def grouped() -> bytes:
    """Risks under categories that are merged over their rows, in the first column."""
    rows = []
    for category, risks in (("People and money", RISKS[:2]), ("Harbour works", RISKS[2:])):
        rows.append(f"table.cell(rowspan: {len(risks)})[{category}]")
        for risk in risks:
            rows.append(  # noqa: PERF401  beside the append of the category, which is clearer
                ", ".join(
                    text(risk[key])
                    for key in ("ref", "title", "description", "consequence", "owner", "rating")
                )
            )
    return pdf(
        "= Harbour Board Risk Register\n\n"
        "#table(columns: (2.4cm, 1.6cm, 3cm, 1fr, 1fr, 3cm, 1.6cm), stroke: 0.5pt,\n"
        "table.header([*Category*], [*Ref*], [*Risk*], [*Description*], [*Consequence*], "
        "[*Owner*], [*RAG*]),\n" + ",\n".join(rows) + ")\n"
    )


def colour_only() -> bytes:
    """The rating is a painted cell without a word in it."""
    risks = [risk | {"rating": ""} for risk in RISKS]
    return pdf("= Harbour Board Risk Register\n\n" + table(PLAIN, WIDTHS, risks))


def many_pages(count: int = 60) -> tuple[bytes, list[dict[str, str]]]:
    """A long register, its headings on every page, its rows broken where a page ends."""
    risks = [RISKS[number % 4] | {"ref": f"HB-{number + 1:02}"} for number in range(count)]
    return pdf("= Harbour Board Corporate Risk Register\n\n" + table(PLAIN, WIDTHS, risks)), risks


def headings_once(count: int = 30) -> tuple[bytes, list[dict[str, str]]]:
    """A long register whose headings stand on the first page only."""
    risks = [RISKS[number % 4] | {"ref": f"HB-{number + 1:02}"} for number in range(count)]
    return pdf(
        "= Harbour Board Corporate Risk Register\n\n" + table(PLAIN, WIDTHS, risks, repeat=False)
    ), risks


def drawn_arrows() -> bytes:
    """The trend is a drawn triangle, not a letter."""
    shapes = {
        "↑": "polygon(fill: black, (0pt, 9pt), (5pt, 0pt), (10pt, 9pt))",
        "↓": "polygon(fill: black, (0pt, 0pt), (5pt, 9pt), (10pt, 0pt))",
        "→": "polygon(fill: black, (0pt, 3pt), (6pt, 3pt), (6pt, 0pt), (12pt, 5pt), "
        "(6pt, 10pt), (6pt, 7pt), (0pt, 7pt))",
    }
    rows = [
        f"{text(risk['ref'])}, {text(risk['title'])}, {text(risk['description'])}, {text(risk['rating'])}, "
        f"[#{shapes[risk['trend']]}]"
        for risk in RISKS
    ]
    return pdf(
        "= Harbour Board Risk Register\n\n#table(columns: (1.6cm, 4cm, 1fr, 2cm, 3cm), stroke: 0.5pt,\n"
        "table.header([*Ref*], [*Risk title*], [*Description*], [*Rating*], [*Trend*]),\n"
        + ",\n".join(rows)
        + ")\n"
    )


def turned_headings() -> bytes:
    """The headings of the narrow columns are set upright, read from the bottom."""
    heads = "[*Risk ID*], [*Description*], " + ", ".join(
        f"[#rotate(-90deg, reflow: true)[*{word}*]]" for word in ("Likelihood", "Impact score", "Risk score")
    )
    rows = [
        ", ".join(text(risk[key]) for key in ("ref", "description", "likelihood", "impact", "score"))
        for risk in RISKS
    ]
    return pdf(
        "= Harbour Board Risk Register\n\n#table(columns: (2cm, 1fr, 1cm, 1cm, 1cm), stroke: 0.5pt,\n"
        f"table.header({heads}),\n" + ",\n".join(rows) + ")\n"
    )


def with_other_tables() -> bytes:
    """A key and a heat map stand on the page before the register does."""
    heat = ", ".join(
        f'table.cell(fill: rgb("#f0ad4e"))[{row * column}]'
        for row in range(5, 0, -1)
        for column in range(1, 6)
    )
    return pdf(
        "= Harbour Board Corporate Risk Register\n\n"
        "#table(columns: 2, stroke: 0.5pt, [*Colour*], [*Meaning*], "
        "[Red], [Act now], [Amber], [Watch], [Green], [Accept])\n"
        f"#table(columns: (1cm,) * 5, stroke: 0.5pt, {heat})\n#pagebreak()\n" + table(PLAIN, WIDTHS)
    )


def _form(risk: dict[str, str], stroke: str) -> str:
    keys = ("ref", "title", "description", "cause", "consequence", "owner", "controls", "actions")
    rows = [
        f"[*{HEADINGS[key]}*], {text(bulleted(risk[key]) if key in ('controls', 'actions') else risk[key])}"
        for key in keys
    ]
    rows += [
        f"[*{HEADINGS[key]}*], {text(risk[key])}"
        for key in ("likelihood", "impact", "score", "rating", "trend", "review")
    ]
    return f"#table(columns: (4.5cm, 1fr), stroke: {stroke}, inset: 6pt, " + ", ".join(rows) + ")\n"


def forms(stroke: str = "0.5pt") -> bytes:
    """One risk a page, upright, each a form of labels and values."""
    pages = "#pagebreak()\n".join(_form(risk, stroke) for risk in RISKS)
    return pdf(pages, Sheet(flipped=False, size="10pt"))


def sideways() -> bytes:
    """A landscape table drawn sideways on upright pages."""
    return pdf(
        "#rotate(-90deg, reflow: true)[#box(width: 24cm)[" + table(PLAIN, WIDTHS) + "]]", Sheet(flipped=False)
    )


def banded() -> bytes:
    """Nothing drawn; every other row painted grey."""
    return _without_rules("fill: (x, y) => if calc.odd(y) { luma(235) },")


def painted_headings() -> bytes:
    """Nothing drawn; the headings stand on a painted bar."""
    return _without_rules('fill: (x, y) => if y == 0 { rgb("#c9d6ea") },')


def set_in_the_middle() -> bytes:
    """Nothing drawn; the text of each cell stands half-way down its row."""
    return pdf(
        "= Harbour Board Risk Register\n\n"
        + table(PLAIN, WIDTHS, stroke="none", align="left + horizon", gutter="8pt", inset="8pt")
    )


def _without_rules(extra: str) -> bytes:
    return pdf(
        "= Harbour Board Risk Register\n\n" + table(PLAIN, WIDTHS, stroke="none", inset="6pt", extra=extra)
    )


def without_rules_on_many_pages(repeat: bool) -> tuple[bytes, list[dict[str, str]]]:
    """Nothing drawn, three pages, headings on each or on the first alone; a row broken between pages."""
    risks = [RISKS[number % 4] | {"ref": f"HB-{number + 1:02}"} for number in range(24)]
    return pdf(
        "= Harbour Board Risk Register\n\n"
        + table(PLAIN, WIDTHS, risks, stroke="none", repeat=repeat, gutter="8pt")
    ), risks


def sections() -> bytes:
    """Bars across the table name the category of the rows below them."""
    keys = ("ref", "title", "description", "owner", "rating")
    rows = []
    for category, risks in (("People and money", RISKS[:2]), ("Harbour works", RISKS[2:])):
        rows.append(f"table.cell(colspan: 5, fill: luma(220))[*{category}*]")
        rows.extend(", ".join(text(risk[key]) for key in keys) for risk in risks)
    return pdf(
        "= Harbour Board Risk Register\n\n#table(columns: (1.6cm, 3cm, 1fr, 3cm, 2cm), stroke: 0.5pt,\n"
        "table.header([*Ref*], [*Risk title*], [*Description*], [*Owner*], [*Rating*]),\n"
        + ",\n".join(rows)
        + ")\n"
    )


def a_row_a_control() -> bytes:
    """Each control has a row of its own; the risk's other cells are merged over its rows."""
    rows = []
    for risk in RISKS:
        first, *others = risk["controls"].split("\n")
        merged = {key: f"table.cell(rowspan: {1 + len(others)}){text(risk[key])}" for key in risk}
        owner = text(risk["owner"])
        rows.append(
            f"{merged['ref']}, {merged['title']}, {merged['description']}, {text(first)}, {owner}, "
            f"{merged['rating']}"
        )
        rows.extend(f"{text(other)}, {owner}" for other in others)
    return pdf(
        "= Harbour Board Risk Register\n\n#table(columns: (1.6cm, 3cm, 1fr, 1fr, 3cm, 2cm), stroke: 0.5pt,\n"
        "table.header([*Ref*], [*Risk title*], [*Description*], [*Control*], [*Control owner*], "
        "[*Rating*]),\n" + ",\n".join(rows) + ")\n"
    )


def in_a_report(stroke: str = "(x, y) => (bottom: 0.5pt)") -> bytes:
    """A table without references in the middle of a report's prose, ruled below its rows or not at all."""
    before = (
        "The harbour board reviewed its principal risks during the year. The table sets out what it found "
    )
    after = "The board will look at the risks again in June, when the results of the survey are known and "
    return pdf(
        f"= Annual report\n\n{before}and what it will do about each of them in the coming year.\n\n"
        + table(
            ("title", "description", "actions", "trend"),
            ("3cm", "1fr", "1fr", "2cm"),
            stroke=stroke,
            inset="6pt",
        )
        + f"\n\n{after}the ferry timetable has been set.",
        Sheet(flipped=False, size="9pt"),
    )
