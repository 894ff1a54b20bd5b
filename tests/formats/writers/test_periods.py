"""The table of movements on the cover, of one period or of many, with names of any length."""

from __future__ import annotations

import io
import itertools

import pdfplumber
import pytest
from docx import Document
from lxml.html import fromstring

from odd_registers import EDITION, ordinary
from watchkeep.domain.document import RegisterDocument
from watchkeep.formats.writers import write

QUARTERS = tuple(f"{year}/{year - 1999} Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4))
LONG = ("Direction of travel since the last quarter of 2025/26", "Transformationsprogrammevaluation", "Q3")


def of(periods: tuple[str, ...]) -> RegisterDocument:
    document = ordinary()
    risks = tuple(
        risk.model_copy(
            update={"trends": tuple(risk.trends[0].model_copy(update={"period": each}) for each in periods)}
        )
        for risk in document.risks
    )
    return document.model_copy(update={"risks": risks})


@pytest.mark.parametrize("periods", [QUARTERS[:3], QUARTERS[:4], QUARTERS, LONG], ids=["3", "4", "8", "long"])
def test_no_letter_of_the_cover_stands_on_another(periods: tuple[str, ...]) -> None:
    with pdfplumber.open(io.BytesIO(write(of(periods), "pdf"))) as pdf:
        page = pdf.pages[0]
        letters = [each for each in page.chars if each["text"].strip()]
        said = page.extract_text()
    assert all(page.bbox[0] < each["x0"] and each["x1"] < page.bbox[2] for each in letters)
    rows: dict[float, list[tuple[float, float]]] = {}
    for each in letters:
        rows.setdefault(round(each["bottom"], 1), []).append((each["x0"], each["x1"] - each["size"] / 5))
    for row in rows.values():  # a fifth of its size is more than any letter leans over the next
        spans = sorted(row)
        assert all(after[0] > before[1] for before, after in itertools.pairwise(spans))
    assert "What the register does not" in said
    assert "Page 1 of" in said
    assert "Harbour risk register\n" in said
    assert "As at" in said


def test_many_periods_are_cards_on_a_narrow_screen_with_every_figure_named() -> None:
    page = fromstring(write(of(QUARTERS), "html").decode())
    (table,) = page.xpath("//div[@class='turned']/table")
    assert [each.text for each in table.xpath(".//tbody//th")] == list(QUARTERS)
    heads = [each.text for each in table.xpath(".//thead//th")]
    for row in table.xpath(".//tbody/tr"):
        assert [each.get("data-heading") for each in row.xpath("td")] == heads[1:]
        assert {each.get("role") for each in row} == {"rowheader", "cell"}


def test_few_periods_stand_side_by_side_as_before_and_so_do_those_of_the_first_layout() -> None:
    assert not fromstring(write(of(QUARTERS[:2]), "html").decode()).xpath("//div[@class='turned']")
    older = write(of(QUARTERS), "html", edition=EDITION).decode()
    assert not fromstring(older).xpath("//div[@class='turned']")


def test_in_word_each_period_has_a_row_of_its_own() -> None:
    word = Document(io.BytesIO(write(of(QUARTERS), "docx")))
    (table,) = [each for each in word.tables if each.cell(0, 0).text == "Period"]
    assert [row.cells[0].text for row in table.rows[1:]] == list(QUARTERS)
