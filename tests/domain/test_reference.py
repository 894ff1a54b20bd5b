"""Which references would do, and which two are one to a reader."""

from __future__ import annotations

import pytest

from watchkeep.domain.errors import Invalid
from watchkeep.domain.reference import LONGEST, folded, given, openable, tidied, would_do


@pytest.mark.parametrize("text", ["CV-04", "cv-04", "CV-04 ", "ＣＶ-04", "CV‑04", "CV–04", "CV\u221204"])
def test_a_reference_is_the_same_in_whatever_signs_it_is_written(text: str) -> None:
    assert folded(text) == "cv-04"


def test_what_is_kept_is_the_plain_form_with_its_own_capitals() -> None:
    assert tidied(" ＣＶ‑04\u00a0 b ") == "CV-04 b"


@pytest.mark.parametrize("text", ["CV-04", "4", "R 4 (b)", "2031/4.1", "Ä_1"])
def test_letters_digits_and_a_few_signs_do(text: str) -> None:
    assert would_do(text) is None


@pytest.mark.parametrize(
    "text", ["", ".", "-", "../../x?y#z", "a..b", ".a", "a.", "/a", "a/", "a?b", "a\u200bb"]
)
def test_what_could_never_be_opened_is_refused_with_what_would_do(text: str) -> None:
    refusal = would_do(text)
    assert refusal is not None
    assert "such as CV-04" in refusal.sentence


@pytest.mark.parametrize(
    ("read", "key"),
    [("LH1", "LH1"), ("2031/4", "2031/4"), (".", "risk"), ("../../x?y#z", "x?y#z"), ("a//b", "a-b")],
)
def test_what_a_paper_says_can_be_opened(read: str, key: str) -> None:
    assert openable(read) == key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("CV-04", "CV-04"),
        ("  cv-04 ", "cv-04"),
        ("CV \t  04", "CV 04"),
        ("CV\n04", "CV 04"),
        ("ＣＶ／０４", "CV/04"),  # full width, as some keyboards type
        ("CV\u201404", "CV-04"),  # a long dash
        ("2031/4.1", "2031/4.1"),
        ("é1", "é1"),  # two signs that are one letter
        ("x" * LONGEST, "x" * LONGEST),
        (f"  {'x' * LONGEST}  ", "x" * LONGEST),
    ],
)
def test_what_a_person_gives_is_kept_tidied(typed: str, kept: str) -> None:
    assert given(typed) == kept
    assert given(given(typed)) == given(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "next free one"),
        (" \t\u3000", "next free one"),
        ("x" * (LONGEST + 1), "up to 100 signs, not 101"),
        ("\ufb03" * (LONGEST // 2), "not 150"),  # one sign that is three letters once it is plain
        ("CV\x0004", "is no reference"),
        ("CV\x1b[2J", "is no reference"),
        ("CV\u202e04", "is no reference"),  # turns the text round
        ("CV\u200b04", "is no reference"),  # not to be seen
        ("/CV", "is no reference"),
        ("CV..04", "is no reference"),
        ("CV#04", "is no reference"),
        ("<b>", "is no reference"),
    ],
)
def test_what_is_none_is_refused_beside_its_box(typed: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refusal:
        given(typed)
    assert refusal.value.field == "reference"
