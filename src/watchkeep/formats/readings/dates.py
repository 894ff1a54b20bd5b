"""The first day of the period that a cell names: a day, a week, a month, a quarter, a year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from watchkeep.domain import period
from watchkeep.domain.days import MONTHS, NAMED, NUMBERS, day_of

Order = Literal["day first", "month first"]
EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 1, 1)
_SERIAL = re.compile(r"[2-9]\d{4}(?:\.\d+)?", re.ASCII)  # 1954 to 2173, as spreadsheets count days
_SERIAL_START = date(1899, 12, 30)
_TIME = re.compile(r"[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|am|pm)?$", re.IGNORECASE)
_MONTH_WORD = re.compile(rf"({NAMED})\.?,?[\s\-/’']*(\d{{4}}|\d{{2}})", re.IGNORECASE | re.ASCII)
_YEAR_WORD = re.compile(rf"(\d{{4}})[\s\-/]*({NAMED})", re.IGNORECASE | re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})(?:[-/.]|[Mm])?(0[1-9]|1[0-2])", re.ASCII)
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/.\-](\d{4})", re.ASCII)
_BASIC = re.compile(r"((?:19|20|21)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)
_WEEK = re.compile(r"(\d{4})[\s-]*W(?:eek|k)?\.?\s*(\d{1,2})", re.IGNORECASE | re.ASCII)
_WEEK_OF = re.compile(
    r"(w\s?[/.]?\s?c|week commencing|week beginning|w\s?[/.]?\s?e|week ending)[\s:.]+", re.IGNORECASE
)
_FINANCIAL = re.compile(r"(?:F\.?Y\.?\s*)?(\d{4})\s*[/–-]\s*(\d{4}|\d{2})", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"(?:19|20|21)\d{2}", re.ASCII)
WITH_YEAR = "a month with its year in one cell, such as Jan 2024"
EXPECTED = "a day, a month or a quarter, such as 31/01/2024, Jan 2024, 2024-01 or 2023/24 Q2"


def first_day_of(text: str, *, order: Order = "day first", year_start: int = period.APRIL) -> date | None:
    """The first day of what `text` names, or none where it names nothing that is certain.

    Quarters and double years are the financial year's, which begins in month `year_start`.
    """
    said = _TIME.sub("", " ".join(text.replace("\u00a0", " ").split()))
    found = _named(said, order, year_start)
    return found if found and EARLIEST <= found < LATEST else None


def is_serial(text: str) -> bool:
    """Whether it is a day as a spreadsheet counts it: 45292 is 1 January 2024."""
    return _SERIAL.fullmatch(text.strip()) is not None


def orders(text: str) -> frozenset[Order]:
    """In which orders a day that is written in numbers can be read; none where it is not."""
    match = NUMBERS.match(_TIME.sub("", text.strip()))
    if match is None:
        return frozenset()
    first, second = int(match[1]), int(match[2])
    ways: set[Order] = set()
    if second <= 12 and first <= 31:
        ways.add("day first")
    if first <= 12 and second <= 31:
        ways.add("month first")
    return frozenset(ways)


def _named(said: str, order: Order, year_start: int) -> date | None:
    if match := _WEEK_OF.match(said):
        day = _named(said[match.end() :], order, year_start)
        ending = match[1].casefold().replace(" ", "").endswith(("e", "ending"))
        return day - timedelta(days=6) if day and ending else day
    if is_serial(said):
        return _SERIAL_START + timedelta(days=int(float(said)))
    if match := _BASIC.fullmatch(said):
        return day_of(f"{match[1]}-{match[2]}-{match[3]}")
    if month := _month(said):
        return month
    if match := _WEEK.fullmatch(said):
        try:
            return date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            return None
    if quarter := period.find(said, year_start=year_start):
        return quarter.starts
    if year := _year(said, year_start):
        return year
    if order == "month first" and (match := NUMBERS.match(said)):
        return day_of(f"{match[2]}/{match[1]}/{match[3]}")
    return day_of(said)


def _month(said: str) -> date | None:
    if match := _MONTH_WORD.fullmatch(said):
        return date(_whole_year(match[2]), MONTHS[match[1].casefold()], 1) if _whole_year(match[2]) else None
    if match := _YEAR_WORD.fullmatch(said):
        return date(int(match[1]), MONTHS[match[2].casefold()], 1) if int(match[1]) else None
    if match := _YEAR_MONTH.fullmatch(said):
        return date(int(match[1]), int(match[2]), 1) if int(match[1]) else None
    if match := _MONTH_YEAR.fullmatch(said):
        return date(int(match[2]), int(match[1]), 1) if int(match[2]) else None
    return None


def _year(said: str, year_start: int) -> date | None:
    if _YEAR.fullmatch(said):
        return date(int(said), 1, 1)
    match = _FINANCIAL.fullmatch(said)
    if match and int(match[2]) % 100 == (int(match[1]) + 1) % 100 and int(match[1]) > 0:
        return date(int(match[1]), year_start, 1)
    return None


def _whole_year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)
