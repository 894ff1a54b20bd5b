"""Rolling averages and totals of the year to date are not judged; anything else is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from made_series import MONTHS, series
from watchkeep.domain.spc import judged

# Ten to fourteen a month, added up from each January on.
TO_DATE = np.cumsum(10 + np.arange(36).reshape(3, 12) % 5, axis=1).ravel().tolist()


@pytest.mark.parametrize(
    "name",
    [
        "Rolling 12-month average of calls",
        "Complaints, year to date",
        "Spend YTD",
        "Three-month moving average",
        "Cumulative savings",
        "Running total of leavers",
    ],
)
def test_what_says_that_it_carries_other_periods_is_not_judged(name: str) -> None:
    values = [10.0] * 20 + [90.0] * 3
    chart = judged(series(values, definition=replace(MONTHS, name=name)))
    assert (chart.verdict.word, chart.verdict.confirmed) == ("too little to say", False)
    assert "Give each period’s own figure" in chart.verdict.sentence
    assert {each.signals for each in chart.readings} == {()}
    assert {(each.lower, each.upper) for each in chart.readings} == {(None, None)}
    assert judged(series(values, definition=replace(MONTHS, name="Calls rolled over"))).readings[-1].signals


def test_totals_that_begin_anew_each_year_are_seen_without_a_name() -> None:
    chart = judged(series(TO_DATE))
    assert chart.verdict.sentence.startswith("Not judged. The values rise through every year")
    assert judged(series(TO_DATE), each_period=True).verdict.word != "too little to say"


def test_a_season_or_one_fall_is_no_total_of_the_year() -> None:
    chance = np.random.default_rng(3)
    months = np.arange(48)
    season = 100 + 40 * np.sin(months * np.pi / 6) + chance.normal(size=48)
    for values in (season.tolist(), TO_DATE[:20], [float(each) for each in range(40)]):
        assert not judged(series(values)).verdict.sentence.startswith("Not judged")
