"""When people are told of what, and when they are left alone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeep.domain.notice import of_check, of_promise, of_review, of_sign_off, quiet

DUE = date(2031, 6, 26)


def review(on: date, state: str = "asked", moves: int = 1) -> tuple[str, str] | None:
    said = of_review("r1", "LH1", "2031/32 Q1", state=state, update_by=DUE, moves=moves, on=on)
    return (said.kind, said.key) if said else None


@pytest.mark.parametrize(
    ("days", "kind"),
    [(-30, "review asked"), (-4, "review asked"), (-3, "review due"), (0, "review due"), (1, "review late")],
)
def test_a_review_is_asked_then_due_then_late(days: int, kind: str) -> None:
    said = review(DUE + timedelta(days=days))
    assert said is not None
    assert said[0] == kind


def test_a_review_that_was_updated_asks_nothing_more() -> None:
    for state in ("updated", "signed", "withdrawn"):
        assert review(DUE + timedelta(days=9), state) is None


def test_each_time_a_review_is_sent_back_its_owner_is_told_anew() -> None:
    first, second = review(DUE, "returned", moves=3), review(DUE, "returned", moves=7)
    assert first is not None
    assert second is not None
    assert first != second
    assert review(DUE + timedelta(days=5), "returned", moves=3) == first, "the same event on a later day"


def promise(on: date, due: date | None = DUE) -> tuple[str, str] | None:
    said = of_promise("p1", "P1 Lamps", due_on=due, on=on)
    return (said.key, said.sentence) if said else None


def test_a_promise_is_told_a_week_before_and_again_when_late_and_every_thirty_days() -> None:
    days = [DUE + timedelta(days=number) for number in range(-20, 95)]
    keys = list(dict.fromkeys(said[0] for day in days if (said := promise(day))))
    assert [key.split(":")[0] for key in keys] == ["promise due", *["promise late"] * 4]
    first_told = next(day for day in days if promise(day))
    assert first_told == DUE - timedelta(days=7)


def test_a_new_due_date_is_told_of_as_a_new_promise() -> None:
    on = DUE + timedelta(days=400)
    slipped = promise(on, on)
    assert slipped is not None
    assert slipped[0] != promise(DUE, DUE)[0]  # type: ignore[index]  # it is due, so it is told


def test_a_promise_without_a_date_is_not_chased() -> None:
    assert promise(DUE, None) is None


def test_one_day_late_is_said_in_the_singular() -> None:
    said = promise(DUE + timedelta(days=1))
    assert said is not None
    assert "one day ago" in said[1]


def test_sign_off_is_asked_for_once_before_its_day_and_once_after() -> None:
    def key(days: int, waiting: int = 2) -> str | None:
        on = DUE + timedelta(days=days)
        said = of_sign_off("c1", "Harbour", "2031/32 Q1", waiting=waiting, sign_by=DUE, on=on)
        return said.key if said else None

    assert key(-30) is None
    assert key(-5) == key(-1) == key(0)
    assert key(1) == key(20) != key(0)
    assert key(1, waiting=0) is None


def test_a_check_is_chased_only_once_it_no_longer_counts() -> None:
    assert of_check("k1", "C1 Oil", faded_on=DUE, on=DUE - timedelta(days=1)) is None
    assert of_check("k1", "C1 Oil", faded_on=DUE, on=DUE) is not None


AT = datetime(2031, 6, 26)  # noqa: DTZ001 (a local time: the hour on a person's wall)


@pytest.mark.parametrize(
    ("hour", "alone"), [(3, True), (6, True), (7, False), (12, False), (18, False), (19, True), (23, True)]
)
def test_people_are_left_alone_in_the_evening_and_at_night(hour: int, alone: bool) -> None:
    assert quiet(AT.replace(hour=hour), None) is alone


def test_hours_within_a_day_and_none_at_all() -> None:
    lunch = (time(12), time(14))
    assert quiet(AT.replace(hour=13), lunch)
    assert not quiet(AT.replace(hour=14), lunch)
    assert not quiet(AT.replace(hour=3), (time(8), time(8)))


@given(st.times(), st.times(), st.times())
def test_every_hour_is_in_the_quiet_hours_or_in_their_complement(now: time, a: time, b: time) -> None:
    at = datetime.combine(AT, now)
    if a != b:
        assert quiet(at, (a, b)) is not quiet(at, (b, a))
