"""The sheets that a committee's PDF carries besides its register: what they say, and how they are tagged."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pdfua
import pikepdf
import pypdfium2
import pypdfium2.raw as raw

import whole_paper


def made() -> bytes:
    return whole_paper.written("pdf")


@cache
def pages() -> tuple[str, ...]:
    return tuple(
        " ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(made())
    )


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


def test_the_checker_finds_nothing_and_both_standards_are_declared(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(made())
    assert [str(each) for each in pdfua.validate(str(path)).findings] == []
    with pikepdf.open(io.BytesIO(made())) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")


def test_every_table_has_headers_of_columns_and_of_rows() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        tables = list(elements(pdf.Root.StructTreeRoot, "/Table"))
        # Three on the cover, four of what is new, the glance, a sheet a risk, promises, three of sources, two
        # of the annex.
        assert len(tables) == 3 + 4 + 1 + 16 + 1 + 3 + 2
        for table in tables:
            head = [cell for part in elements(table, "/THead") for cell in elements(part, "/TH")]
            assert head
            assert all(scopes(cell) in (["/Column"], ["/Row"]) for cell in head)
            for body in elements(table, "/TBody"):
                for row in elements(body, "/TR"):
                    first = next(cell for cell in row.K if isinstance(cell, pikepdf.Dictionary))
                    assert str(first.S) == "/TH"
                    assert scopes(first) == ["/Row"]


def test_the_outline_names_every_sheet_and_recommendations_are_a_list() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        with pdf.open_outline() as outline:
            names = [item.title for item in outline.root]
        lists = [len(list(elements(each, "/LI"))) for each in elements(pdf.Root.StructTreeRoot, "/L")]
    assert names == [
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
    late, recommendations = lists[:2]
    assert (late, recommendations) == (1, 3)


def test_the_front_sheet_asks_the_meeting_on_the_first_page() -> None:
    assert "Joint Audit and Assurance Committee Meeting on 28 April 2026" in pages()[0]
    assert "3. Ask for a paper in July on evidence stores, whose rating rose." in pages()[0]
    assert "Let out with claims of improvement that rest on nothing: Deputy Chief Constable" in pages()[1]


def test_what_is_new_stands_on_one_page_and_its_words_need_no_colour() -> None:
    sheet = next(page for page in pages() if "One text says something else" in page)
    assert "one risk is new, one is gone, one is rated higher and one is rated lower" in sheet
    assert "CV-05 Evidence, recording and case quality ▲ higher" in sheet
    assert "[removed: 90] [added: 130] priority calls" in sheet


def test_a_reference_stands_at_the_sentence_it_supports_and_its_source_in_the_appendix() -> None:
    text = " ".join(pages())
    assert "71 % were in March.[1]" in text
    assert "within two working days[2]; one copy in eight" in text
    assert "on 21 February 2026[5, expired]" in text
    assert "[6] Night shifts in custody, counted from the rota" in text
    assert "A later count says 91 %, on 30 March 2026." in text
    assert "[4] Judgement: Assistant Chief Constable (Operations) Judgement 20 March 2026" in text


def test_the_head_is_found_in_the_bytes_and_no_text_is_small() -> None:
    head = f"watchkeep-head 1204:{whole_paper.HEAD}".encode()
    assert head in made()
    sizes = set()
    for page in pypdfium2.PdfDocument(made()):
        text = page.get_textpage()
        for place, sign in enumerate(text.get_text_range()):
            if not sign.isspace() and place < text.count_chars():
                sizes.add(round(raw.FPDFText_GetFontSize(text.raw, place), 2))
    assert min(sizes - {1.0}) >= 8.5  # 1 is of line ends that the page does not draw
