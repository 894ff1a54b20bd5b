"""Where a risk stood, quarter after quarter, by everything that its papers and people said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from watchkeep.domain.document import Assessment, Trend
from watchkeep.domain.finding import written
from watchkeep.domain.period import Period, containing, meant


@dataclass(frozen=True, slots=True)
class Told:
    """What one version said. `paper_on` is the day of the paper that its trends come from."""

    on: date
    standing: Assessment | None
    trends: tuple[Trend, ...]
    period: str = ""  # the paper's, as written
    quarter: Period | None = None  # the paper's, where it says
    paper_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """Where the risk stood in one quarter; where a paper does not say its quarter, on one day.

    `trend` is none where no version ever had a mark for it, `standing` where none gave a rating for it.
    """

    label: str
    on: date | None  # the day that the standing speaks of
    quarter: Period | None
    standing: Assessment | None
    trend: Trend | None


@dataclass(slots=True)
class _Gathered:
    """The course as it grows; what is said later of the same quarter stands."""

    standings: dict[Period | date, Told] = field(default_factory=dict)
    marks: dict[Period, Trend] = field(default_factory=dict)

    def add(self, told: Told) -> None:
        self.standings[_quarter_of(told) or told.on] = told
        for trend in told.trends:
            quarter = meant(trend.period, told.quarter)
            # A mark that a later paper lost was still told by the earlier one.
            if quarter and (quarter not in self.marks or trend.state != "not recorded"):
                self.marks[quarter] = trend


def course(versions: Iterable[Told]) -> tuple[Stood, ...]:
    """Every quarter that the versions (oldest first) say anything of, oldest first."""
    found = _Gathered()
    for told in versions:
        found.add(told)
    when = dict.fromkeys((*found.standings, *found.marks))
    rows = [_stood(each, found) for each in when]
    return tuple(sorted(rows, key=lambda row: row.quarter.ends if row.quarter else row.on or date.min))


def _quarter_of(told: Told) -> Period | None:
    """The paper's quarter; for what a person said between two papers, the quarter of that day."""
    if told.quarter is None or told.paper_on in (None, told.on):
        return told.quarter
    return containing(told.on, year_start=told.quarter.year_start)


def _stood(when: Period | date, found: _Gathered) -> Stood:
    told = found.standings.get(when)
    on, standing = (told.on, told.standing) if told else (None, None)
    if isinstance(when, Period):
        return Stood(when.label, on, when, standing, found.marks.get(when))
    return Stood(told.period if told and told.period else written(when), on, None, standing, None)
