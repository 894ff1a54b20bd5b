"""Which check decides, when there is no answer, and what a disagreement looks like."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeep.domain.assurance import cover
from watchkeep.domain.check import RULES, WORDS, Check, CheckKind, Sample
from watchkeep.domain.effectiveness import WEAKEST_FIRST, effectiveness

TODAY = date(2026, 11, 1)


def a_check(kind: CheckKind, days_ago: int = 10, **more: Any) -> Check:
    said: dict[str, Any] = {"by": "Somebody", "design": "effective", "operation": "effective"}
    line = RULES[kind].lines[-1]
    return Check(kind=kind, on=TODAY - timedelta(days=days_ago), **({"line": line} | said | more))


def test_a_control_that_nobody_checked_is_not_tested() -> None:
    found = effectiveness((), TODAY)
    assert (found.design.answer, found.operation.answer, found.whole) == ("not tested",) * 3
    assert found.freshness is None
    assert found.checked_on is None
    assert not found.holds


def test_a_control_holds_where_design_and_operation_are_both_effective() -> None:
    assert effectiveness([a_check("attestation")], TODAY).holds
    assert not effectiveness([a_check("attestation", operation="partly effective")], TODAY).holds
    assert not effectiveness([a_check("attestation", design="not judged")], TODAY).holds


@pytest.mark.parametrize(
    ("checks", "answer", "kind"),
    [
        # The stronger kind decides, though the weaker is newer.
        (
            [("assurance", 300, "not effective"), ("attestation", 1, "effective")],
            "not effective",
            "assurance",
        ),
        (
            [("assessment", 50, "partly effective"), ("attestation", 1, "effective")],
            "partly effective",
            "assessment",
        ),
        # Of one kind, the latest.
        (
            [("assessment", 50, "effective"), ("assessment", 5, "not effective")],
            "not effective",
            "assessment",
        ),
        # What is stale decides nothing.
        ([("assurance", 800, "not effective"), ("attestation", 1, "effective")], "effective", "attestation"),
        ([("assurance", 800, "not effective")], "not tested", None),
        # A fading one still decides.
        ([("assurance", 500, "not effective"), ("assessment", 1, "effective")], "not effective", "assurance"),
        # Who judged design alone says nothing of operation.
        ([("assurance", 5, "not judged"), ("attestation", 1, "effective")], "effective", "attestation"),
    ],
)
def test_the_strongest_check_that_counts_decides(
    checks: list[tuple[CheckKind, int, str]], answer: str, kind: str | None
) -> None:
    found = effectiveness([a_check(kind, ago, operation=word) for kind, ago, word in checks], TODAY).operation
    assert found.answer == answer
    assert (found.check.kind if found.check else None) == kind


def test_a_disagreement_is_shown_on_whichever_side_it_is() -> None:
    audit = a_check("assurance", 100, operation="not effective")
    owner = a_check("attestation", 5, operation="effective")
    found = effectiveness([audit, owner], TODAY)
    assert found.operation.otherwise == (owner,)
    assert found.design.otherwise == ()
    assert found.disputed
    assert not effectiveness([audit, a_check("attestation", 5, operation="not effective")], TODAY).disputed


def test_what_is_stale_disputes_nothing_and_yet_is_told() -> None:
    old = a_check("assurance", 900, operation="not effective")
    found = effectiveness([old, a_check("attestation", 5)], TODAY)
    assert not found.disputed
    alone = effectiveness([old], TODAY)
    assert alone.operation.last == old
    assert alone.freshness == "stale"
    assert alone.checked_on == old.on


def test_a_sample_too_small_to_decide_is_too_few_to_say_whatever_the_checker_calls_it() -> None:
    few = a_check("assurance", operation="effective", sample=Sample(9, 0))
    assert effectiveness([few], TODAY, tolerated=5).operation.answer == "too few to say"
    assert effectiveness([few], TODAY, tolerated=30).operation.answer == "effective"
    assert effectiveness([few], TODAY).design.answer == "effective"  # the sample is of operation


def test_a_check_whose_own_sample_speaks_against_it_keeps_its_word_and_is_disputed() -> None:
    found = effectiveness(
        [a_check("assurance", operation="effective", sample=Sample(40, 20), note="One clerk.")], TODAY, 10
    )
    assert found.operation.answer == "effective"
    assert found.operation.disputed


def test_it_fades_as_its_weaker_support_does() -> None:
    fading = a_check("assessment", 250, operation="not judged")
    fresh = a_check("assurance", 5, design="not judged")
    assert effectiveness([fading, fresh], TODAY).freshness == "fading"
    assert effectiveness([fresh], TODAY).freshness == "fresh"


def test_a_check_of_a_later_day_is_not_known_yet() -> None:
    later = a_check("assurance", -5)
    assert effectiveness([later], TODAY).whole == "not tested"
    assert cover([later], TODAY).gap == "never"


CHECKS = st.builds(
    a_check,
    st.sampled_from(list(RULES)),
    st.integers(-100, 1200),
    operation=st.sampled_from(WORDS),
    note=st.just("x"),
)


@given(st.lists(CHECKS, max_size=8))
def test_the_answer_rests_on_a_check_that_counts_or_says_not_tested(checks: list[Check]) -> None:
    found = effectiveness(checks, TODAY)
    for judged in (found.design, found.operation):
        assert (judged.check is None) is (judged.answer == "not tested")
        if judged.check:
            assert judged.check in checks
            assert judged.check.freshness(TODAY) != "stale"
            assert all(each.strength <= judged.check.strength for each in judged.otherwise)
    assert found.whole in WEAKEST_FIRST
    assert WEAKEST_FIRST.index(found.whole) == min(
        WEAKEST_FIRST.index(found.design.answer), WEAKEST_FIRST.index(found.operation.answer)
    )


@given(st.permutations([a_check("assurance", 100), a_check("assessment", 20), a_check("attestation", 3)]))
def test_the_order_in_which_checks_are_told_changes_nothing(checks: list[Check]) -> None:
    assert effectiveness(checks, TODAY).operation.check == a_check("assurance", 100)


# --- The map ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checks", "gap"),
    [
        ([], "never"),
        ([a_check("assurance", 900)], "stale"),
        ([a_check("attestation", 5), a_check("assurance", 900)], "owner only"),
        ([a_check("attestation", 5), a_check("assessment", 20)], "not independent"),
        ([a_check("assurance", 400)], ""),
    ],
)
def test_the_map_names_the_gravest_gap_of_a_control(checks: list[Check], gap: str) -> None:
    found = cover(checks, TODAY)
    assert found.gap == gap
    assert bool(found.sentence) is bool(gap)


def test_the_map_shows_what_each_line_last_found_and_how_it_counts() -> None:
    old, new = a_check("assessment", 300), a_check("assessment", 30, operation="not effective")
    first, second, third = cover([new, old, a_check("attestation", 100)], TODAY).cells
    assert (first.line, first.freshness) == (1, "fading")
    assert (second.check, second.freshness) == (new, "fresh")
    assert third.check is None
