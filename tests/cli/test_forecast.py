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
