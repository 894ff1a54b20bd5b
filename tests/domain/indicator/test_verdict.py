"""What a risk's indicators say together, by the stated rule."""

from __future__ import annotations

import pytest

from watchkeep.domain.indicator.verdict import Side, Voice, contradiction, difference, leading_of, spoken
from watchkeep.domain.spc import Verdict, VerdictWord


def voice(
    key: str, word: VerdictWord, side: Side = "cause", *, confirmed: bool = True, leads: bool = False
) -> Voice:
    return Voice(key, f"Measure {key}", side, Verdict(word, f"The finding of {key}.", confirmed), leads)


def word(*voices: Voice) -> str:
    said = spoken(voices)
    assert said is not None
    return said.word


def test_without_an_indicator_nothing_is_said() -> None:
    assert spoken(()) is None


def test_causes_lead_then_controls_then_consequences_unless_a_person_names_one() -> None:
    cause, control, consequence = (
        voice("K1", "steady"),
        voice("K2", "steady", "control"),
        voice("K3", "steady", "consequence"),
    )
    assert leading_of((consequence, control, cause)) == (cause,)
    assert leading_of((consequence, control)) == (control,)
    assert leading_of((consequence,)) == (consequence,)
    named = voice("K4", "steady", "consequence", leads=True)
    assert leading_of((cause, named)) == (named,)


def test_one_that_worsens_for_certain_is_enough_and_what_follows_moves_nothing() -> None:
    assert word(voice("K1", "improving"), voice("K2", "worsening")) == "worsening"
    assert word(voice("K1", "steady"), voice("K2", "worsening", "consequence")) == "steady"


def test_it_improves_only_where_none_that_leads_says_otherwise() -> None:
    assert word(voice("K1", "improving"), voice("K2", "steady")) == "improving"
    assert word(voice("K1", "improving"), voice("K2", "worsening", confirmed=False)) == "steady"
    assert word(voice("K1", "improving"), voice("K2", "mixed")) == "steady"


def test_a_first_sign_moves_nothing_and_is_watched() -> None:
    said = spoken((voice("K1", "worsening", confirmed=False),))
    assert said is not None
    assert (said.word, said.watched) == ("steady", ("K1",))
    assert said.basis == "K1 Measure K1: The finding of K1."


@pytest.mark.parametrize("silent", ["too little to say", "stale"])
def test_silence_is_no_steadiness(silent: VerdictWord) -> None:
    assert word(voice("K1", silent), voice("K2", silent)) == "too little to say"
    assert word(voice("K1", silent), voice("K2", "steady")) == "steady"


def test_the_basis_names_what_moved_it_and_counts_the_rest() -> None:
    said = spoken((voice("K1", "worsening"), voice("K2", "steady"), voice("K3", "steady", "consequence")))
    assert said is not None
    assert said.basis == "K1 Measure K1: The finding of K1. Beside it: two steady."


def test_a_persons_word_and_the_indicators_stand_side_by_side_where_they_differ() -> None:
    worse, steady = spoken((voice("K1", "worsening"),)), spoken((voice("K1", "steady"),))
    silent = spoken((voice("K1", "stale"),))
    assert contradiction("improving", worse).startswith(
        "It is judged improving; its indicators say worsening. K1"
    )
    assert contradiction("steady", worse).startswith("It is judged steady; its indicators say worsening.")
    assert "do not bear that out" in contradiction("improving", steady)
    assert contradiction("worsening", steady) == ""
    assert contradiction("worsening", worse) == ""
    assert contradiction("improving", silent) == ""
    assert contradiction(None, worse) == ""


def test_a_difference_names_the_period_that_was_judged_and_leaves_the_basis_to_others() -> None:
    said = spoken((voice("K1", "worsening"),))
    assert difference("improving", said, "2031/32 Q1") == (
        "In 2031/32 Q1 it was judged improving; its indicators say worsening."
    )
    assert difference("worsening", said, "2031/32 Q1") == ""
    assert contradiction("improving", said).startswith(
        "It is judged improving; its indicators say worsening. K1"
    )
