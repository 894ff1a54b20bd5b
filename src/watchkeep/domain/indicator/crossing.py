"""What of a series is news once: that it worsens for certain, and that it went beyond a tolerance.

A crossing is named by the day on which it began, so that it is told once while it lasts and anew when it
comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from watchkeep.domain.finding import written
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.values import Target
from watchkeep.domain.spc.values import Chart, Judged

TOLERANCES = ("upper tolerance", "lower tolerance")


@dataclass(frozen=True, slots=True)
class Crossing:
    """A series crossed into concern, or beyond a tolerance; `since` is the first of the readings that did."""

    what: str
    since: date
    sentence: str


def crossings(chart: Chart) -> tuple[Crossing, ...]:
    """What the series has crossed and not come back from."""
    return (*_worsening(chart), *_beyond(chart))


def _worsening(chart: Chart) -> Iterator[Crossing]:
    verdict = chart.verdict
    if verdict.word != "worsening" or not verdict.confirmed:
        return
    told = chart.tested or chart.readings
    flagged = [place for place, each in enumerate(told) if each.meaning == "concern"]
    if not flagged:
        return
    first = flagged[-1]
    # A single quiet reading does not end a run of concern: the verdict looks at two of the last three.
    for place in reversed(flagged[:-1]):
        if first - place > 2:
            break
        first = place
    yield Crossing("worsening", told[first].on, verdict.sentence)


def _beyond(chart: Chart) -> Iterator[Crossing]:
    for target in chart.series.targets:
        if target.kind in TOLERANCES and (since := _since(chart.readings, _outside(target))):
            last, unit = chart.readings[-1], chart.series.definition.unit
            way = "above" if target.kind == "upper tolerance" else "below"
            yield Crossing(
                f"{target.kind} {target.value!r}",
                since,
                f"It is {way} its tolerance of {figure(target.value, unit)} since {written(since)}: "
                f"{figure(last.value, unit)} on {written(last.on)}.",
            )


def _outside(target: Target) -> Callable[[Judged], bool]:
    def outside(each: Judged) -> bool:
        holds = target.from_on <= each.on and (target.until_on is None or each.on < target.until_on)
        above = target.kind == "upper tolerance"
        return holds and (each.value > target.value if above else each.value < target.value)

    return outside


def _since(readings: Sequence[Judged], outside: Callable[[Judged], bool]) -> date | None:
    """The first of the readings that end the series outside without a break."""
    since = None
    for each in reversed(readings):
        if not outside(each):
            break
        since = each.on
    return since
