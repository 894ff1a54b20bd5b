"""The two clocks as people write and say them: 2031-03-31, 2031-04-01T09:30, “as at 31 March 2031”."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from watchkeep.domain.clock import Clock, must_be_within
from watchkeep.domain.errors import Invalid
from watchkeep.domain.finding import written

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
# A moment is asked for by the minute, and what was learned within that minute is meant too.
_WITHIN: Final = timedelta(seconds=59, microseconds=999_999)


def clock_said(as_at: str, known_at: str) -> Clock:
    """The clock of a day and a moment as they were written; either may be left out."""
    return Clock(
        as_at=_day(as_at) if as_at else None,
        known_at=_moment(known_at) if known_at else None,
    )


def clock_on(day: datetime | None) -> Clock:
    """The clock of a day that the command line has read; what stands where none was given."""
    if day is None:
        return Clock()
    must_be_within("as_at", day.date())
    return Clock(as_at=day.date())


def spoken(clock: Clock) -> str:
    """The day and the moment as a person says them: as at 31 March 2031, as it was known then."""
    if clock.known_at is None:
        return f"as at {written(clock.as_at)}, as is now known" if clock.as_at else "as it stands"
    learned = timezone.localtime(clock.known_at)
    if clock.as_at is None:
        return f"as it was known on {written(learned.date())} at {learned:%H:%M}"
    then = "then" if learned.date() == clock.as_at else f"on {written(learned.date())} at {learned:%H:%M}"
    return f"as at {written(clock.as_at)}, as it was known {then}"


def _day(text: str, field: str = "as_at") -> date:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None  # 2031-02-30 is written like a day and is none
    if day is None:
        raise Invalid(field, f"A day is written like 2031-03-31; “{text[:40]}” is none.")
    must_be_within(field, day)
    return day


def _moment(text: str) -> datetime:
    """A minute, with all that was learned within it; or a day, up to its end."""
    if _DAY.fullmatch(text):
        day = _day(text, "known_at")
        _must_have_passed(day <= timezone.localdate())
        return min(timezone.make_aware(datetime.combine(day, time.max)), timezone.now())
    if not _MOMENT.fullmatch(text):
        raise Invalid(
            "known_at",
            f"A moment is written like 2031-03-31T09:30, or 2031-03-31 for that day’s end; “{text[:40]}” is "
            "none.",
        )
    _day(text[:10], "known_at")
    try:
        moment = timezone.make_aware(datetime.fromisoformat(text))
    except ValueError:
        raise Invalid("known_at", f"“{text[:40]}” is no moment that there is.") from None
    _must_have_passed(moment <= timezone.now())
    return moment + _WITHIN


def _must_have_passed(passed: bool) -> None:
    if not passed:
        raise Invalid(
            "known_at", "What will be known later cannot be shown: choose a moment that has passed."
        )
