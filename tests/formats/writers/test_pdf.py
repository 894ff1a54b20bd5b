"""The paper as a PDF: what it declares, how it is tagged, and that nothing is cut."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pdfplumber
import pdfua
import pikepdf
import pypdfium2
import pytest

from odd_registers import EDITION, UNUSUAL, ordinary
from watchkeep.domain.document import RegisterDocument
from watchkeep.formats.readers import read_here
from watchkeep.formats.writers import write


@cache
def made(name: str = "") -> bytes:
    return write(UNUSUAL[name](), "pdf") if name else write(ordinary(), "pdf", edition=EDITION)


def words(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    return re.sub(r"[\u200b\ufffe\ufffd]", "", text)


def elements(under: pikepdf.Object, kind: str) -> Iterator[pikepdf.Dictionary]:
    children = under.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if str(child.S) == kind:
                yield child
            yield from elements(child, kind)


def scopes(cell: pikepdf.Dictionary) -> list[str]:
    attributes = cell.get("/A", [])
    each = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return [str(one.Scope) for one in each if "/Scope" in one]


def test_it_declares_what_it_is_in_which_language_and_under_which_title() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["dc:title"] == EDITION.title
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked


def test_a_paper_of_a_file_alone_claims_no_date_and_so_no_archive_standard() -> None:
    with pikepdf.open(io.BytesIO(made("one risk"))) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert "pdfaid:part" not in about
        assert "/CreationDate" not in pdf.docinfo


@pytest.mark.parametrize("name", ["", *UNUSUAL])
def test_the_checker_finds_nothing(name: str, tmp_path: object) -> None:
    path = Path(str(tmp_path)) / "paper.pdf"
    path.write_bytes(made(name))
    assert findings(path) == []


def findings(path: object) -> list[str]:
    """What the rules of PDF/UA that the checker knows say against a file."""
    report = pdfua.validate(str(path))
    return [str(each) for each in report.findings]


EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "calder_vale" / "2025-26-q4.csv"


@cache
def example() -> tuple[RegisterDocument, bytes]:
    """The example body's register, long enough for a sheet a risk, and its paper."""
    document = read_here(EXAMPLE.read_bytes(), EXAMPLE.name)
    return document, write(document, "pdf")


def test_sixteen_risks_take_at_most_ten_pages() -> None:
    document, paper = example()
    assert len(document.risks) == 16
    assert len(pypdfium2.PdfDocument(paper)) <= 10


def test_a_sheet_stands_whole_on_one_page_and_says_which_risk_it_is_about() -> None:
    document, paper = example()
    pages = [
        " ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(paper)
    ]
    for risk in document.risks:
        holding = [page for page in pages[2:] if f"Ref {risk.reference.text} Risk" in page]
        assert len(holding) == 1
        assert all(" ".join((item.text or "").split())[:60] in holding[0] for item in risk.controls)


def test_every_page_of_a_sheet_too_deep_for_one_names_its_risk() -> None:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made("very long"))]
    deep = [page for page in pages if "This sentence is number" in page or "is kept" in page]
    assert len(deep) > 20
    assert all("V1" in page.split("This sentence")[0] for page in deep)


def test_an_arrow_and_its_word_stand_on_one_line_and_no_text_is_small() -> None:
    _, paper = example()
    assert not re.search(r"[↑→↓]\s*[\r\n]", words(paper))
    with pdfplumber.open(io.BytesIO(paper)) as pdf:
        sizes = {round(sign["size"], 2) for page in pdf.pages for sign in page.chars}
    assert min(sizes) >= 8.5


def test_each_label_of_a_sheet_is_a_header_of_its_row() -> None:
    document, paper = example()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        tables = list(elements(pdf.Root.StructTreeRoot, "/Table"))
        sheets = [table for table in tables if any(True for _ in elements(table, "/H2"))]
        assert len(sheets) == len(document.risks)
        for sheet in sheets:
            rows = [row for body in elements(sheet, "/TBody") for row in elements(body, "/TR")]
            kinds = [[str(cell.S) for cell in row.K] for row in rows]
            assert all(kind == ["/TH", "/TD"] * (len(kind) // 2) for kind in kinds)
            assert sum(map(len, kinds)) == 2 * (len(document.columns) - 2)
        with pdf.open_outline() as outline:
            names = [item.title for top in outline.root for item in top.children]
    assert f"{document.risks[0].reference.text} {document.risks[0].name.text}" in names


def test_the_checker_finds_nothing_in_sheets(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(example()[1])
    assert findings(path) == []


@pytest.mark.parametrize("name", ["", "forty columns", "very long"])
def test_every_body_row_begins_with_a_header_and_every_column_has_one(name: str) -> None:
    with pikepdf.open(io.BytesIO(made(name))) as pdf:
        tables = list(elements(pdf.Root.StructTreeRoot, "/Table"))
        assert tables
        for table in tables:
            head = [cell for part in elements(table, "/THead") for cell in elements(part, "/TH")]
            assert head
            assert all(scopes(cell) == ["/Column"] for cell in head)
            for body in elements(table, "/TBody"):
                for row in elements(body, "/TR"):
                    first = next(cell for cell in row.K if isinstance(cell, pikepdf.Dictionary))
                    assert str(first.S) == "/TH"
                    assert scopes(first) == ["/Row"]


def test_the_chart_has_words_and_the_outline_names_every_section() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        figures = list(elements(pdf.Root.StructTreeRoot, "/Figure"))
        assert [str(each.Alt) for each in figures] == [
            "Bar chart of the number of risks in each band: "
            "Severe 1, High 0, Medium 2, Low 0 and Not rated 1."
        ]
        with pdf.open_outline() as outline:
            names = [item.title for item in outline.root]
    assert names == ["In short", "The register", "How to read this paper, and what is open"]


def test_lists_are_lists() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        lists = list(elements(pdf.Root.StructTreeRoot, "/L"))
        assert sum(len(list(elements(each, "/LI"))) for each in lists) == 7  # 2 parts, 3 and 2 controls


def test_the_cover_says_the_finding_and_every_page_its_number_edition_ledger_and_marking() -> None:
    pdf = pypdfium2.PdfDocument(made())
    cover = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    assert "Of four risks, one is Severe, two Medium and one not rated." in cover
    assert "In 2026/27 Q2, one worsened, one improved and one was steady; one trend is not recorded." in cover
    assert EDITION.ledger_head in cover
    for number, page in enumerate(pdf, start=1):
        text = page.get_textpage().get_text_bounded()
        assert f"Page {number} of {len(pdf)}" in text
        assert "Edition 4, frozen on 12 October 2026, ledger head 0f1e2d3c4b5a" in text
        assert text.count("OFFICIAL") == 2


def test_the_source_s_columns_keep_their_order() -> None:
    text = " ".join(pypdfium2.PdfDocument(made())[1].get_textpage().get_text_bounded().split())
    order = [
        "Ref",
        "Risk",
        "Residual rating",
        "Description",
        "Controls in place",
        "Q1 trend",
        "Q2 trend",
        "Owner",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_what_is_not_recorded_and_what_does_not_apply_are_said_in_words() -> None:
    text = words(made())
    assert "not applicable" in text
    assert text.count("not recorded") > 5


def test_the_same_edition_is_the_same_bytes() -> None:
    assert write(ordinary(), "pdf", edition=EDITION) == made()


def test_nothing_is_cut_from_a_very_long_register() -> None:
    # The foot of a page may stand inside a sentence, but never inside its number.
    text = "".join(words(made("very long")).split())
    assert not [number for number in range(1900) if f"{number:05}" not in text]
    assert not [number for number in range(500) if f"Control{number:03}iskept" not in text]
    assert "n" * 300 in text
    assert "w" * 400 in text


def test_no_text_runs_off_a_page() -> None:
    for name in ("very long", "forty columns", "other scripts"):
        for page in pypdfium2.PdfDocument(made(name)):
            width, height = page.get_size()
            textpage = page.get_textpage()
            for index in range(textpage.count_rects()):
                left, bottom, right, top = textpage.get_rect(index)
                assert 30 < left < right < width - 30
                assert 10 < bottom < top < height - 10


def test_each_of_forty_columns_is_printed_for_each_risk() -> None:
    text = " ".join(words(made("forty columns")).split())
    assert not [
        (risk, column) for risk in range(7) for column in range(32) if f"Value {column} of {risk}" not in text
    ]


def test_text_cannot_act_as_markup() -> None:
    assert '#panic("x") *b* $x$ <script>alert(1)</script> @ref' in " ".join(
        words(made("other scripts")).split()
    )


def test_signs_without_a_shape_are_named_and_text_cannot_be_turned() -> None:
    text = " ".join(words(made("other scripts")).split())
    assert "[large red circle] Red circle" in text
    assert "[U+6f22][U+5b57]" in text
    assert "Signs without a printed form" in text
    assert "turned reversed end" in text


def test_fourteen_risks_are_set_in_a_second() -> None:
    document = ordinary()
    risks = tuple(document.risks[number % 4].model_copy(update={"key": str(number)}) for number in range(14))
    write(document, "pdf", edition=EDITION)  # start-up: engines and fonts are loaded once
    start = time.process_time()
    write(document.model_copy(update={"risks": risks}), "pdf", edition=EDITION)
    assert time.process_time() - start < 1
