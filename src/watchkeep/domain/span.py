"""What holds from a day to a day: whether its end may be said, and on which day.

The day on which it ends is the first one on which it no longer holds. An end that has come is a fact.
"""

from __future__ import annotations

from datetime import date

from watchkeep.domain.finding import written
from watchkeep.domain.people import Refusal


def is_over(until_on: date | None, today: date) -> bool:
    """Whether its end has come."""
    return until_on is not None and until_on <= today


def may_be_ended(what: str, until_on: date | None, today: date) -> Refusal | None:
    """Whether an end may be said of it at all, or another than the one that was said; `what` names it."""
    if until_on is not None and is_over(until_on, today):
        return Refusal(f"{what} ended on {written(until_on)}, and that stays as it was said.")
    return None


def may_end_on(what: str, from_on: date, on: date) -> Refusal | None:
    """Whether it may end on that day; on the day that it began, it never held."""
    if on < from_on:
        return Refusal(f"{what} began on {written(from_on)}; the end cannot come before that.")
    return None


def meets(from_on: date) -> Refusal:
    """An end that is put off past the day on which the next began."""
    return Refusal(f"The next begins on {written(from_on)}; say that day or an earlier one.")
