"""What a writer changed is said of another day without the rest of what they looked at."""

from __future__ import annotations

import pytest

from cast import a_risk, said
from watchkeep.domain.amending import carried, changed, judged_anew, lines_onto, risk_onto, still, units_of
from watchkeep.domain.document import Assessment, Field, Item, Risk, Trend


def lines(*texts: str) -> tuple[Item, ...]:
    return tuple(Item(state="recorded", text=each) for each in texts)


def word(text: str) -> Field:
    return Field(state="recorded", text=text)


@pytest.mark.parametrize(
    ("base", "seen", "wrote", "made"),
    [
        ("ab", "ab", "ba", "ba"),  # of the same day: as it was written
        ("ab", "abx", "abxn", "abn"),  # added: after the line that it follows, where that is there
        ("ab", "abx", "anbx", "anb"),
        ("ab", "abx", "nabx", "abn"),  # before all: nothing to follow
        ("ab", "abx", "bx", "b"),  # taken out
        ("ab", "abx", "ab", "ab"),  # taken out what was not there yet
        ("ab", "abx", "nbx", "bn"),  # said otherwise: the one out, the other in
        ("", "ab", "abn", "n"),
        ("abn", "ab", "abn", "abn"),  # said already
    ],
)
def test_lines_are_added_and_taken_out_and_no_other_line_comes_along(
    base: str, seen: str, wrote: str, made: str
) -> None:
    assert lines_onto(lines(*base), lines(*seen), lines(*wrote)) == lines(*made)


def test_only_the_field_that_was_changed_is_said_of_the_earlier_day() -> None:
    then = a_risk("LH1")
    seen = a_risk("LH1", name=said("Named in June"), cause=word("A cause of June"))
    wrote = seen.model_copy(update={"treatment": word("Tolerate")})
    made = risk_onto(then, seen, wrote)
    assert made == then.model_copy(update={"treatment": word("Tolerate")})


def test_what_was_changed_back_to_the_earlier_days_words_is_no_other_word() -> None:
    then, seen = a_risk("LH1"), a_risk("LH1", name=said("Named in June"))
    assert risk_onto(then, seen, seen.model_copy(update={"name": then.name})) == then


def test_a_judgement_of_one_stage_leaves_the_others_of_that_day() -> None:
    def rated(stage: str, rating: str) -> Assessment:
        return Assessment(stage=stage, rating=word(rating))  # type: ignore[arg-type]

    then = Risk(key="R1", assessments=(rated("residual", "High"),))
    seen = Risk(key="R1", assessments=(rated("residual", "Low"), rated("target", "Low")))
    wrote = Risk(key="R1", assessments=(rated("inherent", "High"), *seen.assessments))
    assert risk_onto(then, seen, wrote).assessments == (
        rated("inherent", "High"),
        rated("residual", "High"),
    ), "the target was not set yet, and the residual was High"


def test_a_trend_is_its_quarters_and_two_of_a_name_are_told_apart() -> None:
    def trend(period: str, text: str) -> Trend:
        return Trend(period=period, state="recorded", text=text)

    value = Risk(key="R1", trends=(trend("Q1", "↑"), trend("Q1", "↓"), trend("Q2", "→")))
    assert [name for name in units_of(value) if name.startswith("trends")] == [
        "trends:Q1",
        "trends:Q1#2",
        "trends:Q2",
    ]
    assert risk_onto(value, Risk(key="R1"), Risk(key="R1", name=word("N"))).trends == value.trends


def test_what_somebody_said_otherwise_since_is_no_longer_carried() -> None:
    before, after = {"a": 1, "b": 1, "c": None}, {"a": 2, "b": 2, "c": 3}
    names = changed(before, after)
    assert names == ("a", "b", "c")
    later = {"a": 1, "b": 7}
    assert still(names, before, later) == ("a", "c")
    assert carried(later, ("a", "c"), after) == {"a": 2, "b": 7, "c": 3}


def test_what_is_said_anew_stands_in_the_order_in_which_it_was_written() -> None:
    periods = ("Q5", "Q3", "Q9", "Q4", "Q8")  # neither of the alphabet nor, but by rare chance, of a set
    new = tuple(Trend(period=each, state="recorded", text="→") for each in periods)
    then, seen = Risk(key="R1"), Risk(key="R1", name=word("Named in June"))
    made = risk_onto(then, seen, seen.model_copy(update={"trends": new}))
    assert tuple(each.period for each in made.trends) == periods
    was, now, later = units_of(then), units_of(made), units_of(seen)
    held = still(changed(was, now), was, later)
    assert tuple(carried(later, held, now))[-len(periods) :] == tuple(f"trends:{each}" for each in periods)


def test_what_is_gone_is_told_after_what_is_said() -> None:
    assert changed({"z": 1, "gone": 1, "b": 1}, {"b": 2, "a": 1, "z": 2}) == ("b", "a", "z", "gone")


@pytest.mark.parametrize(
    ("later", "held"),
    [
        ({"owner": "Bosun", "meant:owner": 1}, ("owner", "meant:owner")),
        ({"owner": "Bosun", "meant:owner": 2}, ()),
        ({"owner": "Mate", "meant:owner": 1}, ()),
    ],
)
def test_words_and_what_they_mean_are_carried_both_or_neither(
    later: dict[str, object], held: tuple[str, ...]
) -> None:
    before, after = {"owner": "Bosun", "meant:owner": 1}, {"owner": "Pilot", "meant:owner": 3}
    assert still(changed(before, after), before, later) == held


@pytest.mark.parametrize(
    ("names", "stages"),
    [
        (("cause", "assessments:residual"), ()),
        (("assessments:residual@ii", "assessments:inherent@i#2"), ("inherent", "residual")),
        (("whole_rule",), ("inherent", "residual", "not stated", "target")),
        (("description",), ("inherent", "residual", "not stated", "target")),
        (("trends:Q1@x", "extra:residual@ii"), ()),
    ],
)
def test_a_rule_is_asked_anew_where_a_part_or_the_rule_is_other(
    names: tuple[str, ...], stages: tuple[str, ...]
) -> None:
    assert judged_anew(names) == stages
