"""Which readings a forecast may be made from, and why there are too few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from watchkeep.domain.errors import Refused
from watchkeep.domain.indicator.values import Frequency, Reading, Series
from watchkeep.domain.spc.spacing import is_gap, spoken
from watchkeep.quant.forecast import MOST

# How many unbroken readings a forecast takes: enough to learn from and as many again to be tried on.
NEEDED: Final[dict[Frequency, int]] = {"day": 28, "week": 26, "month": 24, "quarter": 16, "year": 12}
# How many are known at the first trial, where no season is looked for.
LEARNT: Final[dict[Frequency, int]] = {"day": 14, "week": 12, "month": 12, "quarter": 8, "year": 6}
SEASON: Final[dict[Frequency, int]] = {"day": 7, "week": 52, "month": 12, "quarter": 4, "year": 1}
# Whole seasons without which none is looked for: two to learn it, and the rest to be tried on.
SEASONS_DECLARED: Final = 3
SEASONS: Final = 4
PLURAL: Final[dict[Frequency, str]] = {
    "day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """Readings without a gap, the season to look for in them, and what was left out and why."""

    readings: tuple[Reading, ...]
    season: int
    first: int  # known at the first trial
    cautions: tuple[str, ...]
    year: int = 1  # steps back to the same season, where that can be tried at each origin; 1: it cannot

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers alone."""
        return tuple(each.value for each in self.readings if each.value is not None)


def stretch_of(series: Series, as_at: date, *, across_rebases: bool = False) -> Stretch:
    """The latest readings without a gap between them, from the last rebase on unless told otherwise.

    Refused, with the number it takes, where they are too few.
    """
    frequency = series.definition.frequency
    found = tuple(each for each in series.recorded if each.on <= as_at)
    cautions: list[str] = []
    why = ""
    rebase = max(
        (each for each in series.rebases if each.on <= as_at), key=lambda each: each.on, default=None
    )
    if rebase and any(each.on < rebase.on for each in found):
        if across_rebases:
            cautions.append("Readings from before a rebase are taken as of the same process, as asked for.")
        else:
            found = tuple(each for each in found if each.on >= rebase.on)
            why = f" since the rebase in {spoken(rebase.on, frequency)}"
            cautions.append(f"Made from the readings{why} alone: the process changed then.")
    broken = [after.on for before, after in pairwise(found) if is_gap(before.on, after.on, frequency)]
    if broken:
        found = tuple(each for each in found if each.on >= broken[-1])
        why = f" since the gap before {spoken(broken[-1], frequency)}"
        cautions.append(f"Made from the readings{why} alone: what lies before it does not join on.")
    if len(found) < NEEDED[frequency]:
        raise Refused(_too_few(len(found), frequency, why))
    if len({each.value for each in found}) == 1:
        raise Refused(
            f"It was the same in all {len(found)} readings{why}: there is nothing to tell one forecast from "
            "another by. It takes readings that differ."
        )
    season, first = _season(series, len(found))
    year = SEASON[frequency] if max(first, len(found) - MOST) >= SEASON[frequency] else 1
    if season == 1 and frequency != "year":
        cautions.append(_unseasoned(frequency, year))
    return Stretch(found, season, first, tuple(cautions), year)


def _unseasoned(frequency: Frequency, year: int) -> str:
    """What was not tried of seasons, and how many readings it takes."""
    takes = (
        f"that takes {SEASONS * SEASON[frequency]} unbroken readings, or "
        f"{SEASONS_DECLARED * SEASON[frequency]} where the indicator is said to be seasonal"
    )
    if year > 1:
        return (
            f"No season was learnt: {takes}. That a season comes again as it was is tried (seasonal naive)."
        )
    return (
        f"No season was looked for: {takes}. Seasonal naive, the reading of the same season before, is tried "
        f"from {SEASON[frequency] + MOST} on."
    )


def _season(series: Series, known: int) -> tuple[int, int]:
    frequency = series.definition.frequency
    season = SEASON[frequency]
    if season > 1 and known >= season * (SEASONS_DECLARED if series.definition.seasonal else SEASONS):
        return season, 2 * season
    return 1, LEARNT[frequency]


def _too_few(found: int, frequency: Frequency, why: str) -> str:
    there = "there is 1 reading" if found == 1 else f"there are {found or 'no'} readings"
    return (
        f"A forecast of a {PLURAL[frequency]} indicator takes {NEEDED[frequency]} readings without a gap, "
        f"and {there}{why}. Wait for more, or bring in older ones."
    )
