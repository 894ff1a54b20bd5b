"""When boards ought to meet, what belongs before them, and who keeps their minutes."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.board import (
    Cadence,
    Expected,
    Met,
    Secretariat,
    may_hold,
    may_minute,
    may_plan,
    may_run,
    not_on,
    propose,
    rhythm,
)
from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import Actor, Grant, Role, Where

QUARTERLY, MONTHLY, SIX_WEEKLY = Cadence(months=3), Cadence(months=1), Cadence(weeks=6)
AT_NEED = Cadence()
TODAY = date(2031, 6, 10)


def held(*days: date) -> list[Met]:
    return [Met(day, "held") for day in days]


# --- Cadence ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "sentence"),
    [
        (MONTHLY, "monthly"),
        (Cadence(months=2), "every 2 months"),
        (QUARTERLY, "quarterly"),
        (Cadence(weeks=2), "fortnightly"),
        (SIX_WEEKLY, "every 6 weeks"),
        (AT_NEED, "at need"),
    ],
)
def test_a_cadence_is_said_as_people_say_it(cadence: Cadence, sentence: str) -> None:
    assert cadence.sentence == sentence


@pytest.mark.parametrize("wrong", [{"months": 0}, {"months": 25}, {"weeks": 53}, {"months": 1, "weeks": 2}])
def test_a_cadence_that_nobody_could_keep_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        Cadence(**wrong)


def test_the_day_after_the_31st_of_a_month_is_the_last_of_a_shorter_one_and_is_not_lost() -> None:
    assert MONTHLY.after(date(2031, 1, 31)) == date(2031, 2, 28)
    assert MONTHLY.after(date(2031, 1, 31), 2) == date(2031, 3, 31)
    assert QUARTERLY.after(date(2031, 12, 9)) == date(2032, 3, 9)


@pytest.mark.parametrize(
    ("cadence", "last", "by"),
    [
        (MONTHLY, date(2031, 5, 4), date(2031, 6, 30)),  # the whole month is within the cadence
        (QUARTERLY, date(2031, 3, 12), date(2031, 6, 30)),
        (SIX_WEEKLY, date(2031, 4, 2), date(2031, 5, 18)),  # six weeks on is a Wednesday; its week ends then
        (AT_NEED, date(2031, 4, 2), None),
    ],
)
def test_a_meeting_is_due_by_the_end_of_its_month_or_week(
    cadence: Cadence, last: date, by: date | None
) -> None:
    assert cadence.expected_by(last) == by


@pytest.mark.parametrize(
    ("cadence", "earlier", "later", "skipped"),
    [
        (MONTHLY, date(2031, 1, 8), date(2031, 5, 14), 3),
        (MONTHLY, date(2031, 1, 31), date(2031, 2, 1), 0),
        (QUARTERLY, date(2031, 3, 1), date(2031, 7, 30), 0),  # late, and none is missing between
        (QUARTERLY, date(2031, 3, 1), date(2031, 9, 1), 1),
        (SIX_WEEKLY, date(2031, 4, 2), date(2031, 6, 25), 1),
        (AT_NEED, date(2031, 1, 1), date(2035, 1, 1), 0),
    ],
)
def test_meetings_that_nobody_planned_are_counted_between_those_held(
    cadence: Cadence, earlier: date, later: date, skipped: int
) -> None:
    assert cadence.between(earlier, later) == skipped


# --- Rhythm -------------------------------------------------------------------------------------------------


def test_a_board_that_keeps_its_cadence_is_late_with_nothing() -> None:
    found = rhythm(QUARTERLY, held(date(2031, 3, 11)), opened_on=None, today=TODAY)
    assert found.overdue_since is None
    assert (found.held, found.scheduled, found.missed, found.skipped) == (1, 1, (), 0)
    assert found.last == date(2031, 3, 11)


def test_a_board_is_overdue_from_the_day_after_its_month_ended() -> None:
    meetings = held(date(2031, 4, 8))
    assert rhythm(MONTHLY, meetings, opened_on=None, today=date(2031, 5, 31)).overdue_since is None
    assert rhythm(MONTHLY, meetings, opened_on=None, today=date(2031, 6, 1)).overdue_since == date(
        2031, 5, 31
    )


def test_a_planned_meeting_whose_day_passed_is_missed_and_one_of_today_is_not() -> None:
    meetings = [*held(date(2031, 3, 11)), Met(date(2031, 6, 9), "planned"), Met(TODAY, "planned")]
    found = rhythm(QUARTERLY, meetings, opened_on=None, today=TODAY)
    assert found.missed == (date(2031, 6, 9),)
    assert found.next == TODAY
    assert (found.held, found.scheduled) == (1, 2)


def test_a_cancelled_meeting_was_scheduled_and_not_held() -> None:
    meetings = [*held(date(2031, 3, 11)), Met(date(2031, 6, 3), "cancelled")]
    found = rhythm(QUARTERLY, meetings, opened_on=None, today=TODAY)
    assert (found.held, found.scheduled, found.cancelled) == (1, 2, 1)


def test_the_forward_plan_is_what_is_planned_and_then_what_the_cadence_asks_for() -> None:
    meetings = [*held(date(2031, 3, 11)), Met(date(2031, 7, 1), "planned")]
    assert rhythm(QUARTERLY, meetings, opened_on=None, today=TODAY).ahead == (
        Expected(date(2031, 7, 1), planned=True),
        Expected(date(2031, 10, 1), planned=False),
        Expected(date(2032, 1, 1), planned=False),
        Expected(date(2032, 4, 1), planned=False),
    )


def test_a_board_that_never_met_is_expected_from_the_day_it_was_opened() -> None:
    found = rhythm(MONTHLY, [], opened_on=date(2031, 5, 20), today=TODAY)
    assert found.overdue_since is None
    assert found.ahead[0] == Expected(date(2031, 6, 20), planned=False)
    assert rhythm(MONTHLY, [], opened_on=date(2031, 3, 1), today=TODAY).overdue_since == date(2031, 4, 30)


def test_nothing_is_expected_of_a_board_that_meets_at_need_or_whose_beginning_nobody_knows() -> None:
    assert rhythm(AT_NEED, held(date(2029, 1, 1)), opened_on=None, today=TODAY).overdue_since is None
    found = rhythm(MONTHLY, [], opened_on=None, today=TODAY)
    assert (found.overdue_since, found.ahead) == (None, ())


# --- What belongs before a board ----------------------------------------------------------------------------


def test_a_risk_is_proposed_where_it_is_beyond_tolerance_or_worsened_and_says_why() -> None:
    both = propose("LH1", stands="outside tolerance", worsened=True, since=date(2031, 4, 1))
    assert both is not None
    assert both.reasons == ("Outside tolerance since 1 April 2031", "Worsened in its last quarter")
    assert propose("LH2", stands="outside appetite", worsened=False) is None
    assert propose("LH3", stands="cannot be said", worsened=True) is not None


def test_a_risk_that_is_on_the_agenda_is_not_proposed_again() -> None:
    first, second = propose("LH1", stands="", worsened=True), propose("LH2", stands="", worsened=True)
    assert first is not None
    assert second is not None
    assert not_on([first, second], {"LH1"}) == (second,)


# --- Who may, and when --------------------------------------------------------------------------------------

HERE = Secretariat(Where(units=("harbour",)), frozenset({"secretary's post"}))


def somebody(role: Role | None, **more: object) -> Actor:
    return Actor("person", "1", "Siv Minute", role, "b", **more)  # type: ignore[arg-type]  # grants, posts


def test_a_board_is_run_by_role_there_or_from_its_own_secretarys_seat() -> None:
    assert may_run(somebody("board secretary"), HERE) is None
    assert may_run(somebody(None, grants=(Grant("board secretary", unit="harbour"),)), HERE) is None
    assert may_run(somebody(None, grants=(Grant("board secretary", unit="mole"),)), HERE) is not None
    assert may_run(somebody("risk owner", posts=frozenset({"secretary's post"})), HERE) is None
    for role in ("risk owner", "board member", "auditor", "reader"):
        assert may_run(somebody(role), HERE) is not None, role


def test_a_secretary_who_looks_back_runs_nothing() -> None:
    back = somebody("risk owner", posts=frozenset({"secretary's post"}), looks_back=True)
    assert may_run(back, HERE) is not None


def test_a_board_that_stood_down_meets_no_more_and_its_minutes_can_still_be_set_right() -> None:
    gone = Secretariat(HERE.place, HERE.posts, date(2031, 5, 1))
    by = somebody("board secretary")
    refusal = may_run(by, gone)
    assert refusal is not None
    assert "1 May 2031" in refusal.sentence
    assert may_minute(by, gone, "held", on=date(2031, 4, 1), today=TODAY) is None


@pytest.mark.parametrize(
    ("state", "on", "plan", "hold", "minute"),
    [
        ("planned", date(2031, 6, 11), True, False, False),
        ("planned", TODAY, True, True, True),
        ("planned", date(2031, 6, 1), True, True, True),
        ("held", date(2031, 6, 1), False, False, True),
        ("cancelled", date(2031, 6, 1), False, False, False),
    ],
)
def test_what_may_be_done_with_a_meeting_follows_from_its_state_and_day(
    state: str, on: date, plan: bool, hold: bool, minute: bool
) -> None:
    by = somebody("board secretary")
    assert (may_plan(by, HERE, state) is None) is plan  # type: ignore[arg-type]  # a MeetingState
    assert (may_hold(by, HERE, state, on=on, today=TODAY) is None) is hold  # type: ignore[arg-type]  # the same
    assert (may_minute(by, HERE, state, on=on, today=TODAY) is None) is minute  # type: ignore[arg-type]  # the same
