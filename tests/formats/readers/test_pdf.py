"""PDFs of an invented harbour board, in the layouts that public bodies use: each comes out as it was set."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from watchkeep.domain.document import PagePlace, RegisterDocument, Risk
from watchkeep.formats.readers import read_here
from watchkeep.formats.readers.pdf import extract
from watchkeep.formats.readers.pdf.glyphs import shown

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import papers  # noqa: E402  a module of this folder, found through the line above

POINTS = {"↑": "up", "→": "level", "↓": "down"}


def said(risk: Risk) -> dict[str, Any]:
    """A risk as the builder's rows would say it."""
    assessment = next(iter(risk.assessments), None)
    return {
        "ref": risk.reference.text,
        "title": risk.name.text,
        "description": risk.description.text,
        "cause": risk.cause.text,
        "consequence": risk.impact.text,
        "controls": "\n".join(item.text or "" for item in risk.controls),
        "actions": "\n".join(item.text or "" for item in risk.actions),
        "owner": risk.owner.text,
        "likelihood": assessment.likelihood.text if assessment else None,
        "impact": assessment.impact.text if assessment else None,
        "score": assessment.score.text if assessment else None,
        "rating": assessment.rating.text if assessment else None,
        "fill": assessment.fill if assessment else None,
        "trend": next((each.direction for each in risk.trends), None),
        "review": risk.review_date.text,
    }


def expect(
    document: RegisterDocument, keys: Sequence[str], risks: Sequence[dict[str, str]] = papers.RISKS
) -> None:
    """Every key of every risk, joined over its lines, as it was set."""
    assert [risk.reference.text for risk in document.risks] == [risk["ref"] for risk in risks]
    for read, truth in zip(document.risks, risks, strict=True):
        found = said(read)
        for key in keys:
            wanted = POINTS[truth[key]] if key == "trend" else truth[key]
            got = found[key]
            assert got is not None, (truth["ref"], key)
            if key not in ("controls", "actions"):
                got = " ".join(got.split())
            assert got == wanted, (truth["ref"], key)


FULL = (*papers.PLAIN, "fill")


@pytest.mark.parametrize(
    "build",
    [papers.ruled, papers.without_rules, papers.rules_between_rows, papers.open_sides, papers.sideways],
)
def test_a_table_comes_out_whole_however_its_rules_are_drawn(build: Any) -> None:
    expect(read_here(build(), "harbour.pdf"), FULL)


def test_a_table_without_rules_admits_that_it_was_inferred() -> None:
    risk = read_here(papers.without_rules(), "harbour.pdf").risks[0]
    assert risk.description.confidence < 1
    assert "white between" in risk.description.reason


def test_a_ruled_table_leaves_no_doubt_about_its_cells() -> None:
    assert read_here(papers.ruled(), "harbour.pdf").risks[0].description.confidence == 1


def test_two_rows_of_headings_keep_the_stages_apart() -> None:
    document = read_here(papers.two_level_headings(), "harbour.pdf")
    for risk, truth in zip(document.risks, papers.RISKS, strict=True):
        inherent, residual = risk.assessment("inherent"), risk.assessment("residual")
        assert inherent is not None
        assert residual is not None
        assert inherent.score.text == str(int(truth["likelihood"]) * 5)
        assert (residual.likelihood.text, residual.impact.text) == (truth["likelihood"], truth["impact"])
        assert residual.score.text == truth["score"]


def test_a_category_merged_over_rows_belongs_to_each() -> None:
    document = read_here(papers.grouped(), "harbour.pdf")
    expect(document, ("ref", "title", "description", "consequence", "owner", "rating"))
    categories = [" ".join((risk.category.text or "").split()) for risk in document.risks]
    assert categories == ["People and money", "People and money", "Harbour works", "Harbour works"]


def test_a_bar_across_the_table_names_the_category_of_the_rows_below() -> None:
    document = read_here(papers.sections(), "harbour.pdf")
    expect(document, ("ref", "title", "description", "owner", "rating"))
    categories = [risk.category.text for risk in document.risks]
    assert categories == ["People and money", "People and money", "Harbour works", "Harbour works"]


def test_a_row_a_control_is_still_one_risk() -> None:
    document = read_here(papers.a_row_a_control(), "harbour.pdf")
    expect(document, ("ref", "title", "description", "controls", "rating"))


@pytest.mark.parametrize("repeat", [True, False])
def test_a_table_without_rules_goes_on_over_pages(repeat: bool) -> None:
    data, risks = papers.without_rules_on_many_pages(repeat)
    expect(read_here(data, "harbour.pdf"), FULL, risks)


@pytest.mark.parametrize("stroke", ["(x, y) => (bottom: 0.5pt)", "none"])
def test_prose_around_a_table_is_not_taken_for_risks(stroke: str) -> None:
    document = read_here(papers.in_a_report(stroke), "harbour.pdf")
    assert [" ".join((risk.name.text or "").split()) for risk in document.risks] == [
        risk["title"] for risk in papers.RISKS
    ]
    assert [said(risk)["actions"] for risk in document.risks] == [risk["actions"] for risk in papers.RISKS]
    outside = " ".join(piece.text for piece in (*document.unassigned, *document.header))
    assert "reviewed its principal risks" in outside
    assert "again in June" in outside


def test_a_colour_without_a_word_is_kept_as_a_colour_and_no_word_is_made_up() -> None:
    document = read_here(papers.colour_only(), "harbour.pdf")
    expect(document, ("ref", "fill"))
    assert all(said(risk)["rating"] is None for risk in document.risks)


def test_a_register_over_many_pages_is_one_register() -> None:
    data, risks = papers.many_pages(28)
    expect(read_here(data, "harbour.pdf"), FULL, risks)


def test_headings_on_the_first_page_alone_serve_the_others() -> None:
    data, risks = papers.headings_once(28)
    expect(read_here(data, "harbour.pdf"), FULL, risks)


def test_an_arrow_drawn_as_a_shape_points_where_its_tip_is() -> None:
    document = read_here(papers.drawn_arrows(), "harbour.pdf")
    expect(document, ("ref", "title", "description", "rating", "trend"))


def test_headings_set_upright_are_read() -> None:
    expect(read_here(papers.turned_headings(), "harbour.pdf"), ("ref", "description", "likelihood", "score"))


def test_a_key_and_a_heat_map_are_not_risks() -> None:
    expect(read_here(papers.with_other_tables(), "harbour.pdf"), FULL)


@pytest.mark.parametrize("stroke", ["0.5pt", "none"])
def test_a_form_a_page_is_a_risk_a_form(stroke: str) -> None:
    expect(
        read_here(papers.forms(stroke), "harbour.pdf"),
        ("ref", "title", "description", "cause", "consequence", "controls", "actions", "owner", "score",
         "rating", "trend", "review"),
    )  # fmt: skip


def test_page_numbers_are_furniture_and_the_title_is_not() -> None:
    document = read_here(papers.many_pages(28)[0], "harbour.pdf")
    furniture = " ".join(piece.text for piece in document.furniture)
    assert "Page 1 of" in furniture
    assert "Corporate Risk Register" in (document.name.text or "")


def test_every_field_says_where_it_stands_on_its_page() -> None:
    """The box of a title holds the title: found again by an independent reader of the PDF's text."""
    data = papers.ruled()
    page = pypdfium2.PdfDocument(data)[0]
    height = page.get_height()
    for risk in read_here(data, "harbour.pdf").risks:
        boxes = [place.box for place in risk.name.places if isinstance(place, PagePlace)]
        assert boxes
        inside = " ".join(
            page.get_textpage().get_text_bounded(x0 - 1, height - bottom - 1, x1 + 1, height - top + 1)
            for x0, top, x1, bottom in boxes
        )
        assert " ".join(inside.split()) == risk.name.text


def test_a_sideways_page_gives_places_as_the_page_lies() -> None:
    data = papers.sideways()
    page = pypdfium2.PdfDocument(data)[0]
    risk = read_here(data, "harbour.pdf").risks[1]
    places = [place for place in risk.owner.places if isinstance(place, PagePlace)]
    assert places
    x0, top, x1, bottom = places[0].box
    height = page.get_height()
    inside = page.get_textpage().get_text_bounded(x0 - 1, height - bottom - 1, x1 + 1, height - top + 1)
    assert "".join(inside.split()) == "MarineManager"


def test_a_page_turned_by_the_file_reads_as_it_is_seen(tmp_path: Path) -> None:
    turned = tmp_path / "turned.pdf"
    with pikepdf.open(_saved(papers.sideways(), tmp_path)) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(turned)
    expect(read_here(turned.read_bytes(), "harbour.pdf"), FULL)


def _saved(data: bytes, folder: Path) -> Path:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    return path


def test_text_of_every_kind_of_paper_is_all_kept() -> None:
    """Every word that an independent reader finds in the PDF stands in some cell or some loose text."""
    for build in (papers.ruled, papers.without_rules, papers.grouped, papers.with_other_tables, papers.forms):
        data = build()
        found = extract(data, "harbour.pdf")
        kept = " ".join(
            [cell.text for table in found.tables for row in table.rows for cell in row]
            + [piece.text for piece in (*found.loose, *found.furniture)]
        )
        pdf = pypdfium2.PdfDocument(data)
        words = set(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
        missing = {word for word in words if word.replace("\ufffe", "") not in kept and "\ufffe" not in word}
        assert not missing, build.__name__


@pytest.mark.parametrize(
    ("letter", "font", "seen"),
    [
        ("\uf0e9", "ABCDEF+Wingdings-Regular", "↑"),
        ("\uf0ea", "Wingdings", "↓"),
        ("\uf0f0", "ABCDEF+Wingdings", "⇨"),
        ("h", "ABCDEF+Wingdings3", "↑"),
        ("\uf070", "Wingdings 3", "▲"),
        ("\uf0af", "SymbolMT", "↓"),
        ("5", "Webdings", "▲"),
        ("h", "Helvetica", "h"),
        ("\uf0e9", "UnknownSymbols", "\uf0e9"),
        ("(cid:12)", "Wingdings", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_a_symbol_font_is_read_by_its_own_chart(letter: str, font: str, seen: str) -> None:
    assert shown(letter, font) == seen


def test_a_scanned_page_among_others_is_pointed_out() -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.ruled())) as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        scan = pdf.make_stream(
            bytes(10 * 10), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=scan))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
        pdf.save(saved)
    document = read_here(saved.getvalue(), "harbour.pdf")
    expect(document, FULL)
    assert any("Page 2 holds a picture" in doubt.sentence for doubt in document.doubts)
