"""The two clocks that every question about the past is asked by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from watchkeep.domain.errors import Invalid

# No record speaks of a day before or after these; beyond them a year's plan would run out of calendar.
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)


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
