"""Reads dates as British papers write them: the day first. A month without a day is no certain day. Counts on
by calendar months.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan " "january", "feb " "february", "mar " "march", "apr april", "may", "jun june",
            "jul july", "aug " "august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
NAMED = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$")
NUMBERS = re.compile(r"^(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4}|\d{2})$")
WORDS = re.compile(
    rf"^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?({NAMED})\.?,?[\s\-/.’']*(\d{{4}}|\d{{2}})$",
    re.IGNORECASE,
)
AMERICAN_WORDS = re.compile(rf"^({NAMED})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})$", re.IGNORECASE)
DATE_SOMEWHERE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{NAMED})\.?,?\s+\d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}})\b|"
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d{{2}})\b",
    re.IGNORECASE,
)


def day_of(text: str) -> date | None:
    """The one day that a text means, or nothing where it does not name a day."""
    text = " ".join(text.split()).strip(" .")
    if match := ISO.match(text):
        year, month, day = (int(group) for group in match.groups()[:3])
        return _day(year, month, day)
    if match := NUMBERS.match(text):
        day, month, year = (int(group) for group in match.groups())
        return _day(_century(year, match.group(3)), month, day)
    if match := WORDS.match(text):
        return _day(
            _century(int(match.group(3)), match.group(3)),
            MONTHS[match.group(2).casefold()],
            int(match.group(1)),
        )
    if match := AMERICAN_WORDS.match(text):
        return _day(int(match.group(3)), MONTHS[match.group(1).casefold()], int(match.group(2)))
    return None


def _century(year: int, written: str) -> int:
    return year if len(written) == 4 else 2000 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        # "31/02/2021" and "04/31/2021" name no day in British order: the text stays, the day does not
        return None


def later_by_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
