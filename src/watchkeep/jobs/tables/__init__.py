"""The tables that pages and the command line take away: the headings and cells of each, a module a noun.

An empty cell is what is not recorded. Every cell is text; whoever writes it to a file keeps it from acting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading, with a title for people; `name` names its file."""

    name: str
    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def iso(on: date | None) -> str:
    """A day as programs sort it."""
    return on.isoformat() if on else ""


def listed(texts: Iterable[str]) -> str:
    """Several things in one cell."""
    return "; ".join(texts)
