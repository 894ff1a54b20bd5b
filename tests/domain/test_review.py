"""Which step may follow which, who may take it, and nobody signs off their own update."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from watchkeep.domain import review as rules
from watchkeep.domain.people import Actor, Grant, Role, Where
from watchkeep.domain.period import Period
from watchkeep.domain.review import MOVES, SETTLED, Days, Facts, Kind, State, Step

HERE = Where(register="harbour")
DAY, Q1 = date(2031, 7, 3), Period(2031, 1)
KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[State, ...] = get_args(State)


def actor(role: Role | None, id: str = "ada", **more: Any) -> Actor:
    return Actor("person", id, id.capitalize(), role, "calder", **more)


def facts(state: State = "updated", *steps: Step, **more: Any) -> Facts:
    return Facts("LH1", state, HERE, "post-1", "Head of Harbour", steps, **more)


def step(kind: Kind = "update", by: str = "oda", **more: Any) -> Step:
    return Step(kind, by, by.capitalize(), DAY, **more)


# --- Policy -------------------------------------------------------------------------------------------------


def test_an_update_is_challenged_answered_and_signed() -> None:
    assert rules.replayed(["ask", "update", "challenge", "answer", "sign"]) == "signed"
    assert rules.replayed(["ask", "confirm", "return"]) == "returned"
    assert rules.replayed(["ask", "update", "challenge", "update"]) == "challenged", "an answer is still owed"


def test_nothing_is_signed_before_it_is_updated_or_while_a_challenge_waits() -> None:
    for state in ("asked", "returned", "challenged", "carried over", "withdrawn"):
        assert (state, "sign") not in MOVES
        refusal = rules.follows(facts(state), "sign")
        assert refusal
        assert refusal.sentence.startswith(("LH1", "A challenge of LH1"))


def test_every_refusal_is_a_sentence() -> None:
    for state in STATES:
        for kind in KINDS:
            refusal = rules.follows(facts(state), kind)
            assert (refusal is None) == ((state, kind) in MOVES and kind != "withdraw")
            assert refusal is None or refusal.sentence.endswith(".")


def test_a_closed_risk_is_asked_nothing_and_its_review_is_withdrawn() -> None:
    closed = facts("asked", gone="closed")
    assert rules.follows(closed, "update") is not None
    assert rules.follows(closed, "withdraw") is None
    assert rules.follows(facts("asked"), "withdraw") is not None, "an open risk's review is not withdrawn"


def test_a_risk_that_was_changed_after_its_sign_off_is_no_longer_signed_off() -> None:
    told = {"gone": False, "rolled_forward": False}
    assert rules.standing("signed", changed_since=True, **told) == "updated"
    assert rules.standing("signed", changed_since=False, **told) == "signed"
    assert rules.replayed(["ask", "update", "sign", "challenge"]) == "challenged"


def test_what_somebody_else_changed_after_the_owner_spoke_is_asked_of_the_owner_again() -> None:
    told = {"changed_since": False, "gone": False, "rolled_forward": False}
    for state in ("updated", "answered", "signed"):
        assert rules.standing(state, unanswered=True, **told) == "asked again"  # type: ignore[arg-type]
    for state in ("asked", "returned", "challenged"):
        assert rules.standing(state, unanswered=True, **told) == state  # type: ignore[arg-type]
    assert rules.standing("updated", unanswered=True, **told | {"gone": True}) == "withdrawn"
    assert rules.standing("signed", unanswered=True, **told | {"rolled_forward": True}) == "signed"
    again = facts("asked again")
    refusal = rules.follows(again, "sign")
    assert refusal
    assert "was changed since its owner spoke" in refusal.sentence
    assert rules.follows(again, "confirm") is None
    assert rules.awaited("asked again", DAYS) == rules.awaited("asked", DAYS)


def test_after_the_quarter_is_rolled_forward_no_step_is_taken() -> None:
    assert all(rules.follows(facts(state, rolled_forward=True), kind) for state in STATES for kind in KINDS)


@given(any_.lists(any_.sampled_from(KINDS), max_size=12))
def test_no_sequence_of_steps_signs_what_was_not_updated_since_it_was_sent_back(kinds: list[Kind]) -> None:
    taken: list[Kind] = []
    for kind in kinds:
        if rules.follows(facts(rules.replayed(taken)), kind) is None:
            taken.append(kind)
    if rules.replayed(taken) == "signed":
        signed = len(taken) - taken[::-1].index("sign")
        last_return = max((place for place, each in enumerate(taken) if each == "return"), default=-1)
        assert {"update", "confirm"} & set(taken[last_return + 1 : signed])


# --- Permission ---------------------------------------------------------------------------------------------


def test_the_holder_of_the_owner_post_and_the_risk_manager_update_and_nobody_else() -> None:
    holder = actor("risk owner", posts=frozenset({"post-1"}))
    assert rules.may_update(holder, facts()) is None
    assert rules.may_update(actor("risk manager"), facts()) is None
    for other in (actor("risk owner", posts=frozenset({"post-2"})), actor("board member"), actor("auditor")):
        refusal = rules.may_update(other, facts())
        assert refusal
        assert "Head of Harbour" in refusal.sentence
    reader_in_the_post = actor("reader", posts=frozenset({"post-1"}))
    assert rules.may_update(reader_in_the_post, facts()) is not None, "a post alone gives no right to change"


@pytest.mark.parametrize(
    ("who", "steps"),
    {
        "who updated": (actor("risk manager", "oda"), [step(by="oda")]),
        "who confirmed": (actor("risk manager", "oda"), [step("confirm", "oda")]),
        "who said the trend is another": (actor("risk manager", "oda"), [step("override", "oda")]),
        "who answered the challenge": (
            actor("risk manager", "oda"),
            [step(by="dag"), step("challenge", "bo"), step("answer", "oda")],
        ),
        "the holder whose deputy updated": (
            actor("board member", "oda", posts=frozenset({"post-1"})),
            [step(by="dag", post="post-1", post_title="Head of Harbour")],
        ),
        "the deputy whose holder updated": (
            actor("board member", "dag", posts=frozenset({"post-1"})),
            [step(by="oda", post="post-1", post_title="Head of Harbour")],
        ),
        "who held the post then and has left it": (
            actor("board member", "oda"),
            [step(by="dag", post="post-1", answering=frozenset({"oda", "dag"}))],
        ),
        "who updated in another role": (actor("board member", "oda"), [step(by="oda", post="post-1")]),
        "who updated before it was sent back": (
            actor("risk manager", "oda"),
            [step(by="oda"), step("return", "bo"), step(by="dag")],
        ),
    }.values(),
    ids=lambda each: "",
)
def test_nobody_signs_their_own_update(who: Actor, steps: list[Step]) -> None:
    refusal = rules.may_sign(who, facts("updated", *steps))
    assert refusal
    assert refusal.sentence.endswith("somebody else signs it off.")


def test_who_changed_the_risk_itself_while_it_was_open_does_not_sign_either() -> None:
    wrote = (step(by="runa", direct=True),)
    refusal = rules.may_sign(actor("risk manager", "runa"), facts("updated", step(by="oda"), wrote=wrote))
    assert refusal
    assert refusal.sentence.startswith("You changed LH1")


def test_somebody_else_signs_and_their_own_challenge_does_not_stop_them() -> None:
    steps = (step(by="oda"), step("challenge", "bo"), step("answer", "oda"))
    assert rules.may_sign(actor("board member", "bo"), facts("answered", *steps)) is None


def test_no_command_signs() -> None:
    command = replace(actor("administrator", "root"), kind="command")
    refusal = rules.may_sign(command, facts())
    assert refusal
    assert "by a person" in refusal.sentence


def test_a_grant_for_another_register_signs_nothing_here() -> None:
    elsewhere = actor(None, grants=(Grant("board member", register="lamps"),))
    assert rules.may_sign(elsewhere, facts()) is not None
    here = actor(None, grants=(Grant("board member", register="harbour"),))
    assert rules.may_sign(here, facts()) is None


def test_an_auditor_may_take_no_step_in_any_state() -> None:
    auditor = actor("auditor", posts=frozenset({"post-1"}))
    assert all(rules.refusal(auditor, facts(state), kind) for state in STATES for kind in KINDS)


# --- The cycle ----------------------------------------------------------------------------------------------

DAYS = Days(date(2031, 7, 14), date(2031, 7, 28), date(2031, 8, 4))


def test_each_quarter_has_one_review_and_one_is_open_at_a_time() -> None:
    june = date(2031, 6, 30)

    def sentence(*before: tuple[Period, bool]) -> str:
        refusal = rules.may_open(Q1, days=DAYS, opened_on=june, before=before)
        return refusal.sentence if refusal else ""

    assert sentence((Q1.previous(), False)) == ""
    assert "was opened already" in sentence((Q1, False))
    assert "roll it forward first" in sentence((Q1.previous(), True))
    assert "lies before it" in sentence((Q1.next(), False))


def test_a_quarter_is_not_reviewed_before_it_begins_nor_in_the_wrong_order() -> None:
    early = rules.may_open(Q1, days=DAYS, opened_on=date(2031, 3, 31), before=())
    assert early
    assert "cannot be reviewed before" in early.sentence
    turned = Days(DAYS.challenge_by, DAYS.update_by, DAYS.sign_by)
    assert rules.may_open(Q1, days=turned, opened_on=date(2031, 6, 30), before=()) is not None


def test_the_proposed_days_follow_the_end_of_the_quarter() -> None:
    assert rules.proposed_days(Q1, date(2031, 6, 20)) == DAYS


def test_a_review_is_late_by_what_it_waits_for() -> None:
    day = date(2031, 7, 30)
    assert rules.days_late("asked", DAYS, day) == 16
    assert rules.days_late("challenged", DAYS, day) == 2
    assert rules.days_late("updated", DAYS, day) == 0
    assert all(rules.days_late(state, DAYS, date(2032, 1, 1)) == 0 for state in SETTLED)


def test_the_quarter_is_rolled_forward_only_when_nothing_is_open() -> None:
    assert rules.may_roll_forward((), rolled_forward=False) is None
    refusal = rules.may_roll_forward(("LH1", "LH2"), rolled_forward=False)
    assert refusal
    assert refusal.sentence.endswith("LH1, LH2.")
    assert rules.may_roll_forward((), rolled_forward=True) is not None


def test_an_update_speaks_of_the_quarters_end_and_never_stands_behind_what_was_said() -> None:
    end = date(2031, 6, 30)
    assert rules.speaks_of(Q1, date(2031, 7, 10), None) == end
    assert rules.speaks_of(Q1, date(2031, 6, 20), None) == date(2031, 6, 20)
    assert rules.speaks_of(Q1, date(2031, 6, 20), date(2031, 6, 25)) == date(2031, 6, 25)
    assert rules.speaks_of(Q1, date(2031, 7, 10), date(2031, 7, 5)) == end, "those are the next quarter's"


def test_progress_is_told_in_one_sentence() -> None:
    states: list[State] = ["signed", "asked", "challenged", "updated", "withdrawn"]
    assert rules.progress(states, 1) == (
        "One of four risks is signed off; two wait for the owner; one waits to be challenged or signed off. "
        "One is late."
    )
    assert (
        rules.progress(["signed", "carried over"], 0)
        == "All two risks are settled, one of them carried over."
    )
    assert rules.progress(["asked", "updated"], 0).startswith("None of two risks is signed off; one waits")
