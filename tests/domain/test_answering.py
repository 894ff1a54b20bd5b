"""An answer holds as long as the words do, and the old one stands beside the new words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from watchkeep.domain.answering import Given, answer_named, matched, may_answer, quoted
from watchkeep.domain.errors import Invalid
from watchkeep.domain.lint import Found
from watchkeep.domain.people import Actor, Where

DUE = Found("DUE-1", "LH1", "controls:0", 8, 20, "by June 2030", "The day has passed.")
SOON = Found("SOON-1", "LH1", "description", 0, 8, "Imminent", "Soon is no date.", weight="note")
GRAVE = replace(DUE, code="GRAVE-1", weight="error")
HERE = Where(register="r")
POST = "post of the owner"


def given(found: Found, **more: object) -> Given:
    said = Given(
        found.risk, found.key, found.code, found.field, found.text, 1, "accepted", "We wait.", "Edda Holm",
        date(2031, 4, 1),
    )  # fmt: skip
    return replace(said, **more)  # type: ignore[arg-type]


def test_the_weightiest_come_first_and_the_rest_in_their_order() -> None:
    assert [each.found for each in matched([SOON, DUE, GRAVE], [])] == [GRAVE, DUE, SOON]


def test_an_answer_stands_for_its_words_wherever_they_move_in_the_field() -> None:
    moved = replace(DUE, field="controls:3", start=30, end=42)
    (row,) = matched([moved], [given(DUE)])
    assert row.answer == given(DUE)
    assert not row.open


def test_other_words_are_open_again_with_the_answer_that_the_old_ones_had() -> None:
    changed = replace(DUE, text="by September 2030")
    (row,) = matched([changed], [given(DUE)])
    assert row.open
    assert row.before == given(DUE)
    assert row.number == 0  # these words were never answered


def test_the_same_words_on_another_basis_are_open_again_beside_the_answer_of_before() -> None:
    (row,) = matched([replace(DUE, basis="2030-06-30")], [given(DUE)])
    assert row.open
    assert row.before == given(DUE)


def test_an_answer_to_one_stage_or_column_says_nothing_of_another() -> None:
    left = replace(DUE, field="assessments:residual:score", text="12")
    aimed = replace(left, field="assessments:target:score")
    (row,) = matched([aimed], [given(left)])
    assert row.answer is row.before is None


def test_an_answer_that_was_taken_back_is_none_and_is_not_shown_beside_other_words() -> None:
    back = given(DUE, answer=None, number=2)
    (row,) = matched([DUE], [back])
    assert row.open
    assert row.number == 2
    (row,) = matched([replace(DUE, text="by September 2030")], [back])
    assert row.before is None


@pytest.mark.parametrize(
    "other",
    [
        replace(DUE, risk="LH2"),
        replace(DUE, code="SOON-1"),
        replace(DUE, field="actions:0"),
        replace(DUE, field="controls:1", text="Nobody said when"),
    ],
    ids=["another risk", "another rule", "another field", "another line with nothing in common"],
)
def test_an_answer_says_nothing_of(other: Found) -> None:
    (row,) = matched([other], [given(DUE)])
    assert row.answer is None
    assert row.before is None


def test_one_earlier_answer_stands_beside_one_finding_the_most_like_it() -> None:
    near, far = replace(DUE, text="by July 2030"), replace(DUE, field="controls:1", text="by May 2029 it is")
    rows = matched([far, near], [given(DUE)])
    assert {each.found: each.before for each in rows} == {near: given(DUE), far: None}


def test_who_changes_the_risk_answers_and_a_program_never_does() -> None:
    def actor(kind: str, role: str, *posts: str) -> Actor:
        return Actor(kind, "1", "Oda", role, "b", posts=frozenset(posts))  # type: ignore[arg-type]

    assert may_answer(actor("person", "risk manager"), HERE) is None
    assert may_answer(actor("command", "administrator"), HERE) is None
    assert may_answer(actor("person", "risk owner", POST), HERE, POST) is None
    assert may_answer(actor("person", "risk owner"), HERE, POST) is not None
    assert may_answer(actor("person", "reader", POST), HERE, POST) is not None
    refusal = may_answer(actor("system", "administrator"), HERE)
    assert refusal is not None
    assert "only a person" in refusal.sentence


def test_there_are_two_answers() -> None:
    assert [answer_named(each) for each in ("accepted", "wrong")] == ["accepted", "wrong"]
    with pytest.raises(Invalid, match="Say whether"):
        answer_named("open")


def test_words_are_quoted_inside_their_text() -> None:
    text = "A lamp is bought by June 2030, they say. Nobody asks."
    start = text.index("by June")
    found = quoted(text, start, start + len("by June 2030"))
    assert (found.before, found.marked) == ("A lamp is bought ", "by June 2030")
    assert found.after == ", they say. Nobody asks."


def test_a_long_text_is_cut_at_a_word_on_both_sides() -> None:
    text = "lamps " * 60 + "by June 2030" + " oil" * 60
    found = quoted(text, 360, 372)
    assert found.marked == "by June 2030"
    assert found.before.startswith("… lamps ")
    assert found.after.endswith(" oil …")
    assert len(found.before) + len(found.after) < 290
