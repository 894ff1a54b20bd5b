"""What sentences rest on, and who may read what, between two papers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.since.test_comparing import news, paper, risk
from watchkeep.domain.document import Basis, Rule, Statement
from watchkeep.domain.since import Since, say

CHECK = Basis(kind="check", key="c1", label="Test of the lamp", on=date(2031, 9, 3), says="lit in 9 s")
KEPT = Statement(field="controls:0", start=0, end=5, text="Lit in 9 s", standing="unbound")
BOUND: dict[str, Any] = {"standing": "bound", "rests_on": (CHECK,)}
JUDGED: dict[str, Any] = {"standing": "judged", "judged_by": "Head Keeper", "judged_on": date(2031, 9, 4)}


def stated(**more: Any) -> Statement:
    return KEPT.model_copy(update=more)


def told(before: Statement, after: Statement) -> Since:
    # Another sentence, the same in both, so that both papers tell of statements.
    other = stated(text="It is painted")
    return news(risk("A1", statements=(before, other)), risk("A1", statements=(after, other)))


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ({}, BOUND, "bound"),
        ({}, JUDGED, "bound"),
        ({"standing": "moved"}, BOUND, "bound"),
        (BOUND, {}, "unbound"),
        ({"standing": "expired"}, {}, "unbound"),
        (JUDGED, {**JUDGED, "judged_on": date(2031, 12, 1)}, "rebound"),
        (BOUND, JUDGED, "rebound"),
        (BOUND, {**BOUND, "standing": "moved", "because": "The lamp was stood down."}, "shaken"),
        (JUDGED, {**JUDGED, "standing": "expired"}, "shaken"),
    ],
)
def test_what_became_of_a_basis_is_told_once(before: Any, after: Any, way: str) -> None:
    found = told(stated(**before), stated(**after))
    assert [each.way for each in found.restated] == [way]
    assert not found.nothing
    assert told(stated(**before), stated(**before)).nothing


def test_why_a_sentence_must_be_looked_at_again_is_told_with_what_it_rested_on() -> None:
    shaken = told(stated(**BOUND), stated(standing="moved", because="The lamp was stood down.")).restated[0]
    assert shaken.before == "rests on Test of the lamp of 3 September 2031"
    assert shaken.after == "must be looked at again"
    assert shaken.reason == "The lamp was stood down."


def test_a_line_that_moved_and_a_record_with_another_number_are_no_news() -> None:
    renamed = CHECK.model_copy(update={"key": "source 2"})
    assert told(stated(**BOUND), stated(field="controls:3", standing="bound", rests_on=(renamed,))).nothing


def test_a_paper_that_tells_of_no_statements_is_no_witness_of_them() -> None:
    bare, full = risk("A1"), risk("A1", statements=(stated(**BOUND),))
    assert news(bare, full).nothing
    assert news(full, bare).nothing


def test_the_sentence_counts_what_rests_and_what_is_shaken() -> None:
    assert say(told(stated(), stated(**BOUND))) == (
        "Since edition 3: one sentence rests on something that it did not rest on."
    )


# --- Who may read what --------------------------------------------------------------------------------------

SHUT = Rule(field="cause", readers="internal", exemption="s.31", harm="It would help a thief.", words="a key")


def test_rules_are_told_to_those_alone_who_may_see_them() -> None:
    before, after = paper(risk("A1")), paper(risk("A1", rules=(SHUT,)))
    assert news(before, after).nothing
    found = news(before, after, with_rules=True)
    assert [(each.what, each.before, each.after, each.reason) for each in found.ruled] == [
        ("Cause", "no rule", "read inside the body alone, s.31", "It would help a thief.")
    ]
    assert say(found) == "Since edition 3: who may read what of one risk is ruled otherwise."
    assert "a key" not in found.model_dump_json()  # what is covered is not told beside it


def test_a_rule_that_was_taken_off_or_widened_is_told() -> None:
    wider = SHUT.model_copy(update={"readers": "committee"})
    for after, now in ((wider, "read by the committee, not by the public, s.31"), (None, "no rule")):
        rules = (after,) if after else ()
        found = news(risk("A1", rules=(SHUT,)), risk("A1", rules=rules), with_rules=True)
        assert [each.after for each in found.ruled] == [now]


def test_what_says_nothing_new_of_these_is_written_as_before() -> None:
    written = news(risk("A1"), risk("A1")).model_dump()
    assert "restated" not in written
    assert "ruled" not in written
