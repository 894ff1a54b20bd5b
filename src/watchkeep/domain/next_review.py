"""When a risk is looked at next, as who signs off its review says."""

from __future__ import annotations

from datetime import date, timedelta

from watchkeep.domain.errors import Invalid
from watchkeep.domain.finding import written
from watchkeep.domain.period import Period, containing


def suggested_review(ends_on: date) -> date:
    """The day that is offered for the next review: the end of the quarter after the one that ends then."""
    first = ends_on + timedelta(days=1)
    return containing(first, year_start=first.month).ends


def after(period: Period, stated: date | None) -> date | None:
    """The day on which a risk is looked at next, as who signs it off states it; refused where that is not
    after the quarter that was reviewed.
    """
    if stated is not None and stated <= period.ends:
        raise Invalid(
            "next_review",
            f"The next review is after {period.label}, which ended on {written(period.ends)}; "
            f"{written(stated)} is not.",
        )
    return stated
