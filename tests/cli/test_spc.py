"""`watchkeep spc` on files as people have them: separators, dates, signs, gaps, and what is wrong in them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from watchkeep.cli.spc import spc

APP = typer.Typer()
APP.command()(spc)
# Mean 10.5, and two far above at the end.
VALUES = [10, 12, 11, 9, 10, 11, 12, 9, 10, 11, 9, 12, 10, 11, 9, 12, 11, 10, 12, 9, 30, 31]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(APP, [str(each) for each in arguments])


def data(*arguments: object) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def month(place: int) -> tuple[int, int]:
    return 2022 + place // 12, place % 12 + 1


def table(heads: str, rows: list[str]) -> str:
    return "\n".join([heads, *rows]) + "\n"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    rows = ["{:d}-{:02d}-01,{}".format(*month(place), value) for place, value in enumerate(VALUES)]
    path = tmp_path / "calls.csv"
    path.write_text(table("date,value", rows), encoding="utf-8")
    return path


def data_of_plain(folder: Path) -> dict[str, Any]:
    path = folder / "same.csv"
    rows = ["{:d}-{:02d}-01,{}".format(*month(at), value) for at, value in enumerate(VALUES)]
    path.write_text(table("date,value", rows), encoding="utf-8")
    return data(path)


FILES: dict[str, bytes] = {
    "semicolons, a mark of order, months in words": (
        "\ufeff"
        + table(
            "Month;Calls",
            [f"{MONTHS[month(at)[1] - 1]} {month(at)[0]};{value}" for at, value in enumerate(VALUES)],
        )
    ).encode(),
    "tabs, sixteen bits, British days": table(
        "Period\tCalls",
        ["01/{1:02d}/{0}\t{2}".format(*month(at), value) for at, value in enumerate(VALUES)],
    ).encode("utf-16"),
    "bars, days as spreadsheets count them": table(
        "When|Value",
        [f"{(date(*month(at), 1) - date(1899, 12, 30)).days}|{value}.0" for at, value in enumerate(VALUES)],
    ).encode(),
    "quotes, thousands, the latest first": table(
        "Date,Value",
        [f'"{month(at)[0]}-{month(at)[1]:02d}","{value}"' for at, value in reversed(list(enumerate(VALUES)))],
    ).encode("cp1252"),
    "lines that end as on old Macintoshes": table(
        "date,value",
        ["{:d}-{:02d}-01,{}".format(*month(at), value) for at, value in enumerate(VALUES)],
    )
    .replace("\n", "\r")
    .encode(),
    "no headings": table(
        "2022-01-01,10",
        ["{:d}-{:02d}-01,{}".format(*month(at), value) for at, value in enumerate(VALUES) if at],
    ).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_months_are_read_from_files_of_every_sort(name: str, plain: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(FILES[name])
    found, expected = data(path), data(plain)
    for part in ("points", "segments", "verdict", "frequency"):
        assert found[part] == expected[part]


def test_thousands_and_per_cent_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "signs.csv"
    rows = [
        f'{month(at)[0]}-{month(at)[1]:02d},"{value},000","{value}.5%"' for at, value in enumerate(VALUES)
    ]
    path.write_text(table("Month,Calls,Share late", rows), encoding="utf-8")
    assert data(path, "--value", "calls")["points"][0]["value"] == 10_000
    share = data(path, "--value", "Share late", "--target", "20%")
    assert (share["unit"], share["points"][0]["value"], share["target"]) == ("%", 10.5, 20)


def test_commas_before_fractions_are_seen_and_said(tmp_path: Path) -> None:
    path = tmp_path / "commas.csv"
    rows = [f"{month(at)[0]}-{month(at)[1]:02d};1.0{value:02d},5" for at, value in enumerate(VALUES)]
    path.write_text(table("Month;Value", rows), encoding="utf-8")
    told = data(path)
    assert told["points"][0]["value"] == 1010.5
    assert any("Commas are read as decimal signs" in each for each in told["notes"])


def test_what_the_data_hold(plain: Path) -> None:
    told = data(plain, "--better", "down", "--target", "20")
    assert told["verdict"] == "worsening"
    assert told["sentence"] == (
        "Worsening: the readings of September 2023 and October 2023 above the upper limit."
    )
    assert (told["confirmed"], told["provisional"], told["dialect"]) == (True, False, "mdc")
    (segment,) = told["segments"]
    # By hand: the first twenty have a sum of 210, and their 19 moving ranges one of 33.
    assert segment["mean"] == pytest.approx(10.5)
    assert segment["upper"] == pytest.approx(10.5 + 2.66 * 33 / 19)
    assert (segment["fixed_on"], segment["first"], segment["last"]) == (20, "2022-01-01", "2023-10-01")
    assert [point["signals"][0] for point in told["points"][-2:]] == ["astronomical", "astronomical"]
    assert {point["meaning"] for point in told["points"][-2:]} == {"concern"}
    assert told["target_capability"] == "consistently meets"  # the limits end below 20


def test_a_person_reads_one_sentence_first_and_then_a_small_table(plain: Path) -> None:
    lines = run(plain, "--better", "down", "--target", "12").stdout.splitlines()
    assert lines[0] == "Worsening: the readings of September 2023 and October 2023 above the upper limit."
    assert lines[2].split() == ["limits", "readings", "lower", "mean", "upper", "fixed", "on"]
    assert any(each.startswith("2023-09-01  30") and "astronomical" in each for each in lines)
    assert any(each.startswith("Target 12: hit and miss") for each in lines)


def test_rebases_begin_segments_and_keep_their_reasons(plain: Path) -> None:
    first, second = data(plain, "--rebase", "01/02/2023:A new system")["segments"]
    assert (first["last"], second["first"], second["reason"]) == ("2023-01-01", "2023-02-01", "A new system")
    assert len(data(plain, "--rebase", "2022-09-01", "--rebase", "2023-05-01: more")["segments"]) == 3


def test_the_dialect_the_baseline_and_the_screening_are_as_asked(plain: Path) -> None:
    assert data(plain)["segments"][0]["fixed_on"] == 20
    assert data(plain, "--baseline", "12")["segments"][0]["fixed_on"] == 12
    assert data(plain, "--baseline", "all")["segments"][0]["fixed_on"] == 22
    screened = data(plain, "--dialect", "ptd")["segments"][0]
    wide = data(plain, "--dialect", "ptd", "--no-screening")["segments"][0]
    assert (screened["fixed_on"], screened["mean"]) == (22, wide["mean"])
    assert screened["upper"] < wide["upper"]


def test_shares_are_read_from_their_parts(tmp_path: Path) -> None:
    """NIST/SEMATECH e-Handbook 6.3.3.2: a centre of 0.2313 between 0.0524 and 0.4102."""
    hits = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12]
    rows = [
        f"{date(2024, 1, 1) + timedelta(days=at)},{value},50" for at, value in enumerate([*hits, 7, 13, 9, 6])
    ]
    path = tmp_path / "chips.csv"
    path.write_text(table("day,misregistered,inspected", rows), encoding="utf-8")
    columns = ("--numerator", "misregistered", "--denominator", "inspected")
    told = data(path, "--family", "p", *columns, "--baseline", "all", "--better", "down")
    (segment,) = told["segments"]
    limits = (segment["mean"], segment["lower"], segment["upper"])
    assert limits == pytest.approx((0.2313, 0.0524, 0.4102), abs=5e-5)
    refused = run(path, "--family", "p")
    assert (refused.exit_code, "--numerator and --denominator" in refused.output) == (2, True)


def test_an_empty_cell_is_a_gap_and_no_error(plain: Path) -> None:
    text = plain.read_text(encoding="utf-8").replace("2022-06-01,11", "2022-06-01,")
    plain.write_text(text, encoding="utf-8")
    told = data(plain)
    assert len(told["points"]) == len(VALUES) - 1
    assert any("one gap between readings" in each for each in told["cautions"])


def test_days_that_can_be_read_two_ways_are_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text(table("date,value", [f"0{at}/01/2024,{at}" for at in range(1, 10)]), encoding="utf-8")
    told = data(path)
    assert told["points"][1]["date"] == "2024-01-02"
    assert any("month first" in each for each in told["notes"])


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("date,value\n2024-01-01,5\n2024-02-01,many\n", (), "Line 3, cell B3: found “many”"),
        ("date,value\n2024-01-01,5\n2024-13-01,6\n", (), "Line 3, cell A3: found “2024-13-01”"),
        ("date,value\n2024-01-01,5\n2024-01-01,6\n", (), "line 2 has the one for 01/01/2024"),
        ("date,value\n2024-01-01,nan\n2024-02-01,5\n", (), "Line 2, cell B2: found “nan”"),
        ("date,value\n2024-01-01,inf\n2024-02-01,5\n", (), "Line 2, cell B2: found “inf”"),
        ("date,value\n", (), "No column was found whose cells are days"),
        ("date,value\n2024-01-01,\n", (), "There is no reading in it"),
        ("", (), "The file is empty"),
        ("name,colour\nA,red\nB,blue\n", (), "No column was found whose cells are days"),
        ("what,Jan 2024,Feb 2024,Mar 2024\nCalls,5,6,7\n", (), "put each on a line of its own"),
        (
            "date,value\n2024-01-01,5\n",
            ("--value", "cost"),
            "There is no column “cost”. It has “date”, “value”.",
        ),
        ("date,value\n2024-01-01,5\n", ("--baseline", "5"), "expected 12 readings or more"),
        ("date,value\n2024-01-01,5\n", ("--rebase", "soon"), "--rebase: found “soon”; expected a day"),
        ("date,value\n2024-01-01,5\n", ("--target", "high"), "--target: found “high”; expected a number"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_with_exit_code_two(
    text: str, options: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")
    done = run(path, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize("heading", ["Rolling 12-month average", "Year to date"])
def test_what_runs_on_is_refused_unless_somebody_says_that_it_does_not(heading: str, tmp_path: Path) -> None:
    path = tmp_path / "running.csv"
    rows = ["{:d}-{:02d}-01,{}".format(*month(at), value) for at, value in enumerate(VALUES)]
    path.write_text(table(f"date,{heading}", rows), encoding="utf-8")
    done = run(path, "--json")
    assert (done.exit_code, done.stdout, "--each-period" in done.stderr) == (2, "", True)
    assert data(path, "--each-period")["verdict"] == "changed high"


def test_a_file_of_one_column_is_told_that_it_takes_two(tmp_path: Path) -> None:
    path = tmp_path / "alone.csv"
    path.write_text(table("value", [str(value) for value in VALUES]), encoding="utf-8")
    done = run(path)
    assert (done.exit_code, "it takes two" in done.stderr) == (2, True)


def test_values_can_come_through_a_pipe(plain: Path) -> None:
    done = CliRunner().invoke(APP, ["-", "--json"], input=plain.read_bytes())
    told = json.loads(done.stdout)
    assert (told["points"], told["name"]) == (data(plain)["points"], "value")


def test_a_file_of_several_indicators_is_told_to_be(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = [f"{name},2024-01-01,{value}" for name, value in (("K1", 5), ("K2", 6))]
    path.write_text(table("indicator,date,value", rows), encoding="utf-8")
    done = run(path)
    assert (done.exit_code, "several indicators: “K1”, “K2”" in done.stderr) == (2, True)


def test_a_target_in_per_cent_of_shares_of_one_is_a_share(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    rows = ["{:d}-{:02d}-01,{}".format(*month(at), value / 40) for at, value in enumerate(VALUES)]
    path.write_text(table("date,value", rows), encoding="utf-8")
    assert data(path, "--target", "90%")["target"] == pytest.approx(0.9)
    percent = [row.replace(",", ",9") + "%" for row in rows]
    path.write_text(table("date,value", percent), encoding="utf-8")
    assert any("read as 0.9%" in each for each in data(path, "--target", "0.9")["notes"])


def test_days_without_signs_between_their_parts_and_other_money_are_read(tmp_path: Path) -> None:
    path = tmp_path / "basic.csv"
    rows = ["{:d}{:02d}01,€{}".format(*month(at), value) for at, value in enumerate(VALUES)]
    path.write_text(table("date,value", rows), encoding="utf-8")
    points = data(path)["points"]
    assert (points[1]["date"], points[1]["value"]) == ("2022-02-01", 12)


def test_two_readings_of_one_month_and_days_ahead_are_told(plain: Path) -> None:
    plain.write_text(plain.read_text(encoding="utf-8") + "2022-03-15,11\n2150-01-01,10\n", encoding="utf-8")
    notes = " ".join(data(plain, "--every", "month")["notes"])
    assert "Two readings are of one month (1 March 2022 and 15 March 2022)" in notes
    assert "One reading is of days after today, the last of 01/01/2150" in notes


def test_the_sheet_that_has_days_is_found_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Notes"
    book.active.append(["Nothing to see"])
    sheet = book.create_sheet("Data")
    sheet.append(["Month", "Value"])
    for at, value in enumerate(VALUES):
        sheet.append([date(*month(at), 1), value])
    book.save(tmp_path / "book.xlsx")
    told = data(tmp_path / "book.xlsx")
    assert told["segments"] == data_of_plain(tmp_path)["segments"]
    assert any("The sheet “Data” was read" in each for each in told["notes"])


def test_a_tie_ends_a_trend_unless_ties_are_passed_over(tmp_path: Path) -> None:
    values = [10, 12, 11, 9, 10, 11, 12, 9, 10, 11, 9, 12, 5, 6, 7, 8, 8, 9, 10, 11]
    path = tmp_path / "ties.csv"
    rows = ["{:d}-{:02d}-01,{}".format(*month(at), value) for at, value in enumerate(values)]
    path.write_text(table("date,value", rows), encoding="utf-8")
    found = [
        [at for at, point in enumerate(data(path, *options)["points"]) if "trend" in point["signals"]]
        for options in ((), ("--ignore-ties",))
    ]
    assert found == [[], [12, 13, 14, 15, 16, 17, 18, 19]]


def test_a_chart_is_a_png_where_its_name_says_so_and_nothing_else(plain: Path, tmp_path: Path) -> None:
    out = tmp_path / "chart.png"
    assert run(plain, "--chart", out).exit_code == 0
    assert out.read_bytes().startswith(b"\x89PNG")
    refused = run(plain, "--chart", tmp_path / "chart.pdf")
    assert (refused.exit_code, "ends in .svg or .png" in refused.stderr) == (2, True)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    done = run(tmp_path / "none.csv")
    assert (done.exit_code, "could not be opened" in done.stderr) == (2, True)


def test_a_series_can_be_stale_on_a_day(plain: Path) -> None:
    assert data(plain, "--as-at", "2023-11-30")["verdict"] == "changed high"
    assert data(plain, "--as-at", "2024-03-01")["verdict"] == "stale"


def test_one_reading_is_too_little_to_say_and_no_error(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("date,value\n2024-01-01,5\n", encoding="utf-8")
    assert run(path).stdout.startswith("Too little to say: there is one reading, and it takes eight.")


def test_the_chart_is_drawn_with_its_finding_as_its_title(plain: Path, tmp_path: Path) -> None:
    out = tmp_path / "chart.svg"
    done = run(plain, "--better", "down", "--chart", out)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, str(out))
    drawn = out.read_text(encoding="utf-8")
    assert drawn.lstrip().startswith("<svg")
    assert "Worsening: the readings of September 2023" in drawn
