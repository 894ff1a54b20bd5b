"""A forecast in one sentence, the plainest thing first: whether it is better than saying what was."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.domain.forecast.values import Candidate, Point
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.values import Definition
from watchkeep.domain.spc.spacing import spoken
from watchkeep.quant.forecast import NAIVE, Method

SAYS = {"naive": "the last reading again", "seasonal naive": "the reading of the same season before"}


def sentence_of(
    candidates: Sequence[Candidate],
    chosen: Method,
    beats: bool,
    points: Sequence[Point],
    definition: Definition,
) -> str:
    """What is expected of the next period, how surely, and by how much the way is better than naive."""
    point = points[0]
    when = spoken(point.on, definition.frequency)
    expected = f"{figure(point.middle, definition.unit)} is expected for {when}"
    if point.inner and point.inner.low < point.inner.high:
        low, high = figure(point.inner.low), figure(point.inner.high, definition.unit)
        expected += f" (four times in five between {low} and {high})"
    if not beats:
        return f"No better than naive: nothing tried was clearly nearer than {SAYS[chosen]}. {expected}."
    naive = next(each for each in candidates if each.method in NAIVE)
    best = next(each for each in candidates if each.method == chosen)
    nearer = round(100 * (1 - best.error / naive.error))
    return f"{expected}. By {chosen}, which was {nearer} % nearer than {SAYS[naive.method]}."
