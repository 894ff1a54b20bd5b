"""What a sample says of a proportion: an interval, however small the sample and however rare the thing."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """The proportions that a sample leaves possible, both ends included; without unit, from 0 to 1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """From end to end."""
        return self.high - self.low


def wilson(hits: int, size: int, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval for the proportion that `hits` of `size` independent cases speak of.

    `hits` and `size` are counts (scalars), `confidence` the share of such intervals that hold the true
    proportion; the ends are proportions. They are the two roots p of (hits/size - p)² = z² p(1 - p)/size, so
    they stay within 0 and 1, and no hits still leave room above: z²/(size + z²).

    Without continuity correction: its coverage is right on average, and not in every case at least as stated.
    Raises `ValueError` where the counts are no sample, or the confidence is not between 0 and 1.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212; it is method 3 of
    R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872.

    >>> interval = wilson(81, 263)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.2553, 0.3662)
    """
    if size < 1 or not 0 <= hits <= size:
        raise ValueError(
            f"{hits} of {size} is no sample: expected at least one case, and no more hits than cases"
        )
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, and {confidence} does not")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = hits + z * z / 2
    half = z * sqrt(hits * (size - hits) / size + z * z / 4)
    # Exact at the two edges, where rounding would leave the end a hair inside.
    low = 0.0 if hits == 0 else (centre - half) / (size + z * z)
    high = 1.0 if hits == size else (centre + half) / (size + z * z)
    return Interval(low, high)
