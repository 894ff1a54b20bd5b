"""The two clocks as people write them, and the days that nobody can mean."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from watchkeep.domain.errors import Invalid
from watchkeep.jobs.clocks import clock_on, clock_said


@pytest.mark.parametrize("said", ["9999-12-31", "2101-01-01", "1899-12-31", "0001-01-01"])
def test_a_day_that_nothing_is_recorded_of_is_refused(said: str) -> None:
    for ask in (lambda: clock_said(said, ""), lambda: clock_on(datetime.fromisoformat(said))):
        with pytest.raises(Invalid, match="from 1900 to 2100") as refused:
            ask()
        assert refused.value.field == "as_at"


@pytest.mark.parametrize("said", ["1900-01-01", "2100-12-31"])
def test_the_first_and_the_last_day_are_days(said: str) -> None:
    assert clock_said(said, "") == clock_on(datetime.fromisoformat(said))


def test_known_on_a_day_means_by_its_end() -> None:
    known = clock_said("", "2025-12-31").known_at
    assert known is not None
    local = timezone.localtime(known)
    assert (local.isoformat()[:16], local.second) == ("2025-12-31T23:59", 59)


def test_known_today_means_by_now_and_known_tomorrow_nothing() -> None:
    before, today = timezone.now(), timezone.localdate()
    known = clock_said("", today.isoformat()).known_at
    assert known is not None
    assert before <= known <= timezone.now()
    with pytest.raises(Invalid, match="choose a moment that has passed"):
        clock_said("", (today + timedelta(days=1)).isoformat())
