"""Who may say something beside a record, change it, and take a file away."""

from __future__ import annotations

import pytest

from watchkeep.domain.discussion import Subject, may_comment, may_read, may_reword, may_take_away
from watchkeep.domain.people import Actor, Grant, Role, Where

HERE, THERE = Where("harbour"), Where("lamps")
RISK = Subject("risk", "1", "LH1", (HERE,))


def somebody(role: Role | None = None, *grants: Grant, **more: object) -> Actor:
    return Actor("person", "edda", "Edda Holm", role, "b", grants, **more)  # type: ignore[arg-type]  # posts


@pytest.mark.parametrize("role", ["administrator", "risk owner", "board secretary", "board member"])
def test_whoever_works_on_the_register_may_comment(role: Role) -> None:
    assert may_comment(somebody(role), RISK) is None


@pytest.mark.parametrize("role", ["reader", "auditor"])
def test_who_only_reads_says_nothing(role: Role) -> None:
    assert may_read(somebody(role), RISK)
    assert may_comment(somebody(role), RISK) is not None
    assert may_comment(somebody(role), Subject("control", "1", "C1", (HERE, THERE))) is not None


def test_a_role_elsewhere_counts_for_nothing_here() -> None:
    owner = somebody(None, Grant("risk owner", register="lamps"))
    assert may_comment(owner, RISK) is not None
    assert not may_read(owner, RISK)
    assert may_comment(owner, Subject("control", "1", "C1", (HERE, THERE))) is None


def test_the_command_line_bears_nobodys_name() -> None:
    operator = Actor("command", "root", "root at the command line", "administrator", "b")
    assert may_comment(operator, RISK) is not None


def test_nothing_is_said_in_the_past() -> None:
    assert may_comment(somebody("administrator", looks_back=True), RISK) is not None
    away = may_take_away(somebody("administrator", looks_back=True), RISK, by="edda", taken_away=False)
    assert away is not None


def test_a_seat_on_a_board_shows_it_whatever_the_role() -> None:
    board = Subject("board", "1", "Harbour Board", (HERE,), posts=frozenset({"chair"}))
    assert may_read(somebody(None, posts=frozenset({"chair"})), board)
    assert not may_read(somebody(None, posts=frozenset({"other"})), board)


def test_words_are_their_speakers_own_until_they_were_changed_or_taken_back() -> None:
    edda = somebody("administrator")
    assert may_reword(edda, by="edda", latest=True, taken_back=False) is None
    assert may_reword(edda, by="ivo", latest=True, taken_back=False) is not None
    assert may_reword(edda, by="edda", latest=False, taken_back=False) is not None
    assert may_reword(edda, by="edda", latest=True, taken_back=True) is not None


def test_a_file_is_taken_away_by_who_attached_it_or_who_looks_after_the_risks() -> None:
    owner = somebody("risk owner")
    assert may_take_away(owner, RISK, by="edda", taken_away=False) is None
    assert may_take_away(owner, RISK, by="ivo", taken_away=False) is not None
    assert may_take_away(somebody("risk manager"), RISK, by="ivo", taken_away=False) is None
    assert may_take_away(somebody("risk manager"), RISK, by="ivo", taken_away=True) is not None


def test_a_subject_without_a_place_is_open_to_nobody() -> None:
    nowhere = Subject("risk", "1", "LH1", ())
    assert not may_read(somebody("administrator"), nowhere)
    assert may_comment(somebody("administrator"), nowhere) is not None
