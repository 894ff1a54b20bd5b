"""Whether a risk may be closed, and the reason where it may not."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.finding import written
from watchkeep.domain.people import Refusal


def may_close(label: str, *, closed: bool, opened_on: date, on: date) -> Refusal | None:
    """Nothing where the risk may be closed on that day. Why it is closed is asked for apart from this."""
    if closed:
        return Refusal(f"{label} is already closed.")
    if on < opened_on:
        return Refusal(
            f"{label} is first told of on {written(opened_on)}; it cannot have been closed before that day."
        )
    return None
