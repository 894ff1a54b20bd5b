"""When a risk is looked at next: offered by the quarter that was reviewed, said by who signs it off."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.errors import Invalid
from watchkeep.domain.next_review import after, suggested_review
from watchkeep.domain.period import Period


@pytest.mark.parametrize(
    ("ended", "offered"),
    [
        (date(2031, 3, 31), date(2031, 6, 30)),
        (date(2031, 11, 30), date(2032, 2, 29)),  # a year that starts in September; 2032 has a leap day
        (date(2031, 12, 31), date(2032, 3, 31)),
    ],
)
def test_the_end_of_the_next_quarter_is_offered_for_the_next_review(ended: date, offered: date) -> None:
    assert suggested_review(ended) == offered


def test_it_is_after_the_quarter_that_was_reviewed() -> None:
    assert after(Period(2031, 1), date(2031, 7, 1)) == date(2031, 7, 1)
    assert after(Period(2031, 1), None) is None
    with pytest.raises(Invalid, match="is after 2031/32 Q1, which ended on 30 June 2031"):
        after(Period(2031, 1), date(2031, 6, 30))
