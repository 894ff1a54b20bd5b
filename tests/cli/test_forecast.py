"""`watchkeep forecast` on a file: what it prints, what it keeps apart as data, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from watchkeep.cli.forecast import forecast

APP = typer.Typer()
APP.command()(forecast)

# 51 and 2 more each month, give or take 1: 111, 113 and 115 are next.
RISING = [f"{2023 + month // 12}-{month % 12 + 1:02d}-01,{50 + 2 * month + month % 3}" for month in range(30)]


def a_file(folder: Path, rows: list[str]) -> str:
    path = folder / "Waiting.csv"
    path.write_text("\n".join(["Month,Cases", *rows]), encoding="utf-8")
    return str(path)


def test_a_file_that_rises_is_told_with_its_ways_and_the_day_on_which_its_limit_goes(tmp_path: Path) -> None:
    file = a_file(tmp_path, RISING)
    done = CliRunner().invoke(APP, [file, "--better", "down", "--target", "114", "--ahead", "3"])
    assert done.exit_code == 0, done.output
    assert "is expected for July 2025" in done.output
    assert "The target of 114 is expected to be breached in September 2025" in done.output
    assert "naive: MASE" in done.output
    asked = [file, "--ahead", "2", "--json"]
    said = json.loads(CliRunner().invoke(APP, asked).output)
    assert [each["on"] for each in said["points"]] == ["2025-07-01", "2025-08-01"]
    assert said["beats_naive"] is True


def test_a_file_that_is_too_short_is_refused_in_one_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(APP, [a_file(tmp_path, RISING[:9])])
    assert done.exit_code == 2
    assert "takes 24 readings without a gap, and there are 9" in done.output


def test_both_naive_ways_are_printed_beside_the_others_with_how_near_they_came(tmp_path: Path) -> None:
    done = CliRunner().invoke(APP, [a_file(tmp_path, RISING), "--ahead", "1"])
    for way in ("naive", "seasonal naive", "smoothing", "theta"):
        (line,) = [
            each for each in done.output.splitlines() if each.strip().startswith((way + ":", way + " ("))
        ]
        assert "MASE" in line
        assert "CRPS" in line
        assert "80 % held" in line


def test_a_ratio_of_two_columns_goes_below_its_limit_on_the_month_that_its_parts_say(tmp_path: Path) -> None:
    """Reserves fall by 1 a month from 100 against 50, give or take 0.1: after month 33, 66 is next, which is
    1.32; 65.1 is still above 1.3, and 64 is below it.
    """
    rows = [
        f"{2023 + month // 12}-{month % 12 + 1:02d}-01,{100 - month + 0.1 * (month % 2)},50"
        for month in range(34)
    ]
    path = tmp_path / "Money.csv"
    path.write_text("\n".join(["Month,Reserves,Liability", *rows]), encoding="utf-8")
    ratio = ("--numerator", "Reserves", "--denominator", "Liability", "--better", "up", "--ahead", "4")
    done = CliRunner().invoke(APP, [str(path), *ratio, "--target", "1.3"])
    assert done.exit_code == 0, done.output
    assert "Reserves to Liability: 1.32" in done.output
    assert "The target of 1.3 is expected to be breached in January 2026" in done.output
    alone = CliRunner().invoke(APP, [str(path), "--numerator", "Reserves"])
    assert alone.exit_code == 2
    assert "go together" in alone.output


def test_a_limit_needs_no_direction_and_a_target_says_that_it_does(tmp_path: Path) -> None:
    file = a_file(tmp_path, RISING)
    done = CliRunner().invoke(APP, [file, "--upper", "114", "--ahead", "3"])
    assert "The upper tolerance of 114 is expected to be breached in September 2025" in done.output
    done = CliRunner().invoke(APP, [file, "--target", "114", "--ahead", "1"])
    assert "a target has no wrong side" in done.output


def test_a_limit_that_no_reading_can_have_is_refused(tmp_path: Path) -> None:
    shares = [
        each.rpartition(",")[0] + f",{0.9 + 0.01 * (place % 4):.2f}" for place, each in enumerate(RISING)
    ]
    done = CliRunner().invoke(APP, [a_file(tmp_path, shares), "--kind", "share", "--target", "95"])
    assert done.exit_code == 2
    assert "goes from 0 to 1" in done.output
