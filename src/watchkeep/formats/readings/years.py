"""Years that stand in one column and their months, quarters or weeks in another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from watchkeep.domain import period
from watchkeep.domain.days import MONTHS
from watchkeep.formats.columns.comparing import normal
from watchkeep.formats.columns.known import names_in
from watchkeep.formats.readings.dates import first_day_of

Within = Literal["month", "quarter", "week"]
YEARS: Final = names_in("year|calendar year|financial year|fiscal year|fy|reporting year")
JOINED: Final = "a year and its month, quarter or week, such as 2024 and March, 2023/24 and Q2"
THREE = (
    "Its days stand in three columns (“{}”, “{}”, “{}”). Join them in one, such as 2024-03-31, and read that."
)
_WITHIN: Final[dict[Within, frozenset[str]]] = {
    "month": frozenset(map(normal, names_in("month|month name|month number|month no|mth"))),
    "quarter": frozenset(map(normal, names_in("quarter|quarter number|quarter no|qtr"))),
    "week": frozenset(map(normal, names_in("week|week number|week no|wk"))),
}
_DAY: Final = frozenset(map(normal, names_in("day|day of month")))
_YEARS: Final = frozenset(map(normal, YEARS))
_YEAR: Final = re.compile(r"(?:FY\s*)?((?:19|20|21)\d{2})(?:\s*[/–-]\s*(?:\d{2}|\d{4}))?", re.IGNORECASE)
# Not M1: where years are financial it is April.
_NUMBER: Final = re.compile(r"(?:month|quarter|qtr|q|week|wk|w)?\.?\s*(\d{1,2})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Parts:
    """The column of the years, that of what lies within them, and which kind that is."""

    year: int
    within: int
    kind: Within


def kind_of(title: str) -> Within:
    """What a column holds by its heading; months where the heading does not say."""
    return next((kind for kind, names in _WITHIN.items() if normal(title) in names), "month")


def parts_in(titles: Sequence[str]) -> Parts | str | None:
    """Year and part by their headings; where the day stands in a third column, a sentence that says so."""
    plain = [normal(each) for each in titles]
    year = next((at for at, each in enumerate(plain) if each in _YEARS), None)
    within = next(
        ((at, kind) for kind, names in _WITHIN.items() for at, each in enumerate(plain) if each in names),
        None,
    )
    if year is None or within is None:
        return None
    day = next((at for at, each in enumerate(plain) if each in _DAY), None)
    if day is not None:
        return THREE.format(*(titles[at].strip()[:40] for at in (year, within[0], day)))
    return Parts(year, *within)


def is_year(text: str) -> bool:
    """Whether a cell names a year and nothing within it."""
    return _YEAR.fullmatch(text.strip()) is not None


def joined(year: str, within: str, kind: Within, *, year_start: int = period.APRIL) -> str:
    """Both in one text as one cell would say it; empty where they name nothing that is certain.

    A month of a financial year is told by its name only: its number may count from the year's first month.
    """
    said = " ".join(within.split()).rstrip(".")
    match = _YEAR.fullmatch(year.strip())
    if match is None or not said:
        return ""
    first = int(match[1])
    double = not year.strip().isdecimal()
    number = _NUMBER.fullmatch(said)
    if kind == "month":
        month = MONTHS.get(said.casefold()) or (int(number[1]) if number and not double else 0)
        if not 1 <= month <= 12 or (double and first_day_of(year) is None):
            return ""
        return f"{first + (double and month < year_start)}-{month:02d}"
    if number is None:
        return ""
    return f"{year.strip()} Q{number[1]}" if kind == "quarter" else f"{first} W{number[1]}"
