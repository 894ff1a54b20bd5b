"""The example body's papers are current, small, and read by the product into what they were made from."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

Compare = Callable[[Mapping[str, Any], Mapping[str, Any]], list[str]]
Read = Callable[[Path], Mapping[str, Any]]

PAPERS = (
    ("2025-26-q2.docx", "2025-26-q2"),
    ("2025-26-q3.xlsx", "2025-26-q3"),
    ("2025-26-q4.pdf", "2025-26-q4"),
    ("2025-26-q4.csv", "2025-26-q4"),
    ("2025-26-q4.html", "2025-26-q4"),
)


def truth_of(examples: Path, stem: str) -> dict[str, Any]:
    path = examples / "calder_vale" / f"{stem}.truth.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def ratings_of(examples: Path, stem: str) -> dict[str, str]:
    return {risk["id"]: risk["residual_rating"] for risk in truth_of(examples, stem)["risks"]}


def made_in(folder: Path, examples: Path) -> dict[Path, bytes]:
    command = [sys.executable, str(examples / "make.py"), "--into", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def content_of(file: bytes) -> Any:
    """The members of an archive, since compression differs between machines; of any other file, its bytes."""
    if not zipfile.is_zipfile(io.BytesIO(file)):
        return file
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_files_are_what_the_data_give_today(examples: Path, tmp_path: Path) -> None:
    made = made_in(tmp_path, examples)
    assert len(made) == 24
    stale = [
        str(name)
        for name, file in made.items()
        if content_of((examples / name).read_bytes()) != content_of(file)
    ]
    assert not stale, f"run `python examples/make.py`: {', '.join(stale)}"


def test_making_the_files_twice_gives_the_same_bytes(examples: Path, tmp_path: Path) -> None:
    assert made_in(tmp_path / "once", examples) == made_in(tmp_path / "again", examples)


def test_every_example_file_is_small(examples: Path) -> None:
    large = [str(path) for path in examples.rglob("*") if path.is_file() and path.stat().st_size > 200_000]
    assert not large


@pytest.mark.parametrize(("file", "stem"), PAPERS)
def test_a_paper_is_read_into_what_it_was_made_from(
    file: str, stem: str, examples: Path, read: Read, compare: Compare
) -> None:
    told = compare(truth_of(examples, stem), read(examples / "calder_vale" / file))
    assert not told, "\n".join(told)


@pytest.mark.parametrize(
    ("file", "period", "day"),
    [
        ("2025-26-q2.docx", "2025/26 Q2", "2025-09-30"),
        ("2025-26-q3.xlsx", "2025/26 Q3", "2025-12-31"),
        ("2025-26-q4.pdf", "2025/26 Q4", "2026-03-31"),
        ("2025-26-q4.html", "2025/26 Q4", "2026-03-31"),
    ],
)
def test_a_paper_says_whose_it_is_and_when(
    file: str, period: str, day: str, examples: Path, document: Callable[[Path], Any]
) -> None:
    read = document(examples / "calder_vale" / file)
    assert read.body.text == "Calder Vale Police"
    assert read.period.text == period
    assert read.as_at.on
    assert read.as_at.on.isoformat() == day


def test_the_last_paper_repeats_its_headings_and_breaks_a_risk_over_two_pages(examples: Path) -> None:
    paper = pypdfium2.PdfDocument((examples / "calder_vale" / "2025-26-q4.pdf").read_bytes())
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in paper]
    assert len(pages) > 1
    assert all("Key controls and activity" in page for page in pages)
    begins = next(number for number, page in enumerate(pages) if "Digital evidence is kept" in page)
    assert "Post of Disclosure Lead is advertised" in pages[begins + 1]


def test_risks_open_close_move_and_are_reworded_between_the_papers(examples: Path) -> None:
    second, third, fourth = (ratings_of(examples, f"2025-26-q{number}") for number in (2, 3, 4))
    assert set(second) - set(third) == {"CV-20"}
    assert set(third) - set(second) == {"CV-21"}
    assert set(fourth) - set(third) == {"CV-22"}
    assert (second["CV-12"], third["CV-12"], fourth["CV-12"]) == ("Medium", "High", "Medium-High")
    names = [
        {risk["id"]: risk["name"] for risk in truth_of(examples, f"2025-26-q{number}")["risks"]}
        for number in (3, 4)
    ]
    assert {ref for ref in names[0] if names[0][ref] != names[1][ref]} == {"CV-17"}
    assert set(fourth.values()) == {"Low", "Medium", "Medium-High", "High", "Very High"}
