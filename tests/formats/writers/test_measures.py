"""What the risks are measured by, in every form: each chart with its finding, its readings within reach."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pdfplumber
import pdfua
import pikepdf
import pytest
from lxml import etree, html

import measured_paper
import whole_paper
from formats.writers.test_round_trip import told
from watchkeep.domain.document import Indicator, Mark, Point, RegisterDocument
from watchkeep.formats.readers import read_here
from watchkeep.formats.writers import READ_BACK, Kind, write
from watchkeep.formats.writers.paper.measures import measures_of, target_of

CHARTS = 6
AGAINST = "It is judged improving; its indicators say worsening."


@cache
def written(kind: Kind) -> bytes:
    return write(measured_paper.document(), kind, edition=whole_paper.edition())


@cache
def page() -> html.HtmlElement:
    return html.document_fromstring(written("html").decode())


def squeezed(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def indicator(key: str) -> Indicator:
    every = (each for risk in measured_paper.document().risks for each in risk.indicators)
    return next(each for each in every if each.key == key)


# --- The page -----------------------------------------------------------------------------------------------


def test_the_section_says_how_many_say_what_and_what_is_judged_otherwise() -> None:
    said = squeezed(page().xpath("//section[@id='measures']/p")[0])
    assert said == (
        "Six indicators speak to three risks: one worsening, one with a first sign of worsening, one changed "
        "high, one steady, one improving and one stale. One risk is judged otherwise than the indicators "
        "say: CV-01."
    )
    assert said in squeezed(page().xpath("//section[@id='figures']")[0])


def test_a_judgement_stands_beside_what_the_indicators_say_and_both_stay() -> None:
    (against,) = page().xpath("//p[@class='against']")
    assert squeezed(against).startswith(f"{AGAINST} K1 Calls answered in ten seconds: Worsening: ")
    assert against.getparent().find("h3").text_content().startswith("CV-01")


def test_each_chart_says_its_finding_under_a_name_that_no_other_has() -> None:
    charts = page().xpath("//section[@id='measures']//*[name()='svg'][@role='img']")
    assert len(charts) == CHARTS
    titles = [squeezed(each.xpath("./*[name()='title']")[0]) for each in charts]
    assert f"Calls answered in ten seconds. {indicator('K1').sentence}" in titles
    names = page().xpath("//@id")
    assert len(names) == len(set(names))
    for each in charts:
        assert all(name in names for name in each.get("aria-labelledby").split())


def test_an_indicator_of_two_risks_has_two_charts_and_no_name_twice() -> None:
    document = measured_paper.document()
    bare = next(risk.key for risk in document.risks if not risk.indicators)
    risks = tuple(
        risk.model_copy(update={"indicators": (indicator("K1"),)}) if risk.key == bare else risk
        for risk in document.risks
    )
    made = html.document_fromstring(write(document.model_copy(update={"risks": risks}), "html").decode())
    names = made.xpath("//@id")
    assert len(names) == len(set(names))
    assert len(made.xpath("//section[@id='measures']//*[@role='img']")) == CHARTS + 1


def test_the_readings_of_a_chart_are_a_table_below_it() -> None:
    (first, *_) = page().xpath("//section[@id='measures']//details")
    rows = [[squeezed(cell) for cell in row] for row in first.xpath(".//tbody/tr")]
    assert len(rows) == len(indicator("K1").points) == 24
    assert rows[0] == ["March 2023", "64%", "69.65%", "65.17% to 74.13%", "■ a concern"]
    assert rows[-1][:2] == ["April 2021", "71%"]


def test_a_name_cannot_act_as_markup() -> None:
    odd = indicator("K1").model_copy(update={"name": "<b>Calls</b> & \x07 </svg>", "unit": "<i>"})
    document = measured_paper.document()
    risks = (document.risks[0].model_copy(update={"indicators": (odd,)}), *document.risks[1:])
    made = html.document_fromstring(write(document.model_copy(update={"risks": risks}), "html").decode())
    assert made.xpath("//section[@id='measures']//b | //section[@id='measures']//i") == []
    assert "<b>Calls</b>" in squeezed(made.xpath("//section[@id='measures']//tbody/tr/th")[0])


# --- The other forms ----------------------------------------------------------------------------------------


def test_the_pdf_is_without_fault_and_its_charts_have_words_and_no_small_letters(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(written("pdf"))
    assert [str(each) for each in pdfua.validate(str(path)).findings] == []
    with pikepdf.open(path) as pdf:
        found = [
            str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert sum("Control chart of K" in each for each in found) == CHARTS
    assert any(each.startswith(f"Overtime paid. {indicator('K6').sentence}") for each in found)
    with pdfplumber.open(path) as pdf:
        (shown,) = [each for each in pdf.pages if AGAINST in (each.extract_text() or "")]
        sizes = [letter["size"] for letter in shown.chars]
        assert min(sizes) >= 8.45
        texts = [" ".join((each.extract_text() or "").split()) for each in pdf.pages]
        assert any("Apr 2021 71; May 2021 69" in each for each in texts)


def test_the_workbook_has_a_sheet_of_indicators_and_one_of_their_readings_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    rows = list(book["Indicators"].iter_rows(values_only=True))
    assert rows[1][1] == "K1 Calls answered in ten seconds"
    assert len(rows) == 1 + CHARTS
    readings = list(book["Readings"].iter_rows(values_only=True))
    assert len(readings) == 1 + 5 * 24 + 5
    assert readings[24][:5] == ("K1", "Calls answered in ten seconds", "2023-03-01", 64, "%")


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_word_and_slides_say_it_in_words(kind: Kind) -> None:
    with zipfile.ZipFile(io.BytesIO(written(kind))) as book:
        parts = [book.read(name) for name in book.namelist() if name.endswith(".xml")]
    text = " ".join(" ".join(etree.fromstring(each).itertext()) for each in parts)
    assert AGAINST in text
    assert "K3 Exhibits found within two days" in text
    assert "improving" in text


def test_each_page_of_the_site_has_the_charts_of_its_risk() -> None:
    with zipfile.ZipFile(io.BytesIO(written("site"))) as site:
        counts = {
            name: site.read(name).decode().count("Control chart of K")
            for name in site.namelist()
            if name.startswith("risks/")
        }
    assert {name: count for name, count in counts.items() if count} == {
        "risks/cv-01.html": 3,
        "risks/cv-05.html": 2,
        "risks/cv-18.html": 1,
    }


@pytest.mark.parametrize("kind", READ_BACK)
def test_the_same_risks_are_read_back_with_indicators_as_without(kind: Kind) -> None:
    plain = read_here(write(whole_paper.document(), kind, edition=whole_paper.edition()), f"paper.{kind}")
    measured = read_here(written(kind), f"paper.{kind}")
    assert [told(risk) for risk in measured.risks] == [told(risk) for risk in plain.risks]
    assert [risk.extra for risk in measured.risks if risk.extra] == [
        risk.extra for risk in plain.risks if risk.extra
    ]


def test_json_brings_the_very_document_back_and_one_without_them_is_written_as_before() -> None:
    assert read_here(written("json"), "paper.json") == measured_paper.document()
    assert RegisterDocument.model_validate_json(measured_paper.document().model_dump_json()) == (
        measured_paper.document()
    )
    assert "indicators" not in whole_paper.document().model_dump_json()
    assert '"heard"' not in whole_paper.document().model_dump_json()


# --- Odd indicators -----------------------------------------------------------------------------------------


def test_an_indicator_without_a_reading_has_its_words_and_no_picture() -> None:
    bare = Indicator(key="K9", name="Boats counted", sentence="Too little to say: there is no reading yet.")
    document = measured_paper.document()
    risks = (document.risks[0].model_copy(update={"indicators": (bare,), "heard": None}),)
    kinds: tuple[Kind, ...] = ("html", "pdf", "docx", "pptx", "xlsx")
    made = {kind: write(document.model_copy(update={"risks": risks}), kind) for kind in kinds}
    assert all(made.values())
    assert "no reading yet" in made["html"].decode()
    assert "Control chart" not in made["html"].decode()


def test_a_reading_alone_and_readings_of_one_height_can_be_drawn() -> None:
    day = measured_paper.DAY
    alone = Indicator(key="K9", name="One", points=(Point(on=day, value=0.0),))
    document = measured_paper.document()
    risks = (document.risks[0].model_copy(update={"indicators": (alone,), "heard": None}),)
    assert b"Control chart of K9" in write(document.model_copy(update={"risks": risks}), "html")


def test_readings_past_the_day_of_the_register_are_said_to_be_that() -> None:
    risks = measured_paper.document().risks
    late, before = (measures_of(risks, day) for day in (date(2023, 3, 1), date(2023, 2, 28)))
    assert late is not None
    assert before is not None
    assert late.note == ""
    assert before.note.startswith(
        "The register is told as at 28 February 2023; readings that have come since"
    )


def test_a_tolerance_that_is_overstepped_is_said() -> None:
    said = indicator("K1").model_copy(
        update={
            "aims": (indicator("K1").aims[0].model_copy(update={"kind": "lower tolerance", "value": 70.0}),)
        }
    )
    assert target_of(said) == "Tolerance: at least 70%, and the last reading is below it"
    assert target_of(indicator("K1")) == "Target 75%, consistently fails it"
    assert target_of(indicator("K5")) == "no target"


# --- What explains the readings -----------------------------------------------------------------------------


@cache
def explained() -> RegisterDocument:
    """The same, its first indicator with new limits and with what happened."""
    on = indicator("K1").points[-2].on
    marks = (
        Mark(on=on, kind="rebase", text="The desk was moved."),
        Mark(on=indicator("K1").points[-1].on, kind="annotation", text="Lines were down"),
    )
    return with_marks("K1", marks)


def with_marks(key: str, marks: tuple[Mark, ...]) -> RegisterDocument:
    document = measured_paper.document()
    risks = (
        risk.model_copy(
            update={
                "indicators": tuple(
                    each.model_copy(update={"marks": marks if each.key == key else ()})
                    for each in risk.indicators
                )
            }
        )
        for risk in document.risks
    )
    return document.model_copy(update={"risks": tuple(risks)})


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx", "json"])
def test_new_limits_and_what_happened_are_told_with_their_day(kind: Kind) -> None:
    made = write(explained(), kind, edition=whole_paper.edition())
    if kind == "pdf":
        with pdfplumber.open(io.BytesIO(made)) as book:
            text = " ".join(page.extract_text() or "" for page in book.pages)
    elif kind in ("docx", "xlsx"):
        name = "word/document.xml" if kind == "docx" else "xl/sharedStrings.xml"
        with zipfile.ZipFile(io.BytesIO(made)) as book:
            text = book.read(name).decode()
    else:
        text = made.decode()
    text = " ".join(text.split())
    # Words of a table's other columns stand between those of a cell in the text of a PDF.
    told = ("limits anew", "moved.", "down.") if kind == "pdf" else ("The desk was moved.", "Lines were down")
    assert [each for each in told if each not in text] == []
    if kind not in ("json", "pdf"):
        assert "limits anew: The desk was moved." in text


def test_where_nothing_was_said_a_document_is_written_as_before() -> None:
    without = write(with_marks("", ()), "json", edition=whole_paper.edition())
    assert b'"marks"' not in without
    assert b'"marks"' in write(explained(), "json", edition=whole_paper.edition())
