"""Who may do what with which control, and which states lead where."""

from __future__ import annotations

import pytest

from watchkeep.domain.control import (
    KINDS,
    MOVES,
    STATES,
    ControlValue,
    Standing,
    State,
    may_add,
    may_apply,
    may_change,
    may_give_away,
    may_move,
    side_named,
)
from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import Actor, Grant, Role, Where

HARBOUR, LAMPS = Where(register="harbour"), Where(register="lamps")
COUNT = Standing("C1 Oil count", "oil officer", "Oil Officer", places=(HARBOUR,))


def somebody(role: Role | None, *posts: str, grants: tuple[Grant, ...] = ()) -> Actor:
    return Actor("person", "1", "Oda Strand", role, "body", grants, frozenset(posts))


def test_a_control_is_named_and_of_a_kind_that_there_is() -> None:
    assert ControlValue("Oil count", kind="detective").tolerated is None
    for wrong, field in [
        ({"name": "  "}, "name"),
        ({"name": "x" * 401}, "name"),
        ({"name": "x", "kind": "magical"}, "kind"),
        ({"name": "x", "tolerated": 100}, "tolerated"),
        ({"name": "x", "tolerated": -1}, "tolerated"),
    ]:
        with pytest.raises(Invalid) as problem:
            ControlValue(**wrong)  # type: ignore[arg-type]  # wrong on purpose
        assert problem.value.field == field
    for kind in KINDS:
        assert ControlValue("Oil count", kind=kind).kind == kind


def test_a_control_bears_on_a_cause_or_a_consequence_or_nobody_said_which() -> None:
    assert [side_named(each) for each in ("cause", "consequence", "")] == ["cause", "consequence", ""]
    with pytest.raises(Invalid):
        side_named("event")


@pytest.mark.parametrize(
    ("role", "posts", "changes", "gives_away"),
    [
        ("administrator", (), True, True),
        ("risk manager", (), True, True),
        ("control and action owner", ("oil officer",), True, False),
        ("risk owner", ("oil officer",), True, False),
        ("control and action owner", ("head of lamps",), False, False),
        ("reader", ("oil officer",), False, False),
        ("board secretary", (), False, False),
        ("board member", (), False, False),
        ("auditor", (), False, False),
    ],
)
def test_a_control_is_changed_by_its_owner_and_by_who_keeps_the_controls_and_given_away_only_by_these(
    role: Role, posts: tuple[str, ...], changes: bool, gives_away: bool
) -> None:
    actor = somebody(role, *posts)
    assert (may_change(actor, COUNT) is None) is changes
    assert (may_give_away(actor, COUNT) is None) is gives_away


def test_who_keeps_the_controls_of_one_register_changes_none_that_serves_another_too() -> None:
    granted = somebody(None, grants=(Grant("risk manager", register="harbour"),))
    shared = Standing("C2 Rota", "x", "X", places=(HARBOUR, LAMPS))
    assert may_change(granted, COUNT) is None
    assert may_change(granted, shared) is not None


def test_a_control_is_added_by_who_keeps_controls_and_by_anybody_to_their_own_post() -> None:
    assert may_add(somebody("risk manager"), None) is None
    assert may_add(somebody("control and action owner", "oil officer"), "oil officer") is None
    assert may_add(somebody("control and action owner", "oil officer"), "head of lamps") is not None
    assert may_add(somebody("auditor"), None) is not None


def test_a_control_is_put_to_a_risk_by_who_keeps_its_controls_and_by_the_risks_owner() -> None:
    assert may_apply(somebody("risk manager"), HARBOUR, None) is None
    assert may_apply(somebody("risk owner", "head"), HARBOUR, "head") is None
    assert may_apply(somebody("risk owner", "head"), HARBOUR, "other") is not None
    assert may_apply(somebody("control and action owner", "head"), HARBOUR, "head") is not None


def test_who_looks_at_the_past_changes_no_control_even_as_its_owner() -> None:
    actor = Actor(
        "person", "1", "Oda", "risk owner", "body", posts=frozenset({"oil officer"}), looks_back=True
    )
    assert may_change(actor, COUNT) is not None


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("into", STATES)
def test_states_lead_where_the_table_says_and_nowhere_else(state: State, into: State) -> None:
    refusal = may_move("C1", state, into)
    assert (refusal is None) is (into in MOVES[state])
    assert refusal is None or "C1" in refusal.sentence


def test_what_was_stood_down_may_come_back() -> None:
    assert may_move("C1", "stood down", "in force") is None
    assert may_move("C1", "in force", "planned") is not None
