"""How the three dialects of the rules differ. Each is the practice of a published tool or guide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from watchkeep.domain.spc.values import Dialect

# A point whose signals point both ways: "mixed" says so; "trend" lets the direction of the run decide, as the
# NHS England workbook does.
Conflict = Literal["mixed", "trend"]

LEAST_BASELINE: Final = 12  # readings; fewer give no limits that are worth fixing
# First readings of a segment that limits are fixed on: the most of the workbook's 12 to 20, for the fewest
# false signals after them.
FIXED_ON: Final = 20
LEAST: Final = 8  # readings; with fewer, no run of seven can be confirmed
ESTABLISHED: Final = 13  # readings from which limits are no longer provisional
SHIFT: Final = 7  # readings in a row on one side


@dataclass(frozen=True, slots=True)
class Rules:
    """What a dialect does."""

    trend: int  # readings in a row, each above or each below the one before
    screening: bool  # moving ranges of 3.267 times their mean are left out
    inner_only: bool  # two of three: only what lies between 2 and 3 sigma counts
    by_first: bool  # of signals that point both ways, the foremost decides
    fixed_on: int | None  # first readings of a segment; none: all of them
    guarded: bool  # the verdict looks past memory, seasons and shape
    ignore_ties: bool = False  # a reading that equals the one before it does not end a trend


DIALECTS: Final[dict[Dialect, Rules]] = {
    # NHS England, Making Data Count, workbooks since November 2023; limits fixed early in a segment.
    "mdc": Rules(trend=7, screening=False, inner_only=False, by_first=False, fixed_on=FIXED_ON, guarded=True),
    # NHSRplotthedots 0.2.2: what the R package prints, and nothing besides.
    "ptd": Rules(trend=7, screening=True, inner_only=True, by_first=True, fixed_on=None, guarded=False),
    # The workbook's other choice: a trend is six readings.
    "six": Rules(trend=6, screening=False, inner_only=False, by_first=False, fixed_on=FIXED_ON, guarded=True),
}
