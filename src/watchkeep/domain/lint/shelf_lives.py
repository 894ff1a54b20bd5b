"""How long a figure may be read as today's: the one table, each row with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ShelfLife:
    """For how many days after it was counted a figure of this sort is read as today's, and why."""

    what: str
    days: int
    reason: str
    words: re.Pattern[str]


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


SHELF_LIVES: Final = (
    ShelfLife(
        "a survey, census, audit or inspection",
        366,
        "these come once a year or less; the last one stands until the next is due",
        _any("surveys?", "census", "audits?", "inspections?", "inspected", "valuation", "accounts"),
    ),
    ShelfLife(
        "a queue: a backlog, a waiting list, open cases, vacancies",
        45,
        "a queue is counted every month, and a busy month can double it",
        _any(
            r"backlogs?", r"waiting", r"wait(?:s|ed)? (?:more|over|longer)", r"queues?", r"vacanc(?:y|"
            r"ies)", "vacant",
            r"outstanding", r"overdue", r"unallocated", r"open (?:cases|actions|incidents|"
            r"complaints)", r"deficits?",
            r"delayed", r"occupancy", r"carried over", r"arrears",
        ),
    ),
    ShelfLife(
        "any other figure",
        92,
        "a register is read every quarter, and a figure older than a quarter was in the last one",
        _any(r"\d"),
    ),
)  # fmt: skip


def shelf_life(sentence: str) -> ShelfLife:
    """The shelf life of the figure that a sentence gives: the first row whose words it has, else the last."""
    return next((each for each in SHELF_LIVES if each.words.search(sentence)), SHELF_LIVES[-1])
