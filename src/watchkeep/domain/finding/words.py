"""Numbers, lists and days as a sentence says them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int) -> str:
    """Numbers up to ten in words, larger ones in figures."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`one risk`, `two risks`, `14 risks`, `no risks`."""
    return f"{in_words(number)} {one if number == 1 else (many or one + 's')}"


def listed(things: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = list(things) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def written(day: date) -> str:
    """31 March 2021."""
    return f"{day.day} {day:%B} {day.year}"
