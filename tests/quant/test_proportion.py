"""Wilson's interval agrees with the published examples and with what can be said of it in closed form."""

from __future__ import annotations

import doctest
from statistics import NormalDist

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from watchkeep.quant import proportion
from watchkeep.quant.proportion import Interval, wilson

SAMPLES = st.integers(1, 100_000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size)))
CONFIDENCES = st.floats(0.5, 0.999)


@pytest.mark.parametrize(
    ("hits", "size", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_newcombes_table_of_1998_is_met(hits: int, size: int, low: float, high: float) -> None:
    """Statistics in Medicine 17:857-872, table I, method 3."""
    found = wilson(hits, size)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(SAMPLES, CONFIDENCES)
@example((0, 1), 0.95)
@example((1, 1), 0.95)
def test_it_holds_the_proportion_that_was_seen_and_stays_between_nothing_and_all(
    sample: tuple[int, int], confidence: float
) -> None:
    hits, size = sample
    found = wilson(hits, size, confidence)
    assert 0 <= found.low <= hits / size + 1e-12
    assert hits / size - 1e-12 <= found.high <= 1


@given(SAMPLES, CONFIDENCES)
def test_its_ends_are_where_the_score_test_just_turns(sample: tuple[int, int], confidence: float) -> None:
    hits, size = sample
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    found = wilson(hits, size, confidence)
    for end in (found.low, found.high):
        assert (hits / size - end) ** 2 == pytest.approx(z * z * end * (1 - end) / size, rel=1e-6, abs=1e-12)


@given(SAMPLES, CONFIDENCES)
def test_failures_and_successes_tell_the_same_story(sample: tuple[int, int], confidence: float) -> None:
    hits, size = sample
    one, other = wilson(hits, size, confidence), wilson(size - hits, size, confidence)
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-9)


@given(st.integers(1, 100_000), CONFIDENCES)
def test_no_hits_leave_exactly_the_closed_form_open(size: int, confidence: float) -> None:
    square = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    assert wilson(0, size, confidence).low == 0
    assert wilson(0, size, confidence).high == pytest.approx(square / (size + square))


@given(SAMPLES, st.integers(2, 20))
def test_more_cases_of_the_same_say_more(sample: tuple[int, int], times: int) -> None:
    hits, size = sample
    assert wilson(hits * times, size * times).width < wilson(hits, size).width


@given(SAMPLES, CONFIDENCES, CONFIDENCES)
def test_who_wants_to_be_surer_gets_no_narrower_an_interval(
    sample: tuple[int, int], one: float, other: float
) -> None:
    assume(one < other)
    narrow, wide = wilson(*sample, one), wilson(*sample, other)
    assert wide.low <= narrow.low + 1e-12
    assert narrow.high <= wide.high + 1e-12


@pytest.mark.parametrize("counts", [(0, 0), (-1, 5), (6, 5), (0, -3)])
def test_what_is_no_sample_is_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no sample"):
        wilson(*counts)


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 95.0])
def test_a_confidence_of_nothing_or_of_certainty_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 5, confidence)


def test_the_example_in_its_own_words_runs() -> None:
    assert doctest.testmod(proportion).failed == 0
    assert doctest.testmod(proportion).attempted == 2


def test_an_interval_is_as_wide_as_from_end_to_end() -> None:
    assert Interval(0.25, 0.75).width == 0.5
