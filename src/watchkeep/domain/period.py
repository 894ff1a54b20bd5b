"""Quarters of a body's own financial year: 2020/21 Q4 ends on 31 March 2021.

A year that starts in January is written with one number (2021 Q1), any other with two (2020/21 Q1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from watchkeep.domain.errors import Invalid

APRIL = 4
JANUARY = 1
QUARTERS = 4
MONTHS = 12
CENTURY = 100

# 2020/21, 2020-21, 2020/2021, 20/21, FY20/21, FY2021; the years may stand before or after the quarter.
_YEARS = (
    r"(?:F\.?Y\.?\s*)?(?P<first>\d{4}|\d{2}(?=\s*[/–-]\s*\d))(?:\s*[/–-]\s*(?P<second>\d{4}|\d{2}))?(?!\d)"
)
_QUARTER = r"(?:Q|QTR|QUARTER)\.?\s*(?P<quarter>[1-4])(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (rf"{_QUARTER}[\s,:–-]*(?:of\s+)?{_YEARS}", rf"(?<!\d){_YEARS}[\s,:–-]*{_QUARTER}")
)

_BARE = re.compile(rf"\s*{_QUARTER}\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """One quarter; `year` is the calendar year in which the financial year starts."""

    year: int
    quarter: int
    year_start: int = APRIL

    def __post_init__(self) -> None:
        if not 1 <= self.quarter <= QUARTERS:
            raise Invalid("quarter", f"A year has quarters 1 to 4, so {self.quarter} is none of them.")
        if not 1 <= self.year_start <= MONTHS:
            raise Invalid("year_start", f"A year starts in month 1 to 12, not {self.year_start}.")
        if not date.min.year < self.year < date.max.year:
            raise Invalid("year", f"{self.year} is not a year that can be counted with.")

    @property
    def starts(self) -> date:
        """The first day."""
        return _first_of(self.year, self.year_start + 3 * (self.quarter - 1))

    @property
    def ends(self) -> date:
        """The last day."""
        return _first_of(self.year, self.year_start + 3 * self.quarter) - timedelta(days=1)

    @property
    def label(self) -> str:
        """As it is written in a paper: 2020/21 Q4."""
        return f"{self.year_label} Q{self.quarter}"

    @property
    def year_label(self) -> str:
        """The financial year alone: 2020/21."""
        if self.year_start == JANUARY:
            return str(self.year)
        return f"{self.year}/{(self.year + 1) % CENTURY:02}"

    def next(self) -> Period:
        """The quarter after this one."""
        return self._moved(1)

    def previous(self) -> Period:
        """The quarter before this one."""
        return self._moved(-1)

    def _moved(self, quarters: int) -> Period:
        year, quarter = divmod(self.year * QUARTERS + self.quarter - 1 + quarters, QUARTERS)
        return Period(year, quarter + 1, self.year_start)


def parse(text: str, *, year_start: int = APRIL) -> Period:
    """The quarter that `text` names, wherever it stands; refused where none, or an impossible one, does."""
    found = find(text, year_start=year_start)
    if found is None:
        raise Invalid("period", f"A quarter is written like 2020/21 Q4; “{text}” names none.")
    return found


def find(text: str, *, year_start: int = APRIL) -> Period | None:
    """The first quarter that `text` names with its year, if it names one that can be."""
    for form in _FORMS:
        match = form.search(text)
        if match is None:
            continue
        first, second = match["first"], match["second"]
        year = int(first) if len(first) == 4 else 2000 + int(first)
        if year_start == JANUARY:
            if second is not None:
                continue
        elif second is None or int(second) % CENTURY != (year + 1) % CENTURY:
            continue  # 2020/23 is no financial year; whether 2021 starts or ends one is not ours to say
        return Period(year, int(match["quarter"]), year_start)
    return None


def meant(label: str, paper: Period | None) -> Period | None:
    """The quarter that a trend column's label means in a paper that speaks of `paper`.

    A bare number is the latest quarter of that number not after the paper's; `current` and `previous` are
    what readers call columns without a label. Without the paper's quarter only a label with its own year
    says which.
    """
    dated = find(label, year_start=paper.year_start if paper else APRIL)
    if dated is not None or paper is None:
        return dated
    name = label.strip().casefold()
    if name in ("current", "previous"):
        return paper if name == "current" else paper.previous()
    bare = _BARE.fullmatch(label)
    if bare is None:
        return None
    number = int(bare["quarter"])
    return Period(paper.year - (number > paper.quarter), number, paper.year_start)


def containing(day: date, *, year_start: int = APRIL) -> Period:
    """The quarter in which `day` lies."""
    months = (day.month - year_start) % MONTHS
    year = day.year if day.month >= year_start else day.year - 1
    return Period(year, months // 3 + 1, year_start)


def _first_of(year: int, month: int) -> date:
    """The first day of a month that may be counted past December."""
    return date(year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1, 1)
