"""The example force's readings: made up, the same each time, and of everything that its papers measure."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from watchkeep.cli.demo.making_up import grid, periods, readings

EXAMPLES = Path(__file__).parents[2] / "examples" / "calder_vale"
TOLD = tomllib.loads((EXAMPLES / "indicators.toml").read_text(encoding="utf-8"))
ALL = [*TOLD["series"], *grid(TOLD["grid"])]


def test_every_indicator_sum_post_and_skill_of_the_catalogue_is_a_series() -> None:
    rows = tomllib.loads((EXAMPLES / "catalogue.toml").read_text(encoding="utf-8"))["row"]
    wanted = {row["number"] for row in rows if row["kind"] in ("IND", "FIN", "RES")}
    assert {series["row"] for series in ALL} == wanted


def test_nine_harms_by_five_measures_are_forty_five_series_of_their_own() -> None:
    made = list(grid(TOLD["grid"]))
    assert len({(each["theme"], each["measure"]) for each in made}) == 45
    assert len({readings(each, TOLD["until"]) for each in made}) == 45


def test_names_are_told_apart_for_each_is_its_own_seed() -> None:
    assert len({each["name"] for each in ALL}) == len(ALL)


def test_a_series_is_the_same_twice_and_ends_with_the_last_whole_period() -> None:
    weekly = next(each for each in TOLD["series"] if each["frequency"] == "week")
    made = readings(weekly, TOLD["until"])
    assert made == readings(weekly, TOLD["until"])
    # The week that ended on Sunday 15 November, the last before the 16th.
    assert made[-1].on == date(2026, 11, 9)


def test_a_share_is_its_cases_by_all_cases_and_what_adds_up_never_falls() -> None:
    for told in ALL:
        made = readings(told, TOLD["until"])
        assert len(made) >= 7
        for each in made:
            if each.denominator:
                assert each.value is not None
                assert abs(each.value - 100 * (each.numerator or 0) / each.denominator) < 0.006
        if told.get("adds_up"):
            values = [each.value for each in made]
            assert values == sorted(values)


def test_what_was_never_read_is_not_there() -> None:
    told = next(each for each in TOLD["series"] if each.get("gone"))
    assert date(2025, 12, 1) not in {each.on for each in readings(told, TOLD["until"])}


def test_quarters_and_years_step_over_the_turn_of_the_year() -> None:
    assert list(periods(date(2025, 10, 1), "quarter", date(2026, 6, 30))) == [
        date(2025, 10, 1),
        date(2026, 1, 1),
    ]
