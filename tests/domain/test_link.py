"""Which links may be made, the rounds that causes make, and when a link is to be looked at again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from watchkeep.domain.link import BOTH_WAYS, ESCALATED, KINDS, Pair, circle, may_link, moved_since

FREE = [kind for kind in KINDS if kind != ESCALATED]


@pytest.mark.parametrize("kind", FREE)
def test_two_risks_are_linked_once_in_a_kind(kind: str) -> None:
    assert may_link(kind, "a", "b", []) is None
    refusal = may_link(kind, "a", "b", [Pair(kind, "a", "b")])
    assert refusal is not None
    assert "already linked" in refusal.sentence


@pytest.mark.parametrize("kind", FREE)
def test_the_other_way_round_is_the_same_link_only_where_it_is_said_both_ways(kind: str) -> None:
    refusal = may_link(kind, "a", "b", [Pair(kind, "b", "a")])
    assert (refusal is not None) == (kind in BOTH_WAYS)


def test_another_kind_or_another_pair_is_another_link() -> None:
    standing = [Pair("causes", "a", "b"), Pair("causes", "a", "c")]
    assert may_link("aggravates", "a", "b", standing) is None
    assert may_link("causes", "b", "c", standing) is None


@pytest.mark.parametrize(("kind", "source", "target"), [("causes", "a", "a"), ("adores", "a", "b")])
def test_no_risk_is_linked_to_itself_nor_in_an_unknown_kind(kind: str, source: str, target: str) -> None:
    assert may_link(kind, source, target, []) is not None


def test_the_shortest_round_of_causes_is_shown_from_where_one_stands() -> None:
    standing = [
        Pair("causes", "a", "b"),
        Pair("aggravates", "b", "c"),
        Pair("causes", "c", "a"),
        Pair("causes", "b", "x"),
        Pair("causes", "x", "c"),
    ]
    assert circle("a", standing) == ("a", "b", "c")
    assert circle("c", standing) == ("c", "a", "b")


def test_what_only_depends_makes_no_round_and_a_round_beside_is_not_ones_own() -> None:
    assert circle("a", [Pair("depends on", "a", "b"), Pair("depends on", "b", "a")]) == ()
    assert circle("a", [Pair("causes", "a", "b"), Pair("causes", "b", "c"), Pair("causes", "c", "b")]) == ()


def test_a_link_is_to_be_looked_at_again_only_after_its_other_side_changed() -> None:
    looked, day = datetime(2026, 5, 2, 9, tzinfo=UTC), date(2026, 5, 3)
    assert "changed on 3 May 2026" in moved_since(looked, datetime(2026, 5, 3, 9, tzinfo=UTC), day)
    assert moved_since(looked, looked, day) == ""
    assert moved_since(looked, None, None) == ""
