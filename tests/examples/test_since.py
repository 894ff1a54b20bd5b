"""Successive papers of the invented force, each in another kind of file, and one paper in two kinds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from conditions import REAL, needs_real
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.since import Since, since
from watchkeep.formats.readers import read_file


@cache
def read(file: Path) -> RegisterDocument:
    return read_file(file)


def between(before: Path, after: Path) -> Since:
    return since(read(before), read(after), earlier_called=before.name)


def force(examples: Path, quarter: int, kind: str) -> Path:
    return examples / "calder_vale" / f"2025-26-q{quarter}.{kind}"


def test_a_word_table_against_a_workbook_tells_what_the_year_tells(examples: Path) -> None:
    """By the register's own data: register.toml states what happened between Q2 and Q3."""
    found = between(force(examples, 2, "docx"), force(examples, 3, "xlsx"))
    assert [each.key for each in found.new] == ["CV-21"]
    assert [each.key for each in found.gone] == ["CV-20"]
    assert found.gone[0].reason.startswith("Closed since the last paper: CV-20")
    assert {each.key: (each.before, each.after, each.way) for each in found.moved} == {
        "CV-02": ("Medium-High", "High", "higher"),
        "CV-03": ("High", "Very High", "higher"),
        "CV-09": ("Medium", "Medium-High", "higher"),
        "CV-12": ("Medium", "High", "higher"),
        "CV-13": ("Medium", "Medium-High", "higher"),
    }
    assert [each.due.isoformat() for each in found.newly_late if each.due] == ["2025-11-28"]
    assert (found.retold, found.unsure, found.cover) == ((), (), ())


def test_a_workbook_against_a_pdf_tells_the_next_quarter(examples: Path) -> None:
    found = between(force(examples, 3, "xlsx"), force(examples, 4, "pdf"))
    assert [each.key for each in found.new] == ["CV-22"]
    assert found.gone == ()
    assert {each.key for each in found.moved if each.way == "higher"} == {"CV-21"}
    assert {each.key for each in found.moved if each.way == "lower"} == {
        "CV-01",
        "CV-04",
        "CV-12",
        "CV-17",
        "CV-18",
    }
    assert {each.field for each in found.reworded if each.key == "CV-17"} >= {"name", "description", "impact"}
    assert (found.retold, found.unsure, found.cover) == ((), (), ())


def test_one_paper_in_two_kinds_of_file_differs_only_in_what_the_file_cannot_hold(examples: Path) -> None:
    pdf = force(examples, 4, "pdf")
    assert between(force(examples, 4, "html"), pdf).nothing
    lost = between(pdf, force(examples, 4, "csv"))
    assert [(each.what, each.after) for each in lost.cover] == [
        ("Body", "not recorded"),
        ("Title", "not recorded"),
    ]
    assert lost.model_copy(update={"cover": ()}).nothing


@needs_real
def test_the_real_register_says_the_same_in_every_form() -> None:
    for name in ("register.xlsx", "register.html"):
        assert between(REAL / "register.docx", REAL / name).nothing, name
    title = between(REAL / "register.docx", REAL / "register.csv")
    assert [each.what for each in title.cover] == ["Title"]
    assert title.model_copy(update={"cover": ()}).nothing


@needs_real
def test_a_form_that_lost_its_arrows_is_told_to_have_lost_them_and_nothing_else() -> None:
    lost = between(REAL / "register.docx", REAL / "register-pdftotext-noarrows.txt")
    assert {each.after for each in lost.retold} == {"not recorded"}
    assert {each.before for each in lost.retold} <= {"↑ (up)", "→ (steady)", "↓ (down)"}
    assert lost.model_copy(update={"retold": (), "cover": ()}).nothing
