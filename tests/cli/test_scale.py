"""Scales, categories and appetite from the command line, each command a process on its own database."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.processes import CSV, watchkeep


@pytest.fixture(scope="module")
def harbour(home: Path) -> Path:
    """A register of two risks on a scale of three bands with a matrix."""
    paper = home / "register.csv"
    paper.write_text(CSV, encoding="utf-8")
    brought = ("import", str(paper), "--register", "Harbour risks", "--as-at", "2031-03-31", "--accept")
    assert watchkeep(home, *brought).returncode == 0
    made = watchkeep(
        home,
        *("scale", "new", "Harbour scale", "--bands", "Low, Medium, High"),
        *("--likelihood", "Rare, Likely", "--impact", "Small, Grave"),
        *("--row", "Low, Medium", "--row", "Medium, High"),
        *("--from", "2031-01-01", "--use", "harbour-risks"),
    )
    assert made.returncode == 0, made.stderr
    return home


def test_a_scale_is_set_shown_and_used(harbour: Path) -> None:
    listed = watchkeep(harbour, "scale", "list").stdout
    assert "Harbour scale, version 1 from 2031-01-01: Low, Medium, High; used by Harbour risks" in listed
    shown = watchkeep(harbour, "scale", "show", "Harbour scale").stdout
    assert "Likely: Small Medium, Grave High" in shown


def test_a_new_version_says_what_changed(harbour: Path) -> None:
    made = watchkeep(
        harbour,
        *("scale", "new", "Harbour scale", "--bands", "Low, Moderate, High", "--from", "2031-06-01"),
        *("--now-called", "band:Medium=Moderate"),
    )
    assert "version 2" in made.stdout, made.stderr
    shown = watchkeep(harbour, "scale", "show", "Harbour scale").stdout
    assert "Band Moderate is new." in shown
    assert "band medium of before is called Moderate." in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--bands", "Low"), "at least two bands"),
        (("--bands", "Low, High", "--row", "Red"), "no band called “Red”"),
        (("--bands", "Low, High", "--now-called", "Medium"), "written band:Medium=Moderate"),
        (("--bands", "Low, High", "--from", "soon"), "written like 2031-03-31"),
    ],
)
def test_what_cannot_be_a_scale_is_refused_in_one_sentence(
    harbour: Path, arguments: tuple[str, ...], words: str
) -> None:
    refused = watchkeep(harbour, "scale", "new", "Harbour scale", *arguments)
    assert refused.returncode == 2
    assert words in refused.stderr


def test_categories_start_with_the_orange_book_s_and_appetite_is_stated(harbour: Path) -> None:
    assert "13 categories" in watchkeep(harbour, "category", "add", "--starter").stdout
    assert watchkeep(harbour, "category", "add", "Tides", "--description", "High water.").returncode == 0
    assert "Tides  High water." in watchkeep(harbour, "category", "list").stdout
    stated = watchkeep(
        harbour,
        *("appetite", "state", "Tides", "--scale", "Harbour scale", "--up-to", "Low"),
        *("--borne-up-to", "High", "--approved-by", "Harbour Board", "--approved-on", "2020-01-01"),
    )
    assert stated.returncode == 0, stated.stderr
    listed = watchkeep(harbour, "appetite", "list").stdout
    assert "Tides  up to Low, borne up to High; Harbour Board, 2020-01-01" in listed
    assert "Legal  not recorded" in listed
