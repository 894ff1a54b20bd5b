"""What a heading was recognised as."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a heading means, and how sure that is; `reason` stands where it is not certain.

    `rank` orders headings that compete for one field (0 is the plainest name for it).
    """

    meaning: str
    confidence: float = 1.0
    reason: str = ""
    rank: int = 0
