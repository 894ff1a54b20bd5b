"""The chain's bytes, and what a check of them finds."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from chains import BODY, a_chain, exported
from watchkeep.domain import ledger
from watchkeep.domain.ledger import Head, Line


def test_a_sound_chain_holds_and_says_that_no_outside_head_was_given() -> None:
    verdict = ledger.check(a_chain(), body=BODY)
    assert verdict.holds
    assert verdict.entries == 5
    assert "not checked against an outside head" in verdict.sentence


def test_an_empty_chain_holds_until_a_head_says_otherwise() -> None:
    assert ledger.check([], body=BODY).holds
    assert not ledger.check([], body=BODY, outside=Head(1, "0" * 64)).holds


@given(any_.data())
def test_any_changed_character_of_any_text_or_digest_is_found(data: any_.DataObject) -> None:
    lines = a_chain()
    index = data.draw(any_.integers(0, len(lines) - 1))
    line = lines[index]
    if data.draw(any_.booleans()):
        at = data.draw(any_.integers(0, len(line.text) - 1))
        to = data.draw(any_.characters().filter(lambda each: each != line.text[at]))
        lines[index] = Line(line.digest, line.text[:at] + to + line.text[at + 1 :])
    else:
        at = data.draw(any_.integers(0, 63))
        to = data.draw(any_.sampled_from("0123456789abcdef").filter(lambda each: each != line.digest[at]))
        lines[index] = Line(line.digest[:at] + to + line.digest[at + 1 :], line.text)
    assert not ledger.check(lines, body=BODY).holds


@pytest.mark.parametrize(
    "order",
    [[1, 2, 3, 4], [0, 1, 3, 4], [0, 2, 1, 3, 4], [0, 1, 1, 2, 3, 4], [4, 3, 2, 1, 0], [0, 1, 2, 3, 4, 0]],
    ids=["first gone", "middle gone", "swapped", "doubled", "reversed", "added again"],
)
def test_entries_taken_out_moved_or_repeated_are_found(order: list[int]) -> None:
    lines = a_chain()
    assert not ledger.check([lines[index] for index in order], body=BODY).holds


def test_the_tail_can_be_cut_unseen_only_where_there_is_no_outside_head() -> None:
    lines = a_chain()
    outside = Head(5, lines[-1].digest)
    assert ledger.check(lines[:3], body=BODY).holds
    verdict = ledger.check(lines[:3], body=BODY, outside=outside)
    assert not verdict.holds
    assert "ends at 3" in verdict.faults[0].sentence


def test_a_chain_that_was_made_anew_does_not_meet_the_outside_head() -> None:
    outside = Head(3, a_chain()[2].digest)
    forged = a_chain()
    previous = ledger.opening(BODY)
    for index, line in enumerate(forged):
        told = json.loads(line.text)
        told["previous"] = previous
        told["who"]["name"] = "Nobody"
        text = ledger.canonical(told)
        forged[index] = Line(ledger.digest_of(text), text)
        previous = forged[index].digest
    assert ledger.check(forged, body=BODY).holds
    assert not ledger.check(forged, body=BODY, outside=outside).holds
    assert not ledger.check(forged, body=BODY, outside=Head(0, outside.digest)).holds


def test_a_chain_of_another_body_is_not_this_body_s() -> None:
    assert not ledger.check(a_chain(body="mossgate"), body=BODY).holds


def test_the_digest_of_an_entry_is_of_nothing_else_with_the_same_bytes() -> None:
    assert ledger.digest_of("calder") != ledger.opening("calder")


def test_the_bytes_are_those_of_the_first_version() -> None:
    # Worked by hand with sha256sum over the prefix and the text: it must never change.
    text = ledger.canonical({"b": [1, None, True], "a": "é"})
    assert text == '{"a":"\\u00e9","b":[1,null,true]}'
    by_hand = subprocess.run(
        ["sha256sum"],
        input=b"watchkeep.ledger/1 entry\0" + text.encode(),
        capture_output=True,
        check=True,
    )
    assert ledger.digest_of(text) == by_hand.stdout.split()[0].decode()


@pytest.mark.parametrize("text", ["", "12", "12:abc", "x:" + "0" * 64, "-1:" + "0" * 64, "0" * 63])
def test_what_is_not_a_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="A head is"):
        ledger.head_of(text)


def test_a_head_may_be_given_with_its_number_or_without() -> None:
    assert ledger.head_of("12:" + "AB" * 32) == Head(12, "ab" * 32)
    assert ledger.head_of("ab" * 32) == Head(0, "ab" * 32)


@pytest.mark.parametrize("words", ["", "not an export", '{"format":"watchkeep.ledger/2","body":"x"}', "[1]"])
def test_a_file_that_is_not_an_export_is_said_to_be_none(words: str) -> None:
    with pytest.raises(ValueError, match="not a ledger export"):
        ledger.check_export(words.split("\n"))


def test_a_damaged_line_of_an_export_is_found_in_its_place() -> None:
    rows = exported(a_chain()).splitlines()
    rows[3] = rows[3][: len(rows[3]) // 2]
    verdict = ledger.check_export(rows)
    assert verdict.faults[0].sequence == 3
