"""Limits and signals agree with published worked examples, series by series and all at once."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

import oracle_of_charts
from watchkeep.quant import xmr
from watchkeep.quant.xmr import Floats, beyond, limits, runs, shift, sides, trend, two_of_three

# set.seed(123); rnorm(20) in R: the data of NHSRplotthedots' own tests, to eight digits.
RNORM_123 = np.array(
    [
        *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621),
        *(-1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272),
        *(-0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141),
    ]
)
# NHSRplotthedots, vignette "Deviations from Excel defaults", section 1.
SPIKE = np.array([1, 2, 1, 2, 10, *[1, 2] * 6, 1.0])


def test_the_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(xmr).failed == 0


def test_nist_individuals_chart_of_flow_rates() -> None:
    """NIST/SEMATECH e-Handbook 6.3.2.2: centre 50.81, limits 45.8159 and 55.8041, there with 3 / 1.128."""
    found = limits(np.array([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]))
    assert found.centre == pytest.approx(50.81)
    # 2.66 for 3 / 1.128 moves a limit by 0.0004 of the mean moving range, which is 1.8778 there.
    assert (float(found.lower), float(found.upper)) == pytest.approx((45.8159, 55.8041), abs=0.001)


@pytest.mark.parametrize(
    ("part", "centre", "lower", "upper"),
    [
        (slice(None), 0.142, -3.01, 3.29),
        (slice(0, 10), 0.0746, -2.60, 2.75),
        (slice(10, 20), 0.209, -3.28, 3.70),
    ],
)
def test_the_summaries_of_nhsrplotthedots(part: slice, centre: float, lower: float, upper: float) -> None:
    """Its tests/testthat/_snaps/ptd_spc.md: one series whole, and as two facets of ten."""
    found = limits(RNORM_123[part], screening=True)
    printed = (round(float(found.lower), 2), round(float(found.upper), 2))
    assert (float(f"{float(found.centre):.3g}"), *printed) == (centre, lower, upper)


@pytest.mark.parametrize(
    ("fifteenth", "screening", "centre", "lower", "upper"),
    [
        (None, True, 0.1416238, -3.01138, 3.294627),
        (10.0, True, 0.6694159, -2.383666, 3.722497),
        (10.0, False, 0.6694159, -4.596625, 5.935457),
    ],
)
def test_the_limits_of_nhsrplotthedots_to_seven_digits(
    fifteenth: float | None, screening: bool, centre: float, lower: float, upper: float
) -> None:
    """Its _snaps/ptd_spc_standard.md: as drawn, and with an outlier that is screened or not."""
    values = RNORM_123.copy()
    if fifteenth is not None:
        values[14] = fifteenth
    found = limits(values, screening=screening)
    assert (float(found.centre), float(found.lower), float(found.upper)) == pytest.approx(
        (centre, lower, upper), abs=5e-7
    )


def test_screening_leaves_out_a_spikes_moving_ranges_and_no_reading() -> None:
    """The vignette prints UPL 4.6, mean 1.94, LPL -0.72 with screening; 6.95, 1.94, -3.06 without."""
    for screening, printed in ((True, (4.6, 1.94, -0.72)), (False, (6.95, 1.94, -3.06))):
        found = limits(SPIKE, screening=screening)
        assert tuple(round(float(x), 2) for x in (found.upper, found.centre, found.lower)) == printed


def test_no_moving_range_reaches_over_a_gap_or_a_hole() -> None:
    values = np.array([1.0, 2, 9, 10])
    breaks = np.array([True, False, True, False])
    assert limits(values, breaks=breaks).sigma == pytest.approx(xmr.LIMITS / 3)
    assert limits(np.array([1.0, 2, np.nan, 9, 10])).sigma == pytest.approx(xmr.LIMITS / 3)


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [1] * 8 + [0]),
        ([-1] * 8 + [1], [-1] * 8 + [0]),
        ([1] * 6 + [0] + [1] * 7, [0] * 7 + [1] * 7),
    ],
)
def test_seven_on_one_side(signs: list[int], told: list[int]) -> None:
    """test-ptd_calculate_point_type.R, each member of the run flagged; and one on the mean breaks it."""
    assert runs(np.array(signs, dtype=np.int8), 7).tolist() == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [1] * 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0] + [1] * 7 + [0]),
        ([7, 6, 5, 4, 3, 2, 1], [-1] * 7),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0] + [-1] * 7 + [0]),
        # Where a rise meets a fall the peak is the later run's: the package says "use right side".
        ([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], [1] * 6 + [-1] * 7),
    ],
)
def test_seven_rising_or_falling(values: list[float], told: list[int]) -> None:
    """test-ptd_calculate_point_type.R, ptd_seven_point_trend, each member of the run flagged."""
    assert trend(np.array(values, dtype=float)).tolist() == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),  # six different ones
        ([1, 2, 3, 3, 4, 5, 6, 7], [1] * 8),
        ([7, 7, 6, 5, 4, 4, 4, 3, 2, 1, 1], [0] + [-1] * 9 + [0]),
        ([1, 2, 3, 4, 4, 3, 2, 1, 0], [0] * 9),
    ],
)
def test_ties_neither_end_a_trend_nor_make_it_longer_where_they_are_passed_over(
    values: list[float], told: list[int]
) -> None:
    assert trend(np.array(values, dtype=float), ignore_ties=True).tolist() == told


def test_ties_are_passed_over_in_any_series_as_by_hand() -> None:
    chance = np.random.default_rng(8)
    rows = np.cumsum(chance.choice([-1, 0, 1, 1], size=(800, 24)), axis=1)
    found = trend(rows.astype(float), points=5, ignore_ties=True)
    for row, told in zip(rows.tolist(), found.tolist(), strict=True):
        ups = oracle_of_charts.trend_past_ties(row, 5)
        assert [abs(each) for each in told] == [abs(each) for each in ups]
    assert (found != trend(rows.astype(float), points=5)).any()


@pytest.mark.parametrize(
    ("far", "sides_of", "told"),
    [
        ([1, 0, 1], [1, 1, 1], [1, 0, 1]),
        ([0, 1, 1], [1, 1, 1], [0, 1, 1]),
        ([1, 1, 0], [1, 1, 1], [1, 1, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [0, 0, 1, 0, 1, 0, 0]),
        ([1, 0, 0, 1], [1] * 4, [0, 0, 0, 0]),
        ([1, 0, 0, 1, 1], [1] * 5, [0, 0, 0, 1, 1]),
        ([1, 0, 1], [1, -1, 1], [0, 0, 0]),
        ([1, 1, 0], [1, -1, 1], [0, 0, 0]),
    ],
)
def test_two_of_three(far: list[int], sides_of: list[int], told: list[int]) -> None:
    """test-ptd_calculate_point_type.R, ptd_part_of_two_in_three: only the outer ones are flagged."""
    outer, side = np.array(far, dtype=np.int8), np.array(sides_of, dtype=np.int8)
    assert np.abs(two_of_three(side, outer)).tolist() == told


def test_a_reading_on_a_limit_is_within_it() -> None:
    values, centre, distance = np.array([3.0, 3.1, -3.0, -3.1]), np.array([0.0]), np.array([3.0])
    assert beyond(values, centre, distance).tolist() == [0, 1, 0, -1]


def test_a_thousand_series_are_judged_as_each_alone() -> None:
    values = np.random.default_rng(7).normal(size=(25, 40))
    values[:, 11] = np.nan

    def told(rows: Floats) -> list[Floats]:
        found = limits(rows, first=20)
        centre, sigma = found.centre[..., None], found.sigma[..., None]
        outer = beyond(rows, centre, 2 * sigma)
        return [
            beyond(rows, centre, 3 * sigma),
            trend(rows, points=4),
            two_of_three(sides(rows, centre), outer),
            shift(rows, centre, points=4),
        ]

    together = told(values)
    assert all(each.any() for each in together)
    for place, row in enumerate(values):
        for whole, alone in zip(together, told(row), strict=True):
            assert np.array_equal(whole[place], alone)


def test_a_window_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="window of at least one"):
        limits(np.arange(4.0), first=0)
