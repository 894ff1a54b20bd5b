"""Limits of shares, rates and counts agree with the tables of the handbooks."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from watchkeep.quant import shares
from watchkeep.quant.shares import c_chart, overdispersion, p_chart, u_chart

# NIST/SEMATECH e-Handbook 6.3.3.2, 30 wafers of 50 chips; Montgomery's orange juice cans are the same.
CANS = np.array(
    [
        *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
        *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6.0),
    ]
)
# NIST/SEMATECH e-Handbook 6.3.3.1, 25 wafers.
WAFERS = np.array(
    [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13.0]
)
# Montgomery, Introduction to Statistical Quality Control, printed circuit boards (qcc: circuit).
BOARDS = np.array(
    [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15.0]
)
# Montgomery, dyed cloth (in the R package qcc: dyedcloth): defects, and units of 50 square metres.
CLOTH = (
    np.array([14, 12, 20, 11, 7, 10, 21, 16, 19, 23.0]),
    np.array([10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5]),
)


def test_the_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(shares).failed == 0


def test_shares_of_nonconforming_cans() -> None:
    """Centre 0.2313, limits 0.0524 and 0.4102."""
    found = p_chart(CANS, np.full(30, 50.0))
    lower, upper = found.centre - 3 * found.sigma[0], found.centre + 3 * found.sigma[0]
    assert (found.centre, lower, upper) == pytest.approx((0.2313, 0.0524, 0.4102), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "centre", "lower", "upper"),
    # Of the wafers as printed there; of the boards derived: 516 in 26, less and more three roots of that.
    [
        (WAFERS, 16, 4, 28),
        (BOARDS, 516 / 26, 516 / 26 - 3 * (516 / 26) ** 0.5, 516 / 26 + 3 * (516 / 26) ** 0.5),
    ],
)
def test_counts_of_defects(counts: np.ndarray, centre: float, lower: float, upper: float) -> None:
    found = c_chart(counts)
    told = (found.centre, found.centre - 3 * found.sigma[0], found.centre + 3 * found.sigma[0])
    assert told == pytest.approx((centre, lower, upper), rel=1e-6)


def test_rates_of_defects_in_rolls_of_unequal_size() -> None:
    """Derived by the definition: 153 defects in 107.5 units; the root of the rate over each roll's units."""
    found = u_chart(*CLOTH)
    rate = 153 / 107.5
    assert found.centre == pytest.approx(rate)
    expected = [(rate / units) ** 0.5 for units in (10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5)]
    assert found.sigma == pytest.approx(expected)


def test_what_cannot_be_a_share_or_a_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="between none and all"):
        p_chart(np.array([5.0]), np.array([4.0]))
    with pytest.raises(ValueError, match="units to count in"):
        u_chart(np.array([5.0]), np.array([0.0]))
    with pytest.raises(ValueError, match="not below 0"):
        c_chart(np.array([-1.0]))


def test_binomial_shares_are_not_overdispersed_and_wandering_ones_are() -> None:
    chance = np.random.default_rng(2)
    sizes = np.full(2000, 400.0)
    calm = chance.binomial(400, 0.2, 2000) / 400
    restless = chance.binomial(400, np.clip(chance.normal(0.2, 0.06, 2000), 0, 1)) / 400
    told = [overdispersion(each, p_chart(each * sizes, sizes)) for each in (calm, restless)]
    # By theory 1, and the root of 1 + 0.06² x 399 / (0.2 x 0.8): 3.16.
    assert told == pytest.approx([1.0, 3.16], rel=0.05)
