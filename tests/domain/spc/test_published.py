"""Charts agree with published ones: limits, which readings have signals, what they mean, the target.

Each names where the readings and the answer were printed. Where only the readings were, the answer is worked
out here by its definition and is called derived.
"""

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
# SAS/QC User's Guide, the SHEWHART procedure, IRCHART statement: diameters of jet engines, 20 and 20 more.
JETS = [
    *(78.4, 80.1, 84.4, 79.1, 80.4, 83.5, 73.8, 83.5, 75.0, 76.8),
    *(70.5, 80.3, 82.4, 79.4, 86.4, 90.5, 77.7, 82.5, 79.9, 83.2),
]
MORE_JETS = [
    *(81.8, 87.5, 80.0, 89.3, 83.9, 76.3, 75.8, 82.4, 82.6, 77.7),
    *(79.3, 81.4, 76.8, 75.9, 86.3, 77.4, 80.9, 87.1, 85.7, 73.3),
]
# The same, UCHART statement: defects in 25 rolls of fabric, and the square metres of each.
DEFECTS = [7, 11, 15, 6, 11, 15, 5, 10, 8, 3, 3, 14, 3, 9, 7, 6, 7, 5, 14, 13, 11, 6, 6, 9, 11]
METRES = [
    *(30.0, 27.6, 30.4, 34.8, 26.0, 28.6, 28.0, 30.2, 28.2, 31.4, 30.3, 27.8, 27.0),
    *(30.0, 32.1, 34.8, 26.5, 30.0, 31.3, 31.6, 29.4, 28.6, 27.5, 32.6, 31.7),
]
# NIST/SEMATECH e-Handbook 6.3.3.1, defects on each of 25 wafers.
WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]


# A&E attendances in England by month from April 2016 (NHS England, in the R package NHSRdatasets), as the
# tests of NHSRplotthedots keep them drawn: heights in hundredths of a pixel, in tests/testthat/_snaps/
# integration_tests/ae_all_attendances.svg, where 2,200,000 stands at 80.15 and 1,800,000 at 281.17 …
ATTENDANCES = [
    *(24710, 14531, 20136, 14094, 21438, 20455, 17974, 22696, 20851, 23329, 31352, 17270),
    *(20590, 14709, 18364, 14350, 21852, 21786, 15847, 19223, 17867, 18061, 27111, 15564),
    *(18851, 9801, 13345, 9025, 18173, 17779, 14071, 16164, 15678, 12366, 20330, 9645),
]
# … and the share seen within four hours, ae_all_performance.svg: 0.92 stands at 46.66 and 0.84 at 323.20.
WITHIN_FOUR_HOURS = [
    *(11458, 10627, 9644, 10594, 8205, 9340, 14853, 17183, 24799, 28375, 20115, 11547),
    *(9798, 12615, 9073, 10377, 10545, 12734, 11781, 15843, 28915, 27829, 28709, 30173),
    *(16514, 10231, 8942, 13932, 12523, 15231, 15004, 19860, 23864, 31102, 31542, 23318),
]
DRAWN_TO = 0.025  # pixels: what roundings to a hundredth add up to


def attendances(height: float, million2: float = 180.66, pixels: float = 50.255) -> float:
    """What a height stands for on a chart where 2,000,000 stands at one, with so many pixels for 100,000."""
    return 2_000_000 + (million2 - height) * 100_000 / pixels


def share(height: float) -> float:
    """What a height on the chart of shares stands for."""
    return 0.92 - (height - 46.66) * 0.08 / (323.20 - 46.66)


def lines(chart: Chart) -> list[tuple[float, float, float]]:
    """Mean, upper and lower limit of each segment."""
    return [(each.centre, each.upper or 0, each.lower or 0) for each in chart.segments]


def test_attendances_in_england_are_common_cause() -> None:
    """ae_all_attendances.svg: mean at 180.39, limits at 45.35 and 315.42, all dots grey, common cause."""
    chart = judged(series([attendances(each / 100) for each in ATTENDANCES]), dialect="ptd")
    printed = tuple(attendances(each) for each in (180.39, 45.35, 315.42))
    assert lines(chart) == [pytest.approx(printed, abs=DRAWN_TO * 100_000 / 50.255)]
    assert {each.signals for each in chart.readings} == {()}
    assert chart.verdict.word == "steady"


def test_a_rebase_in_april_2017_narrows_the_limits_of_attendances() -> None:
    """ae_all_attendances_rebase.svg, where 2,000,000 stands at 163.93, with 42.075 pixels for 100,000."""
    chart = judged(series([attendances(each / 100) for each in ATTENDANCES], rebases=[12]), dialect="ptd")
    for told, drawn in zip(lines(chart), [(186.29, 57.16, 315.42), (152.41, 45.35, 259.47)], strict=True):
        printed = tuple(attendances(each, 163.93, 42.075) for each in drawn)
        assert told == pytest.approx(printed, abs=DRAWN_TO * 100_000 / 42.075)
    assert {each.signals for each in chart.readings} == {()}


def test_shares_seen_in_time_are_judged_by_limits_fixed_on_the_first_twelve() -> None:
    """ae_all_performance.svg: mean 147.28, limits 45.35 and 249.21; the tenth dot yellow, eight blue …"""
    definition = replace(MONTHS, baseline=12)
    values = [share(each / 100) for each in WITHIN_FOUR_HOURS]
    chart = judged(series(values, "up", definition=definition), dialect="ptd")
    printed = tuple(share(each) for each in (147.28, 45.35, 249.21))
    assert lines(chart) == [pytest.approx(printed, abs=DRAWN_TO * 0.08 / (323.20 - 46.66))]
    concern = {10, 21, 22, 23, 24, *range(30, 37)}
    improvement = set(range(12, 20))
    told = {place: each.meaning for place, each in enumerate(chart.readings, 1) if each.meaning}
    assert {place for place, meaning in told.items() if meaning == "concern"} == concern
    assert {place for place, meaning in told.items() if meaning == "improvement"} == improvement
    assert (chart.verdict.word, chart.verdict.confirmed) == ("worsening", True)  # the icon: concern, low


def test_shares_seen_in_time_are_judged_by_limits_of_all_months() -> None:
    """ae_all_performance_percentage_y_axis.svg: which dots are blue, which yellow; icon common cause."""
    values = [share(each / 100) for each in WITHIN_FOUR_HOURS]
    chart = judged(series(values, "up"), dialect="ptd")
    told = {place: each.meaning for place, each in enumerate(chart.readings, 1) if each.meaning}
    improvement = {*range(1, 8), *range(12, 21), *range(25, 32)}
    assert {place for place, meaning in told.items() if meaning == "improvement"} == improvement
    assert {place for place, meaning in told.items() if meaning == "concern"} == {10, 21, 22, 23, 24, 34, 35}
    assert not chart.readings[-1].signals


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


def test_diameters_of_engines_stay_within_limits_fixed_on_the_first_twenty() -> None:
    """SAS/QC, IRCHART, "Saving Control Limits": mean 80.39, limits 66.2290 and 94.5510 (with 3 / 1.128379 for
    2.66, which moves a limit by 0.0013 of the mean moving range, 5.32632); and none of 40 is outside them.
    """
    chart = judged(series([*JETS, *MORE_JETS]))
    assert lines(chart) == [pytest.approx((80.39, 94.5510, 66.2290), abs=0.0075)]
    assert (chart.segments[0].fixed_on, flagged(chart, "astronomical")) == (20, [])


def test_defects_in_rolls_of_unequal_size() -> None:
    """SAS/QC, UCHART, "Creating u Charts for Varying Numbers of Units": centre 0.28805; all are within limits
    that move with the size. That of the first roll, of 30 square metres, is derived: 3 roots of 0.28805 / 30.
    """
    rates = [defects / metres for defects, metres in zip(DEFECTS, METRES, strict=True)]
    definition = replace(MONTHS, family="u", baseline=25)
    chart = judged(series(rates, "down", definition=definition, sizes=METRES))
    assert chart.segments[0].centre == pytest.approx(0.28805, abs=5e-6)
    assert chart.readings[0].upper == pytest.approx(0.28805 + 3 * (0.28805 / 30) ** 0.5, abs=1e-4)
    assert flagged(chart, "astronomical") == []
