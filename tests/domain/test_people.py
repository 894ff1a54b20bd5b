"""Who may do what where, and who may give which role to whom."""

from __future__ import annotations

from typing import get_args

import pytest

from watchkeep.domain.errors import Refused
from watchkeep.domain.people import (
    ANYWHERE,
    PERMISSIONS,
    ROLES,
    THROUGHOUT,
    Action,
    Actor,
    Grant,
    Role,
    Where,
    answers_for,
    may,
    may_give,
    must,
    role_named,
)

HARBOUR, MOLE, LAMPS = "harbour", "mole", "lamps"
AT_MOLE = Where(register="r1", units=(MOLE, HARBOUR))
AT_LAMPS = Where(register="r2", units=(LAMPS,))


def somebody(role: Role | None = None, *grants: Grant, posts: tuple[str, ...] = ()) -> Actor:
    return Actor("person", "edda", "Edda Holm", role, "body", grants, frozenset(posts))


def test_every_role_is_told_in_prose_and_has_its_permissions() -> None:
    assert set(ROLES) == set(PERMISSIONS) == set(get_args(Role))
    assert all(actions <= set(get_args(Action)) for actions in PERMISSIONS.values())
    assert all("read" in actions for actions in PERMISSIONS.values())


def test_an_auditor_and_a_reader_change_nothing() -> None:
    for role in ("auditor", "reader"):
        assert PERMISSIONS[role_named(role)] <= {"read", "see everything"}


def test_a_role_for_the_body_holds_in_every_part_of_it() -> None:
    manager = somebody("risk manager")
    for where in (ANYWHERE, THROUGHOUT, AT_MOLE, AT_LAMPS):
        assert may(manager, "change risks", where) is None


def test_a_grant_holds_in_its_unit_and_all_below_it_and_nowhere_else() -> None:
    for unit in (HARBOUR, MOLE):
        granted = somebody(None, Grant("risk manager", unit=unit))
        assert may(granted, "change risks", AT_MOLE) is None
        assert may(granted, "change risks", AT_LAMPS) is not None
        assert may(granted, "change risks", THROUGHOUT) is not None
        assert may(granted, "change risks") is None  # somewhere: what a menu asks


def test_a_grant_for_a_register_holds_in_that_register_alone() -> None:
    granted = somebody(None, Grant("risk manager", register="r2"))
    assert may(granted, "change risks", AT_LAMPS) is None
    assert may(granted, "change risks", AT_MOLE) is not None
    assert may(granted, "change risks", Where(units=(LAMPS,))) is not None


def test_a_refusal_says_who_may_and_what_the_asker_is() -> None:
    refusal = may(somebody("reader"), "publish papers", AT_MOLE)
    assert refusal is not None
    assert refusal.sentence == (
        "Only an administrator, a risk manager or a board secretary may publish papers here; "
        "Edda Holm is a reader here."
    )
    nobody = may(somebody(), "read", THROUGHOUT)
    assert nobody is not None
    assert nobody.sentence.endswith("for the whole body; Edda Holm is without a role for the whole body.")
    with pytest.raises(Refused, match="Only an administrator"):
        must(somebody("reader"), "publish papers")


def test_who_answers_is_who_holds_the_post() -> None:
    holder = somebody("risk owner", posts=("p1",))
    assert answers_for(holder, "p1")
    assert not answers_for(holder, "p2")
    assert not answers_for(holder, None)


def test_nobody_changes_their_own_roles() -> None:
    refusal = may_give(somebody("administrator"), "reader", "edda")
    assert refusal is not None
    assert "their own roles" in refusal.sentence


@pytest.mark.parametrize("role", get_args(Role))
def test_who_looks_after_people_in_one_unit_gives_roles_there_and_not_beyond(role: Role) -> None:
    local = somebody("reader", Grant("administrator", unit=HARBOUR))
    assert may_give(local, role, "ivo", Where(units=(MOLE, HARBOUR))) is None
    assert may_give(local, role, "ivo", Where(units=(LAMPS,))) is not None
    assert may_give(local, role, "ivo") is not None


def test_nobody_gives_what_they_do_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """No role of today looks after people without doing everything; one that did could not give the rest."""
    monkeypatch.setitem(PERMISSIONS, "board secretary", frozenset({"read", "look after people"}))
    clerk = somebody("board secretary")
    assert may_give(clerk, "reader", "ivo") is None
    refusal = may_give(clerk, "board member", "ivo")
    assert refusal is not None
    assert refusal.sentence.startswith("A board member may comment, challenge and sign off, which Edda Holm")
    assert may_give(clerk, "administrator", "ivo") is not None
