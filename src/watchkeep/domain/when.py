"""The day that words name: “31 March 2027”, “by March 2027”, “Jan ’21”, “2026/27 Q1”. A month or a quarter is
promised by its last day. “Shortly” names none, and is not made to.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from watchkeep.domain import period
from watchkeep.domain.days import DATE_SOMEWHERE, MONTHS, NAMED, day_of
from watchkeep.domain.errors import Invalid

_FIRST_OF_RANGE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s*(?:to|and|–|-)\s*(?=\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{NAMED})\b)",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{NAMED})\.?,?\s*[’'‘]\d{{2}}\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b({NAMED})\.?,?\s*(?:(\d{{4}})|[’'‘](\d{{2}}))\b", re.IGNORECASE)
_QUARTER = re.compile(
    r"\b(?:Q[1-4]\W+(?:FY)?\d{2,4}[/–-]\d{2,4}|(?:FY)?\d{4}[/–-]\d{2,4}\W+Q[1-4])\b", re.IGNORECASE
)
_BARE_MONTH = re.compile(rf"\b(?:by|in|during|for|until|mid-|end of|early|late)\s*({NAMED})\b", re.IGNORECASE)
_WRITTEN_DAY: Final = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{NAMED})\b"
    rf"(?:\.?,?\s*(?P<year>\d{{4}}|[’'‘]\d{{2}})\b)?"
    rf"|\b(?:{NAMED})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
    r"|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
_NO_QUARTER: Final = re.compile(
    r"\b(?:Q|Quarter )[05-9][\s,/-]+(?:of )?(?:FY)?20\d{2}(?:\s?[/–-]\s?\d{2,4})?\b"
    r"|\b(?:FY)?20\d{2}(?:[/–-]\d{2,4})?[\s,/-]+Q[05-9]\b",
    re.IGNORECASE,
)
VAGUE: Final = re.compile(
    r"\b(?:shortly|soon|imminent(?:ly)?|in due course|asap|as soon as possible|ongoing|tbc|to be confirmed|"
    r"short[- ]term|medium[- ]term|long[- ]term|going forward|near future)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """Words that name a time, where they stand in their text, and the last day that they can mean."""

    text: str
    on: date | None
    start: int


def whens(text: str, *, year_start: int = period.APRIL) -> tuple[When, ...]:
    """Every time that a text names, in its order; none lies within another."""
    found: list[When] = []
    taken: list[tuple[int, int]] = []
    searches: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
        (DATE_SOMEWHERE, lambda match: day_of(match[0])),
        (_SHORT_YEAR, lambda match: day_of(re.sub("[’'‘]", "", match[0]))),
        (_QUARTER, lambda match: _quarter(match[0], year_start)),
        (_MONTH, lambda match: _month(match[1], match[2] or f"20{match[3]}")),
        (_BARE_MONTH, lambda match: None),
    )
    for pattern, meaning in searches:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                found.append(When(match[0], meaning(match), match.start()))
    return tuple(sorted(found, key=lambda each: each.start))


def no_days(text: str) -> tuple[re.Match[str], ...]:
    """What is written as a day or a quarter, and the calendar has none: 30 February, Q5 2020."""
    days = [match for match in _WRITTEN_DAY.finditer(text) if not _is_day(match)]
    quarters = _NO_QUARTER.finditer(text)
    return tuple(sorted([*days, *quarters], key=lambda match: match.start()))


def _is_day(match: re.Match[str]) -> bool:
    if match["day"] and not match["year"]:
        # A year that has every day; “60 may” is a number and a verb.
        return (
            int(match["day"]) not in (30, 31) or day_of(f"{match['day']} {match['month']} 2020") is not None
        )
    return day_of(re.sub("[’'‘]", "", match[0])) is not None


def due_of(text: str, *, year_start: int = period.APRIL) -> date | None:
    """The day that a promise is due by, as somebody wrote it; nothing written is no day.

    Words that name no day are refused: a promise has a day or is shown to have none.
    """
    said = " ".join(text.split())
    if not said:
        return None
    days = {each.on for each in whens(_FIRST_OF_RANGE.sub("", said), year_start=year_start) if each.on}
    whole = day_of(said)
    if whole is not None:
        return whole
    if len(days) == 1:
        return days.pop()
    what = "names more than one day" if days else "names no day"
    raise Invalid(
        "due",
        f"“{said}” {what}. Give one, such as 31 March 2027, or leave it empty: it is then without a date.",
    )


def _month(name: str, year: str) -> date | None:
    number = MONTHS[name.casefold()]
    return date(int(year), number, monthrange(int(year), number)[1]) if int(year) else None


def _quarter(text: str, year_start: int) -> date | None:
    found = period.find(text, year_start=year_start)
    return found.ends if found else None
