"""The readers of tables: odd files are refused in one sentence or read safely, and nothing gets lost."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx as word_library
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as made

from watchkeep.domain.document import CellPlace, LinePlace, RegisterDocument, Source, TablePlace
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.readers import archive, csv, docx, html, xlsx
from watchkeep.formats.readers.assemble import assemble
from watchkeep.formats.writers.flat import flat

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared" / "registers"
SOURCE = Source(name="register", sha256="0" * 64, size=1, reader="test")
HEADER = "Ref,Risk title,Description,Controls,Owner,Rating"


def read_csv(text: str) -> RegisterDocument:
    """A register from the text of a CSV file."""
    return assemble(csv.extract(text.encode(), "register.csv"), SOURCE)


def read_page(body: str) -> RegisterDocument:
    """A register from the body of a web page."""
    return assemble(html.extract(f"<html><body>{body}</body></html>".encode(), "page.html"), SOURCE)


def workbook(rows: dict[str, Any]) -> bytes:
    """A workbook of one sheet from cells by their names."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Risks")
        for name, value in rows.items():
            sheet.write(name, value)
    return buffer.getvalue()


# --- What is no register ---------------------------------------------------------------------------------
# ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [("Name,Telephone\nJo,123\n", "1 table found"), ("Budget;2024\nRent;12\n", "1 table found")],
)
def test_a_file_without_a_register_is_refused_with_what_was_looked_for_and_found(
    text: str, found: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_csv(text)
    assert "heading row that names the risk" in refusal.value.why
    assert found in refusal.value.why
    assert refusal.value.remedy


def test_a_page_without_a_table_says_so() -> None:
    with pytest.raises(Unreadable, match="No table was found"):
        read_page("<p>Nothing here.</p>")


def test_an_empty_file_is_refused() -> None:
    for reader in (csv, html, docx, xlsx):
        with pytest.raises(Unreadable, match="empty"):
            reader.extract(b"", "nothing")


# --- Archives --------------------------------------------------------------------------------------------
# -----------------------------------------------------------------------------------------------------


def bomb(entries: int, size: int, part: str) -> bytes:
    """An archive of parts that unpack to far more than they take."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(part, b"<a/>")
        for number in range(entries):
            packed.writestr(f"part{number}.xml", b"0" * size)
    return buffer.getvalue()


def test_a_part_that_unpacks_beyond_measure_is_refused_before_it_is_unpacked() -> None:
    data = bomb(1, 40_000_000, "word/document.xml")
    with pytest.raises(Unreadable, match="unpacks from"):
        docx.extract(data, "bomb.docx")


def test_more_parts_than_any_register_needs_are_refused() -> None:
    with pytest.raises(Unreadable, match="parts"):
        xlsx.extract(bomb(archive.MOST_ENTRIES + 1, 1, "xl/workbook.xml"), "many.xlsx")


def test_an_archive_of_something_else_is_refused_by_the_part_it_lacks() -> None:
    with pytest.raises(Unreadable, match=re.escape("word/document.xml")):
        docx.extract(bomb(1, 1, "other.xml"), "other.docx")


def test_a_damaged_archive_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        docx.extract(b"PK\x03\x04 and then nothing", "damaged.docx")


def test_a_workbook_under_a_password_is_refused_as_such() -> None:
    data = archive.OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Unreadable, match="password"):
        xlsx.extract(data, "locked.xlsx")
    with pytest.raises(Unreadable, match="password"):
        docx.extract(data, "locked.docx")


# --- Workbooks -------------------------------------------------------------------------------------------
# ------------------------------------------------------------------------------------------------------


def test_a_value_in_the_farthest_cell_is_refused_with_its_sheet_and_cell() -> None:
    data = workbook({"A1": "Ref", "B1": "Risk", "XFD1048576": "far"})
    with pytest.raises(Unreadable, match=r"sheet Risks.*XFD1048576"):
        xlsx.extract(data, "far.xlsx")


def test_a_formula_is_never_run_and_its_last_value_is_read() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Risks")
        sheet.write_row(0, 0, ["Ref", "Risk title", "Score"])
        sheet.write_row(1, 0, ["A1", "Fire"])
        sheet.write_formula(1, 2, '=HYPERLINK("https://example.invalid","x")', None, "12")
    document = assemble(xlsx.extract(buffer.getvalue(), "formula.xlsx"), SOURCE)
    assert document.risks[0].assessments[0].score.text == "12"
    assert "HYPERLINK" not in document.model_dump_json()


def test_hidden_rows_are_read_and_named() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Risks")
        sheet.write_row(0, 0, ["Ref", "Risk title"])
        sheet.write_row(1, 0, ["A1", "Fire"])
        sheet.write_row(2, 0, ["A2", "Flood"])
        sheet.set_row(2, None, None, {"hidden": True})
    document = assemble(xlsx.extract(buffer.getvalue(), "hidden.xlsx"), SOURCE)
    assert [risk.key for risk in document.risks] == ["A1", "A2"]
    assert any("hides row 3" in doubt.sentence for doubt in document.doubts)


def test_the_fill_of_a_rating_is_kept_and_names_no_band() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        red = book.add_format({"bg_color": "#E06666"})
        sheet = book.add_worksheet("Risks")
        sheet.write_row(0, 0, ["Ref", "Risk title", "Residual RAG"])
        sheet.write_row(1, 0, ["A1", "Fire"])
        sheet.write_blank(1, 2, None, red)
    (risk,) = assemble(xlsx.extract(buffer.getvalue(), "fill.xlsx"), SOURCE).risks
    assert (risk.assessments[0].fill, risk.assessments[0].rating.state) == ("#e06666", "not recorded")


# --- Comma files -----------------------------------------------------------------------------------------
# -----------------------------------------------------------------------------------------------------


def test_cells_that_begin_like_formulas_stay_plain_text() -> None:
    document = read_csv(f"{HEADER}\nA1,=1+1,+44 call,@home,-,=cmd|' /C calc'!A0\n")
    (risk,) = document.risks
    assert (risk.name.text, risk.description.text) == ("=1+1", "+44 call")
    assert [item.text for item in risk.controls] == ["@home"]
    assert risk.owner.state == "not recorded"


def test_new_lines_inside_quotes_belong_to_their_cell() -> None:
    (risk,) = read_csv(f'{HEADER}\nA1,Fire,"One.\nTwo.","- Alarm\n- Doors",Chief,High\n').risks
    assert risk.description.text == "One.\nTwo."
    assert [item.text for item in risk.controls] == ["Alarm", "Doors"]
    assert risk.controls[1].places == (CellPlace(sheet="", cell="D2"),)


def test_rows_shorter_or_longer_than_the_header_are_read() -> None:
    document = read_csv(f"{HEADER}\nA1,Fire\nA2,Flood,Rain,Pumps,Chief,Low,more,still\n")
    assert [risk.name.text for risk in document.risks] == ["Fire", "Flood"]
    assert [extra.text for extra in document.risks[1].extra] == ["more", "still"]


def test_a_cell_longer_than_any_text_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable, match="line 2"):
        csv.extract(f'{HEADER}\nA1,"{"x" * (csv.LONGEST_CELL + 1)}"'.encode(), "long.csv")


def test_binary_data_is_refused() -> None:
    with pytest.raises(Unreadable, match="binary"):
        csv.extract(b"Ref,Risk\x00\x01\x02", "binary.csv")


# --- Web pages -------------------------------------------------------------------------------------------
# ---------------------------------------------------------------------------------------------------------


def test_hidden_text_of_a_page_is_kept_apart_and_named() -> None:
    document = read_page(
        "<table><tr><th>Ref</th><th>Risk title</th></tr><tr><td>A1</td><td>Fire <b style='display: "
        "none'>secret</b></td></tr>"
        "<tr hidden><td>A2</td><td>Flood</td></tr></table><script>alert(1)</script>"
    )
    assert [risk.name.text for risk in document.risks] == ["Fire"]
    assert {(loose.text, loose.reason) for loose in document.unassigned} == {
        ("secret", "hidden in the file"),
        ("A2 Flood", "hidden in the file"),
    }
    assert "alert" not in document.model_dump_json()


def test_spans_beyond_measure_do_not_fill_the_memory() -> None:
    document = read_page(
        "<table><tr><th>Ref</th><th colspan=999999999 rowspan=999999>Risk title</th></tr>"
        "<tr><td>A1</td></tr></table>"
    )
    assert [risk.key for risk in document.risks] == ["A1"]


# --- Word ------------------------------------------------------------------------------------------------


def test_an_arrow_in_a_symbol_font_is_read() -> None:
    document = word_library.Document()
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells[:2]],
        ["Ref", "Risk title", "Trend", "A1", "Fire"],
        strict=True,
    ):
        cell.text = text
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Wingdings")
    symbol.set(qn("w:char"), "F0E2")
    table.rows[1].cells[2].paragraphs[0].add_run()._r.append(symbol)
    buffer = io.BytesIO()
    document.save(buffer)
    (risk,) = assemble(docx.extract(buffer.getvalue(), "symbol.docx"), SOURCE).risks
    assert [(trend.state, trend.direction) for trend in risk.trends] == [("recorded", "down")]


# --- Joining and placing ---------------------------------------------------------------------------------
# -------------------------------------------------------------------------------------------------


def test_every_field_says_where_it_was_read() -> None:
    (risk,) = read_csv(f"{HEADER}\nA1,Fire,Old wires,Alarm,Chief,High\n").risks
    assert [place.short for place in risk.owner.places] == ["E2"]
    assert flat(read_csv(f"{HEADER}\nA1,Fire,Old wires,Alarm,Chief,High\n"))["risks"][0]["provenance"][
        "rating"
    ] == ["F2"]


def test_a_reference_used_for_two_risks_keeps_both_and_asks() -> None:
    document = read_csv(f"{HEADER}\nA1,Fire,Wires,,,High\nA1,Flood,Rain,,,Low\n")
    assert [risk.key for risk in document.risks] == ["A1", "A1 (2)"]
    assert "reference-twice" in {doubt.code for doubt in document.doubts}


def test_a_total_is_no_risk() -> None:
    document = read_csv(f"{HEADER}\nA1,Fire,Wires,,,High\nTotal,1,,,,\n")
    assert [risk.key for risk in document.risks] == ["A1"]
    assert [loose.reason for loose in document.unassigned] == ["a row of totals"] * 2


def test_not_applicable_is_not_the_same_as_not_recorded() -> None:
    (first, second) = read_csv(f"{HEADER}\nA1,Fire,Wires,,N/A,High\nA2,Flood,Rain,,,Low\n").risks
    assert (first.owner.state, second.owner.state) == ("not applicable", "not recorded")


def test_a_factor_whose_order_nobody_says_is_read_with_little_certainty() -> None:
    (risk,) = read_csv("Ref,Risk title,Score\nA1,Fire,4x3=12\n").risks
    assert risk.assessments[0].score.confidence == 1
    assert risk.assessments[0].likelihood.confidence < 0.9
    (told,) = read_csv("Ref,Risk title,Score (I x L)\nA1,Fire,4x3=12\n").risks
    assert (told.assessments[0].likelihood.text, told.assessments[0].likelihood.confidence) == ("3", 1)


HEADINGS = made.sampled_from(
    [
        "Ref",
        "Risk",
        "Title",
        "Description",
        "Cause",
        "Impact",
        "Controls",
        "Further actions",
        "Owner",
        "L",
        "I",
        "Score",
        "Inherent",
        "Residual",
        "RAG",
        "Q1 trend",
        "Trend",
        "Status",
        "Due date",
        "Notes",
        "",
        "Total",
        "Response",
    ]
)
TEXTS = made.sampled_from(
    [
        "R1",
        "R2",
        "3",
        "12",
        "High",
        "↑",
        "",
        "",
        "",
        "n/a",
        "4 x 3 = 12",
        "12 (High)",
        "i - one\n\nii - two",
        "- a1\n- b2",
        "1. xx 2. yy",
        "Cause: aa Effect: bb",
        "Some text. And on",
        "goes on",
        "31/03/2021",
        "Director",
        "ii",
        "•",
        "Owner: Bob",
        "Total",
        "Risk title",
        "R9 Flood\nthe text is longer than that",
        "\uf0e1",
        "Key: ↑ up",
    ]
)


@made.composite
def extracts(draw: made.DrawFn) -> Extract:
    """Tables as a reader might find them: some with headings, some broken, some merged, some nonsense."""
    kind = draw(made.sampled_from(["line", "cell", "table"]))
    count = iter(range(1, 10_000))

    def cell(text: str) -> Cell:
        number = next(count)
        place = {
            "line": LinePlace(line=number, last_line=number),
            "cell": CellPlace(sheet="S", cell=f"A{number}"),
            "table": TablePlace(table=1, row=number, column=1),
        }[kind]
        return Cell(tuple(Piece(line, place) for line in text.split("\n"))) if text else Cell()

    tables = []
    for _ in range(draw(made.integers(1, 3))):
        width = draw(made.integers(1, 7))
        rows = [draw(made.lists(HEADINGS, min_size=width, max_size=width))]
        rows += draw(made.lists(made.lists(TEXTS, min_size=width, max_size=width), max_size=6))
        grid = tuple(tuple(cell(text) for text in row) for row in rows)
        merged = draw(made.sets(made.tuples(made.integers(1, 6), made.integers(0, 6)), max_size=3))
        repeats = {(r, c) for r, c in merged if r < len(grid) and c < width and not grid[r][c].pieces}
        tables.append(Table(grid, "T", frozenset(repeats)))
    return Extract("test", tuple(tables))


def _words(text: str) -> list[str]:
    return re.findall(r"\d+|\w{2,}", text.casefold())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(extracts())
def test_whatever_was_found_is_refused_or_read_and_no_word_of_it_gets_lost(extract: Extract) -> None:
    try:
        document = assemble(extract, SOURCE)
    except Unreadable:
        return
    assert RegisterDocument.model_validate_json(document.model_dump_json()) == document
    kept = Counter(word for text in _texts(flat(document)) for word in _words(text))
    found = {
        word for table in extract.tables for row in table.rows for cell in row for word in _words(cell.text)
    }
    assert {word for word in found if not kept[word]} == set()


# --- The real register, by path --------------------------------------------------------------------------
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "html"])
def test_the_shared_register_comes_out_exactly(kind: str) -> None:
    folder = SHARED / "wmp-2020-21-q4"
    if not folder.exists():
        pytest.skip("the shared register is not beside this repository")
    sys.path.insert(0, str(SHARED))
    import score

    path = folder / f"register.{kind}"
    reader = {"docx": docx, "xlsx": xlsx, "csv": csv, "html": html}[kind]
    out = flat(assemble(reader.extract(path.read_bytes(), path.name), SOURCE))
    truth = json.loads((folder / "expected-renditions.json").read_text(encoding="utf-8"))
    result = score.score(truth, out, score.source_text(str(path)))
    assert (result["risks_matched"], result["risks_extra"]) == (14, 0)
    assert result["risks_exact"] >= 13
    assert result["macro_f1"] >= 0.98
    assert result["lost_text"] < 0.0005
