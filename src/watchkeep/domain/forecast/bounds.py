"""Between what a series can lie at all, so that nothing is said of it that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from watchkeep.domain.indicator.observing import NEVER_BELOW_NOUGHT, whole_of
from watchkeep.domain.indicator.values import Definition


def bounds_of(definition: Definition, values: Sequence[float]) -> tuple[float, float]:
    """The least and the most that a reading can be, where its kind says so and no reading has said otherwise.

    A share lies between nought and the whole. One that was ever above it (posts filled, of those funded) is
    no part of a whole, and has no upper bound; what was ever below nought has no lower one.

    >>> bounds_of(Definition("Lamps lit", "%", "up", "month", kind="share"), [95.0, 99.0])
    (0.0, 100.0)
    >>> bounds_of(Definition("Posts filled", "%", "up", "month", kind="share"), [95.0, 104.0])
    (0.0, inf)
    """
    low = 0.0 if definition.kind in NEVER_BELOW_NOUGHT and min(values) >= 0 else -inf
    whole = whole_of(definition)
    return low, whole if definition.kind == "share" and max(values) <= whole else inf
