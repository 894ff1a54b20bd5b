"""How a promise stands: by facts and a day alone; and no slip is ever lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from watchkeep.domain.commitment import (
    KINDS,
    SETTLED,
    STATES,
    Facts,
    Held,
    Promise,
    State,
    Telling,
    kind_named,
    may_answer,
    may_change,
    may_depend,
    may_judge_effect,
    may_redate,
    original_day,
    slips,
    spoken,
    stands,
    total_slip,
    waiting_for,
)
from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import Actor, Grant, Where

DUE = date(2031, 3, 31)
WAITS = Facts("action", due_on=DUE)
DONE = replace(WAITS, outcome="done", outcome_on=DUE)


@pytest.mark.parametrize(
    ("facts", "day", "state", "words"),
    [
        (WAITS, date(2031, 3, 1), "waiting", "Due in 30 days"),
        (WAITS, date(2031, 3, 16), "waiting", "Due in 15 days"),
        (WAITS, date(2031, 3, 17), "due soon", "Due in 14 days"),
        (WAITS, DUE, "due soon", "Due today"),
        (WAITS, date(2031, 4, 1), "overdue", "Overdue 1 day"),
        (WAITS, date(2031, 5, 29), "overdue", "Overdue 59 days"),
        (Facts("action"), DUE, "no date", "No date"),
        (replace(WAITS, kind="agreement"), date(2031, 1, 10), "due soon", "Ends in 80 days"),
        (replace(WAITS, kind="agreement"), date(2031, 4, 10), "lapsed", "Lapsed 10 days ago"),
        (replace(WAITS, kind="recommendation"), date(2031, 3, 3), "due soon", "Due in 28 days"),
        (DONE, date(2031, 4, 10), "done", "Done"),
        (DONE, date(2031, 3, 30), "due soon", "Due in 1 day"),  # on that day it was not done
        (replace(DONE, outcome_on=date(2031, 4, 4)), date(2031, 4, 10), "done late", "Done 4 days late"),
        (replace(DONE, outcome="dropped"), date(2031, 4, 10), "dropped", "Dropped"),
        (
            replace(DONE, expected_effect="x", effect_seen="no", effect_on=date(2031, 6, 1)),
            date(2031, 6, 1),
            "delivered without effect",
            "Delivered without effect",
        ),
        (
            replace(DONE, expected_effect="x", effect_seen="no", effect_on=date(2031, 6, 1)),
            date(2031, 5, 31),
            "done",
            "Done",
        ),
    ],
)
def test_its_state_follows_from_facts_and_a_day(facts: Facts, day: date, state: State, words: str) -> None:
    standing = stands(facts, day)
    assert standing.state == state
    assert spoken(standing, facts.kind) == words


def test_an_effect_that_nobody_looked_for_is_told_by_its_days() -> None:
    expected = replace(DONE, expected_effect="x", expected_by=date(2031, 6, 30))
    assert stands(expected, date(2031, 6, 30)).effect_late is None
    assert stands(expected, date(2031, 7, 2)).effect_late == 2
    seen = replace(expected, effect_seen="yes", effect_on=date(2031, 7, 1))
    assert stands(seen, date(2031, 7, 2)).effect_late is None


def told(number: int, on: date, due_on: date | None, reason: str = "because") -> Telling:
    return Telling(number, on, due_on, reason=reason)


def test_slips_are_counted_from_the_day_that_was_promised_last() -> None:
    tellings = (
        told(1, date(2031, 1, 1), date(2031, 3, 31), ""),
        told(2, date(2031, 3, 1), date(2031, 4, 30)),
        told(3, date(2031, 3, 5), date(2031, 4, 15), ""),  # earlier: no slip
        told(4, date(2031, 4, 10), None),  # taken away: a slip
        told(5, date(2031, 4, 20), date(2031, 6, 30)),  # measured from the last day that was promised
    )
    found = slips(tellings)
    assert [(each.number, each.days) for each in found] == [(2, 30), (4, None), (5, 76)]
    assert [each.after_the_day for each in found] == [False, False, True]
    assert original_day(tellings) == date(2031, 3, 31)
    assert total_slip(tellings, date(2031, 6, 30)) == 91


def test_a_slip_that_is_told_again_at_once_of_later_days_is_one_and_a_second_one_is_two() -> None:
    promised, slipped = date(2031, 3, 31), date(2031, 4, 30)
    tellings = [
        told(1, date(2031, 1, 1), promised, ""),
        told(2, date(2031, 2, 1), promised, ""),
        told(3, date(2031, 3, 1), promised, ""),
        told(4, date(2031, 1, 15), slipped),
        told(5, date(2031, 2, 1), slipped),
        told(6, date(2031, 3, 1), slipped),
    ]
    assert [(each.number, each.on) for each in slips(tellings)] == [(4, date(2031, 1, 15))]
    back = told(7, date(2031, 3, 2), promised, "")
    assert [each.number for each in slips([*tellings, back, told(8, date(2031, 3, 3), slipped)])] == [4, 8]


def test_taking_the_day_away_first_spares_nobody_the_reason() -> None:
    tellings = (told(1, date(2031, 1, 1), DUE), told(2, date(2031, 2, 1), None))
    on = date(2031, 2, 2)
    assert may_redate(tellings, on=on, due_on=DUE, reason="") is None
    refusal = may_redate(tellings, on=on, due_on=DUE + timedelta(days=1), reason=" ")
    assert refusal is not None
    assert "31 March 2031 to 1 April 2031" in refusal.sentence


DAYS = some.dates(date(2030, 1, 1), date(2033, 12, 31))
TELLINGS = some.lists(
    some.builds(
        Telling,
        number=some.just(0),
        effective_on=DAYS,
        due_on=some.none() | DAYS,
        reason=some.sampled_from(["", "x"]),
    ),
    max_size=8,
).map(lambda many: [replace(each, number=number) for number, each in enumerate(many, 1)])


@given(TELLINGS, some.integers(0, 8))
def test_nothing_that_is_said_later_takes_a_slip_away_or_changes_one(
    tellings: list[Telling], until: int
) -> None:
    assert slips(tellings)[: len(slips(tellings[:until]))] == slips(tellings[:until])


@given(TELLINGS)
def test_no_day_moves_back_without_a_reason_if_every_telling_was_allowed(tellings: list[Telling]) -> None:
    allowed: list[Telling] = []
    for each in tellings:
        if may_redate(allowed, on=each.effective_on, due_on=each.due_on, reason=each.reason) is None:
            allowed.append(replace(each, number=len(allowed) + 1))
    assert all(each.reason for each in slips(allowed))


FACTS = some.builds(
    Facts,
    kind=some.sampled_from(list(KINDS)),
    due_on=some.none() | DAYS,
    outcome=some.sampled_from([None, "done", "dropped"]),
    outcome_on=some.none() | DAYS,
    expected_effect=some.sampled_from(["", "x"]),
    expected_by=some.none() | DAYS,
    effect_seen=some.sampled_from([None, "yes", "no"]),
    effect_on=some.none() | DAYS,
)


@given(FACTS, DAYS)
def test_every_state_is_one_of_the_table_and_settled_only_after_its_outcome(facts: Facts, day: date) -> None:
    standing = stands(facts, day)
    assert standing.state in STATES
    happened = facts.outcome is not None and (facts.outcome_on is None or facts.outcome_on <= day)
    assert (standing.state in SETTLED) == happened
    assert spoken(standing, facts.kind)


@given(FACTS, DAYS, some.integers(1, 400))
def test_what_waits_only_grows_later(facts: Facts, day: date, more: int) -> None:
    waiting = replace(facts, outcome=None)
    now, later = stands(waiting, day), stands(waiting, day + timedelta(days=more))
    assert (now.days is None) == (later.days is None)
    if now.days is not None and later.days is not None:
        assert later.days == now.days + more


NODES = some.integers(0, 6)


@given(some.lists(some.tuples(NODES, NODES), max_size=25))
def test_no_row_of_allowed_waitings_makes_a_circle(wanted: list[tuple[int, int]]) -> None:
    dependants: dict[int, set[int]] = {}
    for dependant, needs in wanted:
        if may_depend(dependants, dependant, needs) is None:
            dependants.setdefault(needs, set()).add(dependant)
    assert all(each not in waiting_for(dependants, each) for each in range(7))


HERE, THERE = Where("r1", ("u1",)), Where("r2")


def actor(role: str | None, *grants: Grant, posts: tuple[str, ...] = ()) -> Actor:
    return Actor("person", "1", "Ada", role, "b", grants, frozenset(posts))  # type: ignore[arg-type]  # a Role


def test_who_may_do_what() -> None:
    held = Held("p1", (HERE, THERE), frozenset({"p2"}))
    manager, owner = actor("risk manager"), actor("control and action owner", posts=("p1",))
    risk_owner, other = actor("risk owner", posts=("p2",)), actor("risk owner", posts=("p9",))
    local = actor(None, Grant("risk manager", register="r1"))
    assert [may_change(each, held) is None for each in (manager, owner, risk_owner, other, local)] == [
        True, False, True, False, False,
    ]  # fmt: skip
    assert [may_answer(each, held) is None for each in (manager, owner, risk_owner, other)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert may_change(local, replace(held, places=(HERE,))) is None
    unowned = replace(held, risk_posts=frozenset({"p2", ""}))
    assert may_change(risk_owner, unowned) is not None


def test_nobody_judges_their_own_effect() -> None:
    held = Held("p1", (HERE,))
    assert may_judge_effect(actor("risk manager"), held) is None
    assert may_judge_effect(actor("risk manager", posts=("p1",)), held) is not None
    assert may_judge_effect(actor("auditor"), held) is not None


def test_a_promise_refuses_to_be_made_wrong() -> None:
    for said in (
        {"title": " "},
        {"title": "x" * 401},
        {"title": "x", "due": "soon"},
        {"title": "x", "expected_by": DUE},
    ):
        with pytest.raises(Invalid):
            Promise(**said)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(Invalid, match="none of them"):
        kind_named("wish")
