"""Which references would do, and which two are one to a reader."""

from __future__ import annotations

import pytest

from watchkeep.domain.reference import folded, openable, tidied, would_do


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
