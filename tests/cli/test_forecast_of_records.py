"""`watchkeep forecast K1`, `forecast K1/K2` and `watchkeep question`, on a test's database."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from cast import Force, accepted
from watchkeep.cli import app, commands

commands.attach(app)


def run(*arguments: str) -> Any:
    """Run one command here."""
    return CliRunner().invoke(app, arguments)


def done(*arguments: str) -> str:
    """What one says that must be done."""
    answer = run(*arguments)
    assert answer.exit_code == 0, (arguments, answer.stderr)
    return answer.stdout


@pytest.fixture
def two(force: Force, tmp_path: Path) -> None:
    """K1, reserves: 100 and 1 less each month, give or take a tenth. K2, what they are for: 50."""
    accepted(force)
    months = [date(2023 + at // 12, at % 12 + 1, 1) for at in range(30)]
    for name, values in (
        ("Reserves", [100 - at + 0.1 * (at % 2) for at in range(30)]),
        ("Liability", [50.0] * 30),
    ):
        better = "up" if name == "Reserves" else "down"
        done("indicator", "open", name, "--better", better, "--kind", "money", "--on", "2023-01-01")
        file = tmp_path / f"{name}.csv"
        lines = [f"{on},{value}" for on, value in zip(months, values, strict=True)]
        file.write_text("\n".join(["Month,Value", *lines]), encoding="utf-8")
        done("observe", str(file), "--indicator", "K1" if name == "Reserves" else "K2")


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_an_indicators_forecast_is_kept_and_one_of_a_ratio_is_not() -> None:
    said = json.loads(done("forecast", "k1", "--ahead", "3", "--json"))
    assert [each["on"] for each in said["points"]] == ["2025-07-01", "2025-08-01", "2025-09-01"]
    assert [round(each["middle"]) for each in said["points"]] == [70, 69, 68]
    assert "was not kept" not in done("forecast", "K1")

    # 70 / 50 is 1.4; 68 / 50 is 1.36, the first below 1.37.
    told = done("forecast", "K1/K2", "--better", "up", "--target", "1.37", "--ahead", "4")
    assert "Reserves to Liability: 1.4" in told
    assert "The target of 1.37 is expected to be breached in September 2025" in told
    assert "This forecast was not kept." in told

    supposed = done("forecast", "K1", "--target", "68.5", "--ahead", "4")
    assert "The target of 68.5 is expected to be breached in September 2025" in supposed
    assert "This forecast was not kept." in supposed


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("K9",), "K9"),
        (("K1/K9",), "K9"),
        (("K1", "--better", "up"), "defined in the records"),
        (("K1", "--value", "Month"), "defined in the records"),
        (("K1", "--ahead", "40"), "24"),
    ],
)
def test_what_cannot_be_forecast_is_refused(asked: tuple[str, ...], words: str) -> None:
    answer = run("forecast", *asked)
    assert (answer.exit_code, words in answer.stderr) == (2, True), answer.stderr


@pytest.mark.django_db
def test_a_question_is_asked_and_guessed_and_not_settled_early(force: Force) -> None:
    accepted(force)
    today = timezone.localdate()
    words = ("question", "ask", "Will the lamps be lit?", "--category", "Lamps", "--on")
    assert "Q1 is asked" in done(*words, str(today + timedelta(days=30)))
    assert "No question with a guess" in done("question", "scores")
    for asked, said in (
        (("guess", "1", "--chance", "120"), "100"),
        (("guess", "1", "--low", "1", "--high", "2"), "chance"),
        (("guess", "7", "--chance", "50"), "Q7"),
        (("resolve", "1", "perhaps", "--source", "The log"), "“perhaps” is none of them"),
        (("resolve", "1", "yes", "--source", "The log"), "settled"),
    ):
        refused = run("question", *asked)
        assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr
    done("question", "guess", "1", "--chance", "70")
    done("question", "guess", "1", "--chance", "80", "--why", "The oil came")
    listed = json.loads(done("question", "list", "--json"))
    assert ["80%" in each["Guesses"] for each in listed] == [True]
