"""A fact is of a day that has come; a register that is told of in time to come is spoken of in its own."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.clock import must_have_come
from watchkeep.domain.errors import Invalid

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 22), date(1900, 1, 1)])
def test_a_day_that_has_come_will_do(day: date) -> None:
    must_have_come("on", day, TODAY)


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2099, 12, 31)])
def test_a_day_to_come_is_refused_by_the_name_of_its_box(day: date) -> None:
    with pytest.raises(Invalid, match="has not come yet") as refusal:
        must_have_come("effective_on", day, TODAY)
    assert refusal.value.field == "effective_on"


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2101, 1, 1), date(206, 11, 23)])
def test_a_day_that_nobody_can_mean_is_refused_as_that(day: date) -> None:
    with pytest.raises(Invalid, match="from 1900 to 2100"):
        must_have_come("on", day, TODAY)


def test_a_register_whose_paper_lies_ahead_is_spoken_of_up_to_a_year_after_it() -> None:
    told = date(2031, 3, 31)
    must_have_come("on", date(2031, 3, 31), TODAY, told)
    must_have_come("on", date(2032, 3, 31), TODAY, told)
    with pytest.raises(Invalid, match="has not come yet"):
        must_have_come("on", date(2032, 4, 2), TODAY, told)


def test_a_past_paper_lets_nothing_be_said_of_a_day_to_come() -> None:
    with pytest.raises(Invalid, match="24 November 2026 has not come yet"):
        must_have_come("on", date(2026, 11, 24), TODAY, date(2026, 9, 30))
