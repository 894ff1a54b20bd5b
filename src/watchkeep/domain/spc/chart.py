"""A series judged: the one way from readings to limits, signals, verdict and the target's prospects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from watchkeep.domain.indicator.values import Reading, Series
from watchkeep.domain.spc.carrying import carried
from watchkeep.domain.spc.cautions import cautions_of, unused_rebases
from watchkeep.domain.spc.dialects import DIALECTS, ESTABLISHED, LEAST_BASELINE, Conflict, Rules
from watchkeep.domain.spc.guard import A_YEAR_BEFORE, Guarded, guarded, remembering, seasonal_lines, widened
from watchkeep.domain.spc.lines import Lines, by_family, individuals, signals_of
from watchkeep.domain.spc.marks import marked
from watchkeep.domain.spc.prospects import capability_of, rebases_suggested
from watchkeep.domain.spc.sentence import Ground, verdict_of
from watchkeep.domain.spc.stretches import Stretch, checked, stretches
from watchkeep.domain.spc.values import Basis, Chart, Dialect, Judged, Segment, Verdict
from watchkeep.quant.xmr import Floats, mean_of


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch as it is drawn."""

    stretch: Stretch
    lines: Lines
    by_family: bool  # with limits by its denominators, or by its count
    by_season: bool  # against the year before, as its definition asks


def judged(
    series: Series,
    *,
    dialect: Dialect = "mdc",
    as_at: date | None = None,
    since: date | None = None,
    screening: bool | None = None,
    conflict: Conflict = "mixed",
    ignore_ties: bool = False,
    each_period: bool = False,
) -> Chart:
    """The series as its control chart has it.

    Readings after `as_at` are not looked at, and with it a series can be stale. `since` is the day of the
    last report: a signal after it is told though the last readings are quiet again. `screening` goes against
    the dialect; `conflict` "trend" lets a run's direction decide where a point's signals differ; a tie does
    not end a trend with `ignore_ties`. Rolling averages and totals of the year to date are not judged, unless
    somebody says with `each_period` that the values are none.

    Raises `Invalid` where the readings are no series: out of order, two of one day, not finite.
    """
    rules = replace(DIALECTS[dialect], ignore_ties=ignore_ties)
    if screening is not None:
        rules = replace(rules, screening=screening)
    told = checked(series, as_at)
    if not told:
        return Chart(series, dialect, (), (), verdict_of(Ground((), series.definition), as_at, since))
    if not each_period and (why := carried(series.definition, told)):
        return _not_judged(series, dialect, told, why)
    first = _first(series, rules)
    parts = [_part(each, series, rules, first) for each in stretches(series, told)]
    rows = [_marked(each.lines, series, rules, conflict) for each in parts]
    guard = _guard(parts[-1], series, rules, first)
    tested = _marked(guard.lines, series, rules, conflict) if guard and guard.basis != "readings" else ()
    basis, words = _basis(parts[-1], guard)
    doubt = guard is not None and guard.in_doubt
    ground = Ground(tested or rows[-1], series.definition, parts[-1].stretch.reason, words, doubt)
    return Chart(
        series=series,
        dialect=dialect,
        segments=tuple(_segment(each.lines) for each in parts),
        readings=tuple(each for row in rows for each in row),
        verdict=verdict_of(ground, as_at, since),
        capability=capability_of(
            rows[-1], series.targets, series.definition.better, bool(np.isfinite(parts[-1].lines.sigma).any())
        ),
        cautions=_cautions(series, parts[-1], guard, rules),
        suggestions=rebases_suggested(ground.readings, series),
        basis=basis,
        basis_in_words=words,
        tested=tested,
    )


def _not_judged(series: Series, dialect: Dialect, told: tuple[Reading, ...], why: str) -> Chart:
    """The readings with their mean alone: no limit, signal or verdict of them would mean anything."""
    values = [each.value or 0.0 for each in told]
    mean = sum(values) / len(values)
    return Chart(
        series=series,
        dialect=dialect,
        segments=(Segment(told[0].on, told[-1].on, mean, None, None, 0, provisional=True),),
        readings=tuple(
            Judged(each.on, value, mean, None, None) for each, value in zip(told, values, strict=True)
        ),
        verdict=Verdict("too little to say", f"Not judged. {why}"),
    )


def _first(series: Series, rules: Rules) -> int | None:
    """How many first readings of each segment its limits are fixed on; none for all of them."""
    said = series.definition.baseline
    return max(said, LEAST_BASELINE) if said is not None else rules.fixed_on


def _part(stretch: Stretch, series: Series, rules: Rules, first: int | None) -> _Part:
    definition = series.definition
    if definition.family != "xmr":
        lines = by_family(stretch, definition.family, first)
        if lines is not None:
            return _Part(stretch, lines, True, False)
    elif definition.seasonal:
        lines = seasonal_lines(stretch, definition, rules, first)
        if lines is not None:
            return _Part(stretch, lines, False, True)
    return _Part(stretch, individuals(stretch, rules, first), False, False)


def _marked(lines: Lines, series: Series, rules: Rules, conflict: Conflict) -> tuple[Judged, ...]:
    return marked(lines, signals_of(lines, rules), rules, series.definition.better, conflict)


def _guard(latest: _Part, series: Series, rules: Rules, first: int | None) -> Guarded | None:
    if latest.by_season:
        return remembering(latest.stretch, series.definition, rules, first)
    if series.definition.seasonal and not latest.by_family:
        return None  # as it is until there are years enough
    by_itself = guarded(latest.stretch, series.definition, rules, first, scaled=not latest.by_family)
    return by_itself or (widened(latest.lines, rules, first) if latest.by_family else None)


def _basis(latest: _Part, guard: Guarded | None) -> tuple[Basis, str]:
    if guard is not None:
        return guard.basis, guard.words
    return ("year on year", A_YEAR_BEFORE) if latest.by_season else ("readings", "")


def _cautions(series: Series, latest: _Part, guard: Guarded | None, rules: Rules) -> tuple[str, ...]:
    others = cautions_of(series, latest.stretch, latest.lines, rules, by_family=latest.by_family)
    unused = unused_rebases(series, latest.stretch.days[-1])
    return (*([guard.caution] if guard else []), *others, *unused)


def _segment(lines: Lines) -> Segment:
    """A stretch's limits; where each reading has its own, their means."""
    return Segment(
        first=lines.stretch.days[0],
        last=lines.stretch.days[-1],
        centre=mean_of(lines.centre),
        lower=_mean(lines.lower),
        upper=_mean(lines.upper),
        fixed_on=lines.used,
        provisional=len(lines.stretch) < ESTABLISHED,
        reason=lines.stretch.reason,
    )


def _mean(line: Floats) -> float | None:
    there = line[np.isfinite(line)]
    return mean_of(there) if there.size else None
