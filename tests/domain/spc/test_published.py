"""Charts agree with published ones: limits, which readings have signals, what they mean, the target."""

from __future__ import annotations

from dataclasses import replace

import pytest

from made_series import MONTHS, series
from watchkeep.domain.spc import Chart, Dialect, judged

# NHSRplotthedots, vignette "Deviations from Excel defaults", section 1, 18 days.
SPIKE = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
# NIST/SEMATECH e-Handbook 6.3.3.2, misregistered chips of 50 on each of 30 wafers.
CHIPS = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]
# NIST/SEMATECH e-Handbook 6.3.3.1, defects on each of 25 wafers.
WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]


def flagged(chart: Chart, signal: str) -> list[int]:
    return [place for place, each in enumerate(chart.readings, 1) if signal in each.signals]


@pytest.mark.parametrize(
    ("dialect", "lower", "mean", "upper"), [("ptd", -0.72, 1.94, 4.6), ("mdc", -3.06, 1.94, 6.95)]
)
def test_the_r_package_screens_a_spike_and_the_workbook_does_not(
    dialect: Dialect, lower: float, mean: float, upper: float
) -> None:
    """The captions of its two charts; on both the fifth point alone is special cause improvement."""
    chart = judged(series(SPIKE, definition=replace(MONTHS, frequency="day")), dialect=dialect)
    (segment,) = chart.segments
    assert (round(segment.lower or 0, 2), round(segment.centre, 2), round(segment.upper or 0, 2)) == (
        lower,
        mean,
        upper,
    )
    assert [(place, each.meaning) for place, each in enumerate(chart.readings, 1) if each.signals] == [
        (5, "improvement")
    ]


def test_two_far_points_on_opposite_sides_are_common_cause() -> None:
    """test-ptd_spc_standard.R: 5.5 and -5.5 after fourteen of 1 and -1."""
    chart = judged(series([*[1, -1] * 7, 5.5, -5.5]), dialect="ptd")
    assert [each.signals for each in chart.readings[-2:]] == [(), ()]


def test_a_p_chart_of_chips() -> None:
    """0.2313 between 0.0524 and 0.4102; the handbook's chart has wafers 15 and 23 above the limit."""
    definition = replace(MONTHS, family="p", baseline=30)
    chart = judged(series([hits / 50 for hits in CHIPS], "down", definition=definition, sizes=[50] * 30))
    (segment,) = chart.segments
    assert (segment.centre, segment.lower, segment.upper) == pytest.approx((0.2313, 0.0524, 0.4102), abs=5e-5)
    assert flagged(chart, "astronomical") == [15, 23]
    assert {chart.readings[place - 1].meaning for place in (15, 23)} == {"concern"}


def test_a_c_chart_of_wafers() -> None:
    """16 between 4 and 28: wafer 3 lies on the limit and is within it, wafer 24 with 31 is above."""
    chart = judged(series(WAFERS, "down", definition=replace(MONTHS, family="c", baseline=25)))
    (segment,) = chart.segments
    assert (segment.centre, segment.lower, segment.upper) == pytest.approx((16, 4, 28))
    assert flagged(chart, "astronomical") == [24]


@pytest.mark.parametrize(
    ("lower", "upper", "up", "down"),
    [
        (1, 3, "consistently fails", "consistently meets"),
        (5, 7, "consistently meets", "consistently fails"),
        (1, 5, "hit and miss", "hit and miss"),
    ],
)
def test_a_target_of_four_against_limits(lower: float, upper: float, up: str, down: str) -> None:
    """test-ptd_calculate_assurance_type.R: a target of 4 against limits of 1 and 3, 5 and 7, 1 and 5."""
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    # Readings that swing by so much round the middle have exactly these limits: 2.66 x 2 x swing / 2 = half.
    swing = half / 2.66 / 2
    values = [middle + (swing if place % 2 else -swing) for place in range(16)]
    for better, word in (("up", up), ("down", down), ("neither", None)):
        chart = judged(series(values, better, target=4))  # type: ignore[arg-type]
        assert (chart.segments[0].lower, chart.segments[0].upper) == pytest.approx((lower, upper))
        assert chart.capability == word
