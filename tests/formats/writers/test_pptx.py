"""The slides: what their titles find, what can be edited, what is read aloud and in which order."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

import pytest
from pptx import Presentation

import whole_paper
from odd_registers import EDITION, UNUSUAL, forty_columns, ordinary, rated, register, said
from odd_registers import SCALE as OF_FOUR
from watchkeep.domain.document import Risk
from watchkeep.formats.writers import write
from watchkeep.formats.writers.paper.ordering import worst_first
from watchkeep.formats.writers.pptx.choosing import top_of


@cache
def deck() -> Any:
    return Presentation(io.BytesIO(whole_paper.written("pptx")))


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def test_titles_state_what_was_found_worst_first() -> None:
    assert [slide.shapes.title.text_frame.text for slide in deck().slides] == [
        "Of 16 risks, one is Very High, four High, seven Medium-High, three Medium and one Low. Since Q3, "
        "four rose, six fell and six were steady; what a rising arrow means is not recorded. "
        "11 have no due date.",
        "CV-03 Stalking, domestic abuse and hidden harm: Very High, steady in Q4",
        "CV-01 Answering calls and reaching people: High, falling in Q4",
        "CV-05 Evidence, recording and case quality: High, steady in Q4",
        "CV-02 The money does not meet the plan: High, steady in Q4",
        "CV-21 Court delay and the people who wait: High, rising in Q4",
        "How to check this paper",
    ]


def test_the_first_slide_says_what_is_new_what_is_asked_and_which_risks_follow() -> None:
    first = words(deck().slides[0])
    assert "one risk is new, one is gone, one is rated higher and one is rated lower" in first
    assert "1. Note the one risk that stands at Very High" in first
    assert "Of 16 risks, the five that stand at Very High and High are here." in first
    assert "Let out with claims of improvement that rest on nothing" in first


def test_the_chart_can_be_edited_and_has_words() -> None:
    (frame,) = [shape for shape in deck().slides[0].shapes if shape.has_chart]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr").startswith("Bar chart of the number of risks")
    plot = frame.chart.plots[0]
    assert list(plot.categories) == ["Very High", "High", "Medium-High", "Medium", "Low"]
    assert list(plot.series[0].values) == [1, 4, 7, 3, 1]
    colours = [str(plot.series[0].points[place].format.fill.fore_color.rgb) for place in range(5)]
    assert len(set(colours)) == 5


def test_a_slide_is_read_title_first_then_where_it_stands_and_the_foot_last() -> None:
    for slide in list(deck().slides)[1:-1]:
        names = [shape.name for shape in slide.shapes]
        assert names[0].startswith("Title")
        assert names[1] == "Where it stands"
        assert names[-1] == "Edition, marking and number"
    assert words(deck().slides[1]).split("\n")[1] == "Very High"


def test_notes_have_the_whole_text_and_its_sources() -> None:
    said_of = notes(deck().slides[3])
    assert "found 62 within two working days[2]; one copy in eight would not play." in said_of
    assert "[2]; source Test searches of the three evidence stores" in said_of
    assert "Finish the listing and disposal of discs and paper exhibits; owner Head of Forensics" in said_of


def test_the_last_slide_says_how_to_check_and_every_slide_has_its_frame() -> None:
    last = words(list(deck().slides)[-1])
    assert f"1204:{whole_paper.HEAD}" in last
    assert "stand-alone verifier" in last
    for slide in deck().slides:
        assert "OFFICIAL · Edition 8, frozen on 17 April 2026" in words(slide)


def test_every_run_is_in_english_and_nothing_keeps_the_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(whole_paper.written("pptx"))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = archive.read("docProps/core.xml")
        slides = [
            archive.read(each) for each in archive.namelist() if "slides/slide" in each and "rels" not in each
        ]
        book = next(archive.read(each) for each in archive.namelist() if each.endswith(".xlsx"))
    assert f"watchkeep-head 1204:{whole_paper.HEAD}".encode() in about
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", about)) == {b"2026-04-17T00:00:00Z"}
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        days = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", archive.read("docProps/core.xml"))
    assert set(days) == {b"2026-04-17T00:00:00Z"}
    for slide in slides:
        assert slide.count(b"<a:r>") == len(re.findall(rb'<a:r><a:rPr[^>]*lang="en-GB"', slide))


@pytest.mark.parametrize("name", list(UNUSUAL))
def test_an_unusual_register_has_slides_as_well(name: str) -> None:
    made = Presentation(io.BytesIO(write(UNUSUAL[name](), "pptx")))
    assert len(made.slides) == 2 + min(len(UNUSUAL[name]().risks), 10)
    assert "no history stands behind" in words(list(made.slides)[-1]).casefold()


def test_text_that_has_no_room_is_told_to_be_in_the_notes() -> None:
    made = Presentation(io.BytesIO(write(UNUSUAL["very long"](), "pptx", edition=EDITION)))
    slide = made.slides[1]
    assert "(the whole text is in the notes)" in words(slide)
    assert len(words(slide)) < 2000
    assert "number 01899 of very many" in notes(slide)


def test_whole_bands_are_chosen_while_they_fit() -> None:
    def risks(*bands: tuple[str, int]) -> list[Risk]:
        return [
            Risk(key=f"{band}{place}", name=said(band), assessments=rated(band))
            for band, count in bands
            for place in range(count)
        ]

    def chosen(*bands: tuple[str, int]) -> tuple[int, str]:
        document = register(*risks(*bands), scale=OF_FOUR)
        top = top_of(document.model_copy(update={"risks": worst_first(document)}))
        return len(top.keys), top.why

    assert chosen(("Low", 3), ("Severe", 2), ("High", 5), ("Medium", 9)) == (
        7,
        "Of 19 risks, the seven that stand at Severe and High are here.",
    )
    assert chosen(("Severe", 12), ("Low", 3)) == (
        10,
        "Of 15 risks, the first ten are here, the highest rated first.",
    )
    assert chosen(("Low", 2), ("High", 1))[0] == 3


def test_scores_are_ordered_where_there_are_no_bands() -> None:
    keys = [risk.key for risk in worst_first(forty_columns())]
    assert keys == ["S4", "S3", "S2", "S1", "S6", "S0", "S5"]
    assert [risk.key for risk in worst_first(ordinary())] == ["HA1", "HA2", "HA3", "HA4"]
