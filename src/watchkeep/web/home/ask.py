"""One thing that waits for somebody, as Home shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that waits for the viewer; `late` in days, less than nothing where its day is to come."""

    what: str
    detail: str
    button: str
    link: str
    late: int = 0
