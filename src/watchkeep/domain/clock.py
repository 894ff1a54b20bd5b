"""The two clocks that every question about the past is asked by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from watchkeep.domain.errors import Invalid
from watchkeep.domain.finding import written

# No record speaks of a day before or after these; beyond them a year's plan would run out of calendar.
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
A_YEAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Clock:
    """`as_at`: the day that is asked about. `known_at`: only what Watchkeep had learned by that moment.

    Without `as_at`, what stands. Asked only for what was known at a moment, the day of that moment is meant:
    nobody knew then what would be true later.
    """

    as_at: date | None = None
    known_at: datetime | None = None

    @property
    def day(self) -> date | None:
        """The day that facts must speak of, or none where the latest are asked for."""
        if self.as_at is None and self.known_at is not None:
            return self.known_at.date()
        return self.as_at

    @property
    def past(self) -> bool:
        """Whether anything but the present is asked for: what is then shown cannot be changed."""
        return self.as_at is not None or self.known_at is not None


PRESENT = Clock()


def must_be_within(field: str, day: date, first: date = FIRST_DAY, last: date = LAST_DAY) -> None:
    """Refuse a day that nobody can mean: mistyped, or so far off that nothing is recorded of it."""
    if not first <= day <= last:
        raise Invalid(field, f"Give a day from {first.year} to {last.year}, not {day.isoformat()}.")


def must_have_come(field: str, day: date, today: date, told: date | None = None) -> None:
    """Refuse a fact of a day that has not come yet: what is to come is a plan, and is promised or scheduled.

    `told` is the day of the paper that a register was last told by. Where that itself lies ahead, the
    register is spoken of in its own time: up to a year after that day.
    """
    must_be_within(field, day)
    if day <= today or (told is not None and told > today and day <= told + A_YEAR):
        return
    raise Invalid(field, f"{written(day)} has not come yet; record it on the day.")
