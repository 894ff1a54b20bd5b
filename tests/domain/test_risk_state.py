"""Which move starts where, who may make it, and how a register counts its risks."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.people import Actor, Grant, Role, Where
from watchkeep.domain.risk_state import (
    MOVES,
    Move,
    Standing,
    State,
    may_amend,
    may_change,
    may_move,
    may_see_draft,
    next_reference,
)

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
STATES: tuple[State, ...] = ("draft", "open", "escalated", "closed", "merged")
ALLOWED: set[tuple[Move, State]] = {
    ("open", "draft"),
    ("escalate", "open"),
    ("accept", "draft"),
    ("return", "draft"),
    ("bring back", "escalated"),
    ("merge", "open"),
    ("close", "draft"),
    ("close", "open"),
    ("reopen", "closed"),
}


def standing(state: State, **more: object) -> Standing:
    return Standing("LH1", state, MAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_a_move_starts_only_where_the_table_says(move: Move, state: State) -> None:
    refusal = may_move(move, standing(state), JUNE)
    assert (refusal is None) == ((move, state) in ALLOWED)
    if refusal:
        assert "LH1" in refusal.sentence


@pytest.mark.parametrize(("move", "state"), sorted(ALLOWED))
def test_no_move_is_made_before_the_last_one(move: Move, state: State) -> None:
    refusal = may_move(move, standing(state), date(2026, 5, 1))
    assert refusal is not None
    assert "31 May 2026" in refusal.sentence


@pytest.mark.parametrize("move", ["close", "merge"])
def test_a_risk_that_came_from_another_register_leaves_as_it_came(move: Move) -> None:
    assert may_move(move, standing("open", above=True)) is not None
    assert may_move("escalate", standing("open", above=True)) is None


def test_a_draft_that_never_came_to_be_is_not_reopened() -> None:
    assert may_move("reopen", standing("closed", numbered=False)) is not None


@pytest.mark.parametrize("state", STATES)
def test_nothing_more_is_said_of_a_risk_that_is_gone(state: State) -> None:
    assert (may_amend(state, "LH1") is None) == (state not in ("closed", "merged"))


def actor(role: Role | None, *posts: str, grants: tuple[Grant, ...] = ()) -> Actor:
    return Actor("person", "1", "Oda Strand", role, "body", grants, frozenset(posts))


HERE = Where("harbour", ("mole", "command"))


def test_an_owner_changes_the_risks_of_their_posts_and_no_others() -> None:
    owner = actor("risk owner", "post")
    assert may_change(owner, HERE, "post") is None
    refusal = may_change(owner, HERE, "other post")
    assert refusal is not None
    assert "whoever holds the post" in refusal.sentence
    assert may_change(actor("board member", "post"), HERE, "post") is not None


def test_a_role_granted_for_a_unit_reaches_its_registers_only() -> None:
    manager = actor(None, grants=(Grant("risk manager", unit="command"),))
    assert may_change(manager, HERE) is None
    assert may_change(manager, Where("lighthouse")) is not None


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (actor("risk manager"), True),
        (actor("auditor"), True),
        (actor("board secretary"), True),
        (actor("risk owner", "post"), True),
        (actor("risk owner"), False),
        (actor("board member"), False),
        (actor("reader"), False),
    ],
)
def test_a_draft_is_seen_by_who_works_on_it_or_sees_everything(who: Actor, seen: bool) -> None:
    assert may_see_draft(who, HERE, "post") is seen


@pytest.mark.parametrize(
    ("used", "following"),
    [
        ([], "R1"),
        (["LH1", "LH2", "LH9"], "LH10"),
        (["CV01", "CV02"], "CV03"),
        (["CV-09"], "CV-10"),
        (["LH1", "LH2", "Fog"], "LH3"),
        (["A1", "B7", "B8"], "B9"),
        (["12/2"], "12/3"),
        (["lh4", "LH3", "LH2"], "LH5"),
    ],
)
def test_the_next_reference_follows_the_register_s_own_pattern(used: list[str], following: str) -> None:
    assert next_reference(used) == following
