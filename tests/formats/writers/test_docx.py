"""The paper as a Word file: what a secretary can paste, and what a screen reader is told."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

import whole_paper
from odd_registers import EDITION, UNUSUAL, ordinary
from watchkeep.formats.writers import write


@cache
def parts(name: str = "") -> dict[str, bytes]:
    data = write(UNUSUAL[name](), "docx") if name else whole_paper.written("docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def whole() -> Any:
    return opened(whole_paper.written("docx"))


def test_headings_are_headings_in_order_and_none_is_skipped() -> None:
    headings = [
        (int(each.style.name[-1]), each.text)
        for each in whole().paragraphs
        if each.style.name.startswith("Heading")
    ]
    assert [text for level, text in headings if level == 1] == [
        "In short",
        "For the meeting",
        "In figures",
        "Since the last paper",
        "The register at a glance",
        "Each risk at length",
        "What was promised",
        "Sources",
        "How to read this paper, and what is open",
    ]
    levels = [level for level, _ in headings]
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))
    assert [each.text for each in whole().paragraphs if each.style.name == "Title"] == [
        "Strategic risk register, 2025/26 quarter 4"
    ]


@pytest.mark.parametrize("name", ["", "forty columns", "one risk", "no risks"])
def test_there_are_no_empty_paragraphs_for_space(name: str) -> None:
    document = whole() if not name else opened(write(UNUSUAL[name](), "docx"))
    empty = [each for each in document.paragraphs if not each.text.strip()]
    assert not [each for each in empty if not each._p.findall(f".//{qn('w:drawing')}")]


def test_every_table_has_a_style_a_name_and_rows_that_do_not_split_under_a_head_that_repeats() -> None:
    document = whole()
    assert len(document.tables) > 20
    for table in document.tables:
        assert table.style.name.startswith("Watchkeep")
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        rows = [row._tr for row in table.rows]
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        headed = rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert headed == (look.get(qn("w:firstRow")) == "1")
        assert look.get(qn("w:firstColumn")) == "1"
        assert sum(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows) == headed


def test_the_register_s_own_table_repeats_its_head_on_a_page_on_its_side() -> None:
    document = opened(write(ordinary(), "docx", edition=EDITION))
    register = next(table for table in document.tables if table.style.name == "Watchkeep Register")
    assert [cell.text for cell in register.rows[0].cells] == [each.heading for each in ordinary().columns]
    assert register.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    sides = [section.page_width > section.page_height for section in document.sections]
    assert sides == [False, True, False]


def test_it_says_its_language_title_and_head() -> None:
    document = whole()
    about = document.core_properties
    assert (about.title, about.language) == ("Strategic risk register, 2025/26 quarter 4", "en-GB")
    assert f"watchkeep-head 1204:{whole_paper.HEAD}".encode() in parts()["docProps/core.xml"]
    assert b"en-US" not in parts()["word/styles.xml"]


def test_the_chart_has_words_and_a_band_has_its_word_and_its_tint() -> None:
    drawing = whole().element.body.find(f".//{qn('wp:docPr')}")
    assert drawing.get("descr") == (
        "Bar chart of the number of risks in each band: "
        "Very High 1, High 4, Medium-High 7, Medium 3 and Low 1."
    )
    cells = whole().element.body.iter(qn("w:tc"))
    tints = {
        "".join(text.text or "" for text in cell.iter(qn("w:t"))): cell.find(f".//{qn('w:shd')}").get(
            qn("w:fill")
        )
        for cell in cells
        if cell.find(f".//{qn('w:shd')}") is not None
    }
    assert list(dict.fromkeys(tints)) == ["Medium-High", "High", "Medium", "Low", "Very High"]
    assert len(set(tints.values())) == 5


def test_changed_words_are_struck_out_and_underlined_and_said() -> None:
    runs = [
        run for table in whole().tables for row in table.rows for cell in row.cells for run in _runs(cell)
    ]
    struck = [run.text.strip() for run in runs if run.font.strike]
    underlined = [run.text.strip() for run in runs if run.font.underline]
    assert struck == ["[removed: 90]", "[removed: 2.5 %]"]
    assert underlined == ["[added: 130]", "[added: 4 %]"]


def _runs(cell: Any) -> list[Any]:
    return [run for paragraph in cell.paragraphs for run in paragraph.runs]


def test_a_reference_stands_after_its_sentence_in_a_style_of_its_own() -> None:
    runs = [
        run for table in whole().tables for row in table.rows for cell in row.cells for run in _runs(cell)
    ]
    marked = [run.text for run in runs if run.style.style_id == "WatchkeepReference"]
    assert marked == ["[1]", "[2]", "[3]", "[4]", "[5, expired]", "[6, moved]"]


def test_every_page_has_the_marking_the_edition_and_its_number() -> None:
    first, *others = whole().sections
    assert first.header.paragraphs[0].text.startswith("OFFICIAL")
    assert "Edition 8, frozen on 17 April 2026, ledger head 5d41402abc4b" in first.footer.paragraphs[0].text
    fields = [each.get(qn("w:instr")).strip() for each in first.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert all(each.header.is_linked_to_previous and each.footer.is_linked_to_previous for each in others)


def test_no_clock_of_the_machine_is_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(whole_paper.written("docx"))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    days = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", parts()["docProps/core.xml"])
    assert set(days) == {b"2026-04-17T00:00:00Z"}


def test_text_cannot_become_markup() -> None:
    text = "".join(
        part.decode() for name, part in parts("other scripts").items() if name == "word/document.xml"
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "bell \ufffd turned reversed end" in text
