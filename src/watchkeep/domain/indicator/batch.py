"""The canonical text of readings, and the digest over them that the ledger keeps in their place.

A line is: the indicator's number, the first day of the period, the revision, the value, the numerator and the
denominator (each as the shortest text that reads back as the same number; empty where there is none), and the
note as JSON (empty where there is none); a tab between them, a line feed after them. Lines stand in the order
of indicator, day and revision.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable


def told(value: float | None, numerator: float | None, denominator: float | None, note: str) -> str:
    """What a reading says, as its line has it from the value on."""
    return (
        f"{'' if value is None else repr(value)}\t"
        f"{'' if numerator is None else repr(numerator)}\t"
        f"{'' if denominator is None else repr(denominator)}\t"
        f"{json.dumps(note) if note else ''}"
    )


def line(series: int, on: str, revision: int, said: str) -> bytes:
    """One reading as the digest takes it; `on` is an ISO date, `said` what is `told`."""
    return f"{series}\t{on}\t{revision}\t{said}\n".encode("ascii")


def digest(lines: Iterable[bytes]) -> str:
    """SHA-256 over lines in their order, as hexadecimal."""
    found = hashlib.sha256()
    for each in lines:
        found.update(each)
    return found.hexdigest()
