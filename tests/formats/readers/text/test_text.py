"""Registers that have become text: what each shape yields, and that nothing of the file is lost."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from conditions import REAL, needs_real
from watchkeep.domain.document import LinePlace
from watchkeep.domain.draft import doubts, fields
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Cell, Extract
from watchkeep.formats.readers import read_here
from watchkeep.formats.readers.text import extract

FIXTURES = Path(__file__).parent / "fixtures"

MARKDOWN = """# Strategic risks, Northmoor Council

| Ref | Risk | Cause | Existing controls | Score | Owner |
|-----|------|-------|-------------------|-------|-------|
| SR1 | **Cyber attack** | Phishing | - Firewalls<br>- Training | 20 | Chief Digital Officer |
| SR2 | Budget gap | Inflation | Monthly monitoring | 12 | Section 151 Officer |
"""
LABELLED = """Strategic risks

Risk ID: R01
Risk title: Loss of a key supplier
Description: There is a risk that a supplier fails, so that
services stop for a time.
Controls:
- Contract reviews each quarter
- Second supplier named
Likelihood: 3  Impact: 4  Score: 12
Owner: Head of Procurement

Risk ID: R02
Risk title: Flooding of the depot
Description: The depot stands on a flood plain.
Controls:
- Flood plan
Likelihood: 2  Impact: 5  Score: 10
Owner: Head of Property
"""
HEADED = """1.1 Loss of power

Cause
The substation is old and has failed twice
in the past year.

Mitigation
Generators are tested monthly.

Owner
Head of Estates

1.2 Fraud

Cause
Weak checks on new suppliers.

Mitigation
Two people approve each change of bank details.

Owner
Head of Finance
"""


def said(found: Extract) -> list[dict[str, str]]:
    """The rows of the only table, each as heading -> text on one line."""
    (table,) = found.tables
    headings = [" ".join(cell.text.split()) for cell in table.rows[0]]
    return [
        {heading: " ".join(cell.text.split()) for heading, cell in zip(headings, row, strict=True)}
        for row in table.rows[1:]
    ]


def bare(text: str) -> str:
    """Letters, digits and arrows alone."""
    return re.sub(r"[^a-z0-9↑→↓]", "", text.casefold())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def every_cell(found: Extract) -> list[Cell]:
    return [cell for table in found.tables for row in table.rows for cell in row]


def share_right(name: str, mode: str) -> float:
    """How many cells of an invented register come out as they were written, of all."""
    truth = json.loads((FIXTURES / f"invented-{name}.json").read_text("utf-8"))
    found = said(extract((FIXTURES / f"invented-{name}-{mode}.txt").read_bytes(), "invented.txt"))
    rows = {row.get(truth["headings"][0], ""): row for row in found}
    total = right = 0
    for row in truth["rows"]:
        for heading, text in zip(truth["headings"], row, strict=True):
            total += 1
            right += bare(rows.get(row[0], {}).get(heading, "\0")) == bare(text)
    return right / total


def test_a_pipe_table_is_read_with_its_markup_taken_off() -> None:
    rows = said(extract(MARKDOWN.encode(), "risks.md"))
    assert rows[0] == {
        "Ref": "SR1",
        "Risk": "Cyber attack",
        "Cause": "Phishing",
        "Existing controls": "- Firewalls - Training",
        "Score": "20",
        "Owner": "Chief Digital Officer",
    }
    assert [row["Ref"] for row in rows] == ["SR1", "SR2"]


def test_labelled_blocks_become_one_row_each() -> None:
    rows = said(extract(LABELLED.encode(), "risks.txt"))
    assert (
        rows[0]["Description"] == "There is a risk that a supplier fails, so that services stop for a time."
    )
    assert (rows[0]["Likelihood"], rows[0]["Impact"], rows[0]["Score"]) == ("3", "4", "12")
    assert rows[1]["Controls"] == "- Flood plan"
    assert rows[1]["Owner"] == "Head of Property"


def test_numbered_headings_with_sections_become_one_row_each() -> None:
    rows = said(extract(HEADED.encode(), "risks.txt"))
    assert [row["Reference"] for row in rows] == ["1.1", "1.2"]
    assert rows[0]["Cause"] == "The substation is old and has failed twice in the past year."
    assert rows[1]["Risk title"] == "Fraud"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = MARKDOWN.replace("Budget gap", "Budget gap – £1m")
    assert said(extract(text.encode(encoding), "risks.md"))[1]["Risk"] == "Budget gap – £1m"


@pytest.mark.parametrize(
    "data",
    [b"", b" \r\n\f\n", bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 500, b"Dear colleague,\n\nlunch?\n"],
)
def test_what_is_no_register_is_refused_with_where_why_and_remedy(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        extract(data, "letter.txt")
    assert refusal.value.where == "letter.txt"
    assert refusal.value.why
    assert refusal.value.remedy


@pytest.mark.parametrize("text", [MARKDOWN, LABELLED, HEADED])
def test_no_word_of_the_file_is_lost(text: str) -> None:
    found = extract(text.encode(), "risks.md")
    kept = [piece.text for cell in every_cell(found) for piece in cell.pieces]
    kept += [piece.text for piece in (*found.loose, *found.furniture)]
    missing = words(text.replace("<br>", " ")) - words("\n".join(kept))
    assert not missing


@pytest.mark.parametrize("name", ["7", "11", "13", "2", "123"])
def test_columns_kept_by_spaces_come_out_as_they_were_written(name: str) -> None:
    assert share_right(name, "layout") >= 0.98


@pytest.mark.parametrize("name", ["117", "118"])
def test_columns_whose_headings_touch_mostly_come_out_as_they_were_written(name: str) -> None:
    assert share_right(name, "layout") >= 0.9


@pytest.mark.parametrize("name", ["2", "10", "11", "16", "114", "123"])
def test_cells_put_out_one_by_one_mostly_find_their_way_back(name: str) -> None:
    assert share_right(name, "plain") >= 0.9


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.txt")), ids=lambda path: path.stem)
def test_each_piece_stands_in_the_file_where_it_says(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    found = extract(path.read_bytes(), path.name)
    for cell in every_cell(found):
        for piece in cell.pieces:
            place = piece.place
            assert isinstance(place, LinePlace)
            line = lines[place.line - 1]
            assert piece.text == (line.strip() if place.start is None else line[place.start : place.end])


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.txt")), ids=lambda path: path.stem)
def test_no_character_is_lost_or_used_twice(path: Path) -> None:
    found = extract(path.read_bytes(), path.name)
    kept = [piece.text for cell in every_cell(found) for piece in cell.pieces]
    kept += [piece.text for piece in (*found.loose, *found.furniture)]
    assert words("\n".join(kept)) == words(path.read_text("utf-8"))


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*-plain.txt")), ids=lambda path: path.stem)
def test_what_was_placed_by_inference_says_so(path: Path) -> None:
    for cell in every_cell(extract(path.read_bytes(), path.name)):
        assert cell.confidence == 1 or cell.reason


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*-plain.txt")), ids=lambda path: path.stem)
def test_what_order_alone_placed_is_never_nearly_certain(path: Path) -> None:
    by_order = [
        cell for cell in every_cell(extract(path.read_bytes(), path.name)) if "by order" in cell.reason
    ]
    assert by_order
    assert all(cell.confidence <= 0.85 for cell in by_order)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*-plain.txt")), ids=lambda path: path.stem)
def test_whatever_order_placed_is_put_to_a_person(path: Path) -> None:
    document = read_here(path.read_bytes(), path.name)
    uncertain = [doubt for doubt in doubts(document) if doubt.code == "uncertain"]
    asked = {(doubt.risk, doubt.field) for doubt in uncertain}
    general = [doubt.sentence for doubt in uncertain if doubt.risk is None]
    for risk in document.risks:
        for name, field in fields(risk):
            if field.recorded and "by order" in field.reason:
                # What holds for most risks alike is asked once for the register.
                assert (risk.key, name) in asked or any(field.reason in each for each in general)


def test_more_is_said_of_a_cell_beside_its_reference_than_of_one_placed_by_order() -> None:
    cells = every_cell(extract((FIXTURES / "invented-123-plain.txt").read_bytes(), "risks.txt"))
    beside = [cell.confidence for cell in cells if cell.reason == "stands in one row with the reference"]
    placed = [cell.confidence for cell in cells if cell.reason.startswith("placed by order")]
    assert beside
    assert placed
    assert min(beside) > max(placed)


def test_a_lost_arrow_stays_empty_and_says_why() -> None:
    text = (FIXTURES / "invented-2-plain.txt").read_text("utf-8")
    assert re.search("[↑→↓]", text)
    found = extract(re.sub("[↑→↓]", "", text).encode(), "risks.txt")
    assert {row["Direction of Travel"] for row in said(found)} == {""}


def truth(name: str) -> list[dict[str, object]]:
    risks: list[dict[str, object]] = json.loads((REAL / name).read_text("utf-8"))["risks"]
    return risks


@needs_real
@pytest.mark.parametrize(
    ("file", "answers"),
    [
        ("source.txt", "expected.json"),
        ("register-pdftotext.txt", "expected-renditions.json"),
        ("register-pdftotext-noarrows.txt", "expected-renditions.json"),
        ("register-pdftotext-layout.txt", "expected-renditions.json"),
    ],
)
def test_the_published_register_comes_out_whole(file: str, answers: str) -> None:
    rows = said(extract((REAL / file).read_bytes(), file))
    for risk, row in zip(truth(answers), rows, strict=True):
        name, description, impact, controls = list(row.values())[1:5]
        assert row["ID"] == risk["id"]
        assert bare(name) == bare(str(risk["name"]))
        for text, field in ((description, "description"), (impact, "impact")):
            parts = risk[f"{field}_parts"] or [{"part": "", "text": risk[field]}]
            assert isinstance(parts, list)
            assert bare(text) == bare(" ".join(f"{each['part']} {each['text']}" for each in parts))
        items = risk["controls"]
        assert isinstance(items, list)
        told = bare(" ".join(each["text"] for each in items))
        assert bare(re.sub(r"(?:(?<=\s)|^)(?:i|ii|iii|iv)(?: -)?(?=\s)", "", controls)) == told
        assert bare(row["Residual Risk Rating"]) == bare(str(risk["residual_rating"]))


@needs_real
@pytest.mark.parametrize("file", ["source.txt", "register-pdftotext-noarrows.txt"])
def test_no_lost_trend_of_the_published_register_is_guessed(file: str) -> None:
    found = extract((REAL / file).read_bytes(), file)
    for risk, row in zip(truth("expected.json"), said(found), strict=True):
        trends = risk["trends"]
        assert isinstance(trends, dict)
        assert {period: row[f"{period} Trending"] or None for period in trends} == trends


@needs_real
def test_the_published_register_is_read_in_well_under_a_second() -> None:
    data = (REAL / "source.txt").read_bytes()
    started = time.process_time()
    extract(data, "source.txt")
    assert time.process_time() - started < 1.0
