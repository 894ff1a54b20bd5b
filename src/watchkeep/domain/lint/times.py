"""The times that a sentence names, and the last day that each can mean, seen from the paper's day.

A month without a year is read as the nearest one; where the one gone by and the one to come are about as
near, it is nobody's to say, and no day is named.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from watchkeep.domain import period as periods
from watchkeep.domain.days import MONTHS, NAMED, later_by_months
from watchkeep.domain.when import no_days, whens

MONTHS_BACK: Final = 4  # a bare month this far back is the one gone by; further, it may be the one to come
MONTHS_AHEAD: Final = 7  # and this far ahead the one to come
YEARS_NEAR: Final = 4  # “July 25” in a paper of 2021 to 2029 is July 2025
_DAY_IN_MONTH: Final = {"early": 10, "start": 10, "beginning": 10, "mid": 20, "middle": 20}
_SEASON_ENDS: Final = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}

_DAY_AND_MONTH: Final = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{NAMED})\b", re.IGNORECASE
)
_MONTH_DASH_YEAR: Final = re.compile(rf"\b(?P<month>{NAMED})\s?[-–/]\s?(?P<year>\d{{4}}|\d{{2}})\b", re.I)
_MONTH_AND_YEAR: Final = re.compile(rf"\b(?P<month>{NAMED})\s(?P<year>\d{{2}})\b(?!\s?(?:%|[a-z:]))", re.I)
_BARE_MONTH: Final = re.compile(
    r"\b(?:(?P<part>early|mid|late|start of|beginning of|middle of|end of)[\s-]+)?"
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\b"
    r"(?!\s?[-–/’'‘]?\s?\d{1,4}(?:st|nd|rd|th)?\b(?!\s?(?:%|[a-z])))",
)
_SEASON: Final = re.compile(
    r"\b(?P<season>spring|summer|autumn|winter)(?:\s+(?:of\s+)?(?P<year>\d{4}))\b", re.IGNORECASE
)
_BARE_QUARTER: Final = re.compile(
    r"\b(?:Q|Quarter )(?P<quarter>[1-4])\b(?![\s,/-]*(?:FY)?\s?\d)", re.IGNORECASE
)
_QUARTER_OF_YEAR: Final = re.compile(
    r"\b(?:(?:Q|Quarter )(?P<quarter>[1-4])[\s,/-]+(?:of )?(?P<year>20\d{2})|(?P<first>20\d{2})[\s,/-]+"
    r"Q(?P<then>[1-4]))\b(?!\s?[/–-]\s?\d)",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(
    r"(?<![\d/£.,-])(?P<first>20\d{2})\s?[/–-]\s?(?P<second>20\d{2}|\d{2})(?![\d/-])", re.IGNORECASE
)
_YEAR: Final = re.compile(
    r"(?<![\d/£.,-])(?P<year>20\d{2})(?![\d/%-]|,\d)(?!\s(?:people|staff|cases|officers))"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name a time. `on` is the last day that they can mean; none where that cannot be said.

    `read_as` says which year a bare month was taken for.
    """

    text: str
    start: int
    end: int
    on: date | None
    read_as: str = ""


def times(sentence: str, as_at: date | None) -> tuple[Named, ...]:
    """Every time that a sentence names, in its order; none lies within another."""
    found: list[Named] = []

    def add(start: int, end: int, on: date | None, read_as: str = "") -> None:
        if not any(each.start < end and start < each.end for each in found):
            found.append(Named(sentence[start:end], start, end, on, read_as))

    for match in no_days(sentence):
        add(*match.span(), None)  # no part of it may be read as another time
    for each in whens(sentence):
        if each.on:
            add(each.start, each.start + len(each.text), _part_of(sentence, each.start, each.on))
    for match in _MONTH_DASH_YEAR.finditer(sentence):
        year = int(match["year"]) if len(match["year"]) == 4 else 2000 + int(match["year"])
        if year >= 2000:
            add(*match.span(), _last(year, MONTHS[match["month"].casefold()]))
    for match in _MONTH_AND_YEAR.finditer(sentence):
        add(*match.span(), _short_year(match, as_at))
    for match in _DAY_AND_MONTH.finditer(sentence):
        add(*match.span(), *_bare(match["month"], as_at, day=int(match["day"])))
    for match in _BARE_MONTH.finditer(sentence):
        if match["month"] not in ("May", "Mar") or _is_month(sentence, match):
            part = (match["part"] or "").split(" ")[0].casefold()
            add(*match.span(), *_bare(match["month"], as_at, day=_DAY_IN_MONTH.get(part, 31)))
    for match in _SEASON.finditer(sentence):
        add(*match.span(), _season(match["season"].casefold(), int(match["year"])))
    for match in _QUARTER_OF_YEAR.finditer(sentence):
        year, quarter = (int(match["year"] or match["first"]), int(match["quarter"] or match["then"]))
        # Of the calendar's year or the one from April: the later of the two.
        add(*match.span(), periods.Period(year, quarter).ends)
    for match in _BARE_QUARTER.finditer(sentence):
        add(*match.span(), _quarter(int(match["quarter"]), as_at))
    for match in _YEARS.finditer(sentence):
        add(*match.span(), _financial_year(match))
    for match in _YEAR.finditer(sentence):
        add(*match.span(), date(int(match["year"]), 12, 31))
    return tuple(sorted(found, key=lambda each: each.start))


def _short_year(match: re.Match[str], as_at: date | None) -> date | None:
    """“July 25” is that month of 2025 in a paper of about that year; in any other it may be a day of July."""
    year = 2000 + int(match["year"])
    near = as_at is not None and abs(year - as_at.year) <= YEARS_NEAR
    return _last(year, MONTHS[match["month"].casefold()]) if near else None


def _last(year: int, month: int, day: int = 31) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _part_of(sentence: str, start: int, on: date) -> date:
    """“Mid-December 2020” is over before its month is."""
    match = re.search(
        r"\b(early|mid|start of|beginning of|middle of)[\s-]+$", sentence[:start], re.IGNORECASE
    )
    if not match or on != _last(on.year, on.month):
        return on
    return _last(on.year, on.month, _DAY_IN_MONTH[match[1].split(" ")[0].casefold()])


def _bare(month: str, as_at: date | None, *, day: int) -> tuple[date | None, str]:
    """A month without a year: the nearest, where that is plain."""
    number = MONTHS[month.casefold().rstrip(".")]
    if as_at is None or not 1 <= day <= 31 or not MINYEAR < as_at.year < MAXYEAR:
        return None, ""
    back = (as_at.month - number) % 12
    if back <= MONTHS_BACK:
        near = later_by_months(as_at.replace(day=1), -back)
    elif 12 - back <= MONTHS_AHEAD:
        near = later_by_months(as_at.replace(day=1), 12 - back)
    else:
        return None, ""
    on = _last(near.year, near.month, day)
    return on, f"{on:%B %Y}"


def _is_month(sentence: str, match: re.Match[str]) -> bool:
    """“May” is a month after a word that leads to one; elsewhere it may be a verb."""
    if match["part"]:
        return True
    return re.search(r"\b(?:by|in|during|for|until|from|since|of|to|before|after|due|last|next)\s+$",
                     sentence[: match.start()], re.IGNORECASE) is not None  # fmt: skip


def _season(season: str, year: int) -> date | None:
    """A season's last day; the winter of a year ends in the next."""
    ends = year + (season == "winter")
    return _last(ends, _SEASON_ENDS[season]) if MINYEAR <= ends <= MAXYEAR else None


def _quarter(quarter: int, as_at: date | None) -> date | None:
    """A quarter without a year: the one gone by or the paper's own, else the one to come, if it is near."""
    if as_at is None or not MINYEAR + 1 < as_at.year < MAXYEAR:
        return None
    now = periods.containing(as_at)
    back = (now.quarter - quarter) % periods.QUARTERS
    return periods.Period(now.year - (quarter > now.quarter), quarter).ends if back <= 1 else None


def _financial_year(match: re.Match[str]) -> date | None:
    """The last day of 2020/21; what is no pair of years that follow each other names no year."""
    first, second = int(match["first"]), int(match["second"])
    if second % 100 != (first + 1) % 100:
        return date(2000 + second % 100, 12, 31) if second % 100 > first % 100 else None
    return date(first + 1, 3, 31)
