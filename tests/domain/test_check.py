"""What counts as a check, for how long, what its sample allows, and who may record it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeep.domain.check import (
    RULES,
    WIDEST,
    Check,
    CheckKind,
    Sample,
    check_named,
    may_record,
    sample_says,
    share,
    wants_a_word,
)
from watchkeep.domain.control import Standing
from watchkeep.domain.days import later_by_months
from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import Actor, Grant, Role, Where

MAY = date(2026, 5, 31)
COUNT = Standing(
    "C1 Oil count",
    "oil officer",
    "Oil Officer",
    places=(Where(register="harbour"),),
    risk_posts=frozenset({"head"}),
)


def a_check(kind: CheckKind = "assessment", line: int = 2, on: date = MAY, **more: Any) -> Check:
    said: dict[str, Any] = {"by": "Risk Manager", "design": "effective", "operation": "effective"}
    return Check(kind=kind, line=line, on=on, **(said | more))


def somebody(role: Role | None, *posts: str, grants: tuple[Grant, ...] = ()) -> Actor:
    return Actor("person", "1", "Oda Strand", role, "body", grants, frozenset(posts))


# --- What a check is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "attestation", "line": 2}, "line"),
        ({"kind": "assessment", "line": 3}, "line"),
        ({"kind": "assurance", "line": 1}, "line"),
        ({"by": " "}, "checked_by"),
        ({"design": "not judged", "operation": "not judged"}, "note"),
    ],
)
def test_what_is_no_check_is_refused_by_the_field_that_is_wrong(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as problem:
        a_check(**wrong)
    assert problem.value.field == field


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": "glance"}, "kind"), ({"design": "fine"}, "design"), ({"operation": ""}, "operation")],
)
def test_a_word_that_is_none_of_ours_is_refused_by_its_field(wrong: dict[str, str], field: str) -> None:
    said: dict[str, Any] = {"kind": "assurance", "design": "effective", "operation": "not judged"}
    assert check_named(line=3, on=MAY, by="Audit", **said) == a_check(
        "assurance", 3, by="Audit", operation="not judged"
    )
    with pytest.raises(Invalid) as problem:
        check_named(line=3, on=MAY, by="Audit", **(said | wrong))
    assert problem.value.field == field


def test_a_sample_holds_its_failures() -> None:
    assert Sample(20, 0).interval.low == 0
    for size, failures in [(0, 0), (5, 6), (5, -1)]:
        with pytest.raises(Invalid):
            Sample(size, failures)


# --- How long it counts -------------------------------------------------------------------------------------


def test_a_check_counts_in_full_then_fades_then_counts_no_more() -> None:
    check = a_check(on=MAY)  # an assessment: six months, then until twelve
    told = {day: check.freshness(day) for day in (MAY, date(2026, 11, 29), date(2026, 11, 30))}
    assert list(told.values()) == ["fresh", "fresh", "fading"]
    assert check.freshness(date(2027, 5, 30)) == "fading"
    assert check.freshness(date(2027, 5, 31)) == "stale"


def test_who_is_more_independent_is_believed_for_longer() -> None:
    lives = [(rule.fresh_for, rule.stale_after) for rule in RULES.values()]
    assert lives == sorted(lives)
    assert all(fresh < stale for fresh, stale in lives)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 40), st.integers(0, 40))
def test_later_by_months_is_the_same_day_or_the_months_last(day: date, some: int, more: int) -> None:
    later = later_by_months(day, some)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == some
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later_by_months(day, some + more) >= later


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 2000), st.integers(0, 2000))
def test_age_never_makes_a_check_count_for_more(on: date, some: int, more: int) -> None:
    order = ["fresh", "fading", "stale"]
    check = a_check("assurance", 3, on)
    sooner, later = on + timedelta(days=some), on + timedelta(days=some + more)
    assert order.index(check.freshness(sooner)) <= order.index(check.freshness(later))


# --- What a sample says -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "failures", "tolerated", "decides", "against"),
    [
        (200, 2, 5, True, False),  # 0.3 to 3.6 per cent
        (200, 12, 5, False, False),  # 3.5 to 10.2: on both sides of 5
        (200, 30, 5, True, True),  # 10.7 to 20.6
        (9, 2, 5, True, True),  # 6.3 to 54.7: wide, and yet all of it beyond
        (9, 0, 5, False, False),  # up to 29.9
        (60, 7, None, True, False),  # 17 points wide
        (17, 2, None, False, False),  # 31 points wide
        (9, 2, None, False, False),
    ],
)
def test_a_sample_decides_only_where_its_whole_interval_lies_on_one_side(
    size: int, failures: int, tolerated: int | None, decides: bool, against: bool
) -> None:
    says = sample_says(Sample(size, failures), tolerated)
    assert (says.decides, says.against) == (decides, against)
    assert f"{failures} of {size} cases failed" in says.sentence
    assert ("too" in says.sentence) is not decides


@given(st.integers(1, 3000), st.data())
def test_without_a_tolerance_it_is_the_width_that_decides(size: int, data: st.DataObject) -> None:
    sample = Sample(size, data.draw(st.integers(0, size)))
    assert sample_says(sample, None).decides is (sample.interval.width <= WIDEST)


def test_shares_are_told_as_finely_as_they_deserve() -> None:
    assert [share(each) for each in (0, 0.0061, 0.17, 0.0994, 0.0999, 1)] == [
        "0 %",
        "0.6 %",
        "17 %",
        "9.9 %",
        "10 %",
        "100 %",
    ]


def test_who_calls_effective_what_the_sample_speaks_against_says_why() -> None:
    bare = a_check(sample=Sample(20, 10))
    assert wants_a_word(bare, 10) is not None
    assert wants_a_word(bare, None) is None
    assert wants_a_word(a_check(sample=Sample(20, 10), note="All ten were one clerk."), 10) is None
    assert wants_a_word(a_check(sample=Sample(20, 10), operation="not effective"), 10) is None


# --- Who may record it --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "posts", "kind", "line", "by", "may"),
    [
        # Line 1: the owner's own word, or somebody of the first line who judges.
        ("control and action owner", ("oil officer",), "attestation", 1, "Oil Officer", True),
        ("control and action owner", ("oil officer",), "assessment", 1, "Oil Officer", True),
        ("control and action owner", ("head of lamps",), "attestation", 1, "Oil Officer", False),
        ("reader", ("oil officer",), "attestation", 1, "Oil Officer", False),
        ("risk manager", (), "attestation", 1, "Oil Officer", True),  # writes the owner's word down
        ("risk manager", (), "attestation", 1, "Harbour master", False),  # nobody else's word is the owner's
        # Lines 2 and 3: somebody else, whoever writes it down.
        ("risk manager", (), "assessment", 2, "Risk Manager", True),
        ("risk manager", (), "assurance", 3, "Head of Audit", True),
        ("risk manager", (), "assurance", 3, " oil  OFFICER", False),
        ("risk owner", ("oil officer",), "assessment", 2, "Risk Manager", False),
        ("risk owner", ("oil officer",), "assurance", 3, "Head of Audit", False),
        ("risk owner", ("head",), "assessment", 2, "Head of Harbour", True),
        ("risk owner", ("head",), "assurance", 2, "Head of Harbour", False),  # answers for the risk it serves
        ("administrator", ("oil officer",), "assurance", 3, "Head of Audit", False),
        # Who records nothing.
        ("auditor", (), "assurance", 3, "Head of Audit", False),
        ("board member", (), "assessment", 2, "Chair", False),
    ],
)
def test_each_line_of_defence_speaks_for_itself(
    role: Role, posts: tuple[str, ...], kind: CheckKind, line: int, by: str, may: bool
) -> None:
    refusal = may_record(somebody(role, *posts), COUNT, a_check(kind, line, by=by))
    assert (refusal is None) is may
    assert refusal is None or refusal.sentence.endswith(".")


def test_an_owner_is_told_in_a_sentence_why_they_cannot_assure_their_own_control() -> None:
    refusal = may_record(somebody("risk owner", "oil officer"), COUNT, a_check("assurance", 3))
    assert refusal is not None
    assert refusal.sentence == (
        "Oda Strand answers for C1 Oil count, and a check in line 3 has to come from somebody else."
    )


def test_nobody_attests_for_a_control_that_belongs_to_no_post() -> None:
    nobodys = Standing("C2 Rota", places=COUNT.places)
    assert may_record(somebody("administrator"), nobodys, a_check("attestation", 1)) is not None
    assert may_record(somebody("administrator"), nobodys, a_check()) is None


def test_what_is_stood_down_is_not_checked() -> None:
    gone = Standing("C2 Rota", state="stood down")
    assert may_record(somebody("administrator"), gone, a_check()) is not None


def test_a_role_in_one_register_is_enough_to_judge_a_control_that_serves_several() -> None:
    shared = Standing("C2", "x", "X", places=(Where(register="lamps"), Where(register="harbour")))
    granted = somebody(None, grants=(Grant("risk manager", register="harbour"),))
    assert may_record(granted, shared, a_check()) is None
    elsewhere = somebody(None, grants=(Grant("risk manager", register="quay"),))
    assert may_record(elsewhere, shared, a_check()) is not None
