"""An indicator as a register document tells it, and its chart drawn again from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from watchkeep.domain.document import MOST_MARKS, MOST_POINTS, Aim, Heard, Indicator, Mark, Movement, Point
from watchkeep.domain.indicator.values import Definition, Rebase, Series, Target
from watchkeep.domain.indicator.verdict import SIDES, Side, Voice, difference, spoken
from watchkeep.domain.spc import Chart, Judged, Segment, Verdict, judged

FIGURES: Final = 6  # of a limit: more say nothing, and differ from machine to machine


@dataclass(frozen=True, slots=True)
class Use:
    """How an indicator speaks to a risk."""

    series: Series
    side: Side
    part: str = ""
    leads: bool = False


def told(uses: Iterable[Use], as_at: date) -> tuple[Indicator, ...]:
    """The indicators of one risk as they stood on a day: those that lead first, then causes, controls and
    consequences. One that speaks to several of its parts is told once, of the whole.
    """
    by_key: dict[str, list[Use]] = {}
    for each in uses:
        by_key.setdefault(each.series.key, []).append(each)
    made = [_told(_together(those), as_at) for those in by_key.values()]
    return tuple(sorted(made, key=lambda each: (not each.leads, SIDES.index(each.side), _number(each.key))))


def heard(indicators: Sequence[Indicator], judgement: Movement | None, period: str = "") -> Heard | None:
    """What they say together beside what the risk is judged (in a period, where one is named); nothing where
    there is none.
    """
    said = spoken([_voice(each) for each in indicators])
    if said is None:
        return None
    differs = difference(judgement, said, period)
    return Heard(word=said.word, basis=said.basis, against=f"{differs} {said.basis}" if differs else "")


def word_of(each: Indicator) -> str:
    """The verdict in a few words; one reading that may be chance is a first sign."""
    if each.verdict in ("improving", "worsening") and not each.confirmed:
        return f"first sign of {'improvement' if each.verdict == 'improving' else 'worsening'}"
    return each.verdict


def ground_of(each: Indicator) -> str:
    """The verdict's sentence without the words that stand before its colon, where they say the same."""
    word, _, rest = each.sentence.partition(": ")
    said = word.casefold().replace(",", "")
    known = rest and (said.startswith(("a first sign", "changed")) or said == each.verdict)
    return f"{rest[:1].upper()}{rest[1:]}" if known else each.sentence


def chart_again(indicator: Indicator) -> Chart:
    """The chart of the points that a document has, with its limits as they were."""
    points = indicator.points
    starts = [place for place, each in enumerate(points) if place == 0 or each.anew]
    ends = [*(place - 1 for place in starts[1:]), len(points) - 1]
    return Chart(
        series=Series(
            key=indicator.key,
            definition=Definition(
                indicator.name, indicator.unit, indicator.better, indicator.frequency, kind="number"
            ),
            readings=(),
            targets=tuple(
                Target(each.value, each.from_on, each.until_on, each.kind) for each in indicator.aims
            ),
            rebases=tuple(Rebase(points[place].on, "") for place in starts[1:]),
        ),
        dialect="mdc",
        segments=tuple(
            _segment(points[start : end + 1]) for start, end in zip(starts, ends, strict=True) if points
        ),
        readings=tuple(_again(each) for each in points),
        verdict=_verdict(indicator),
        capability=indicator.capability,
    )


def _together(uses: Sequence[Use]) -> Use:
    first = min(uses, key=lambda each: SIDES.index(each.side))
    parts = {each.part for each in uses}
    part = first.part if len(parts) == 1 else ""
    return Use(first.series, first.side, part, any(each.leads for each in uses))


def _told(use: Use, as_at: date) -> Indicator:
    chart = judged(use.series, as_at=as_at)
    definition, verdict = use.series.definition, chart.verdict
    shown = chart.readings[-MOST_POINTS:]
    anew = {each.first for each in chart.segments[1:]}
    return Indicator(
        key=use.series.key,
        name=definition.name,
        unit=definition.unit,
        better=definition.better,
        frequency=definition.frequency,
        side=use.side,
        part=use.part or None,
        leads=use.leads,
        verdict=verdict.word,
        confirmed=verdict.confirmed,
        sentence=verdict.sentence,
        capability=chart.capability,
        aims=_aims(use.series, shown),
        marks=_marks(use.series, shown, as_at),
        points=tuple(
            Point(
                on=each.on,
                value=each.value,
                centre=_rounded(each.centre),
                lower=_rounded(each.lower),
                upper=_rounded(each.upper),
                meaning=each.meaning,
                anew=place > 0 and each.on in anew,
            )
            for place, each in enumerate(shown)
        ),
    )


def _aims(series: Series, shown: Sequence[Judged]) -> tuple[Aim, ...]:
    """The lines that held at one of the readings shown."""
    if not shown:
        return ()
    first, last = shown[0].on, shown[-1].on
    return tuple(
        Aim(kind=each.kind, value=each.value, from_on=each.from_on, until_on=each.until_on)
        for each in series.targets
        if each.from_on <= last and (each.until_on is None or each.until_on > first)
    )


def _marks(series: Series, shown: Sequence[Judged], as_at: date) -> tuple[Mark, ...]:
    """What was said of the time of the readings shown, up to the day; and the rebase before, whose limits the
    first of them has.
    """
    if not shown:
        return ()
    first = shown[0].on
    rebases = [Mark(on=each.on, kind="rebase", text=each.reason) for each in series.rebases]
    before = max((each.on for each in rebases if each.on <= first), default=first)
    told = [each for each in rebases if before <= each.on <= as_at]
    told += [
        Mark(on=each.on, kind="annotation", text=each.text)
        for each in series.annotations
        if first <= each.on <= as_at
    ]
    return tuple(sorted(told, key=lambda each: each.on)[-MOST_MARKS:])


def _rounded(limit: float | None) -> float | None:
    return None if limit is None else float(f"{limit:.{FIGURES}g}")


def _voice(each: Indicator) -> Voice:
    return Voice(each.key, each.name, each.side, _verdict(each), each.leads)


def _verdict(each: Indicator) -> Verdict:
    return Verdict(each.verdict, each.sentence, each.confirmed)


def _segment(points: Sequence[Point]) -> Segment:
    last = points[-1]
    return Segment(
        first=points[0].on,
        last=last.on,
        centre=_centre(last),
        lower=last.lower,
        upper=last.upper,
        fixed_on=len(points),
        provisional=False,
    )


def _again(each: Point) -> Judged:
    return Judged(each.on, each.value, _centre(each), each.lower, each.upper, meaning=each.meaning)


def _centre(each: Point) -> float:
    return each.value if each.centre is None else each.centre


def _number(key: str) -> tuple[int, str]:
    return len(key), key
