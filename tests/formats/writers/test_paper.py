"""What a paper says of its arrows is true, whoever gave them a meaning or did not."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from odd_registers import register, said
from watchkeep.domain.document import RegisterDocument, Risk, Trend
from watchkeep.domain.edition import Audience, Edition, Matter
from watchkeep.formats.writers.paper import paper

Basis = Literal["stated", "assumed", "confirmed", "no arrows"]
UNSAID = "The source does not say what its arrows mean"

WORSE = said("↑", Trend, period="Q1", direction="up", movement="worsening")
BETTER = said("↓", Trend, period="Q1", direction="down", movement="improving")
WORD = said("Worsening", Trend, period="Q1", movement="worsening")
LEVEL = said("→", Trend, period="Q1", direction="level", movement="steady")
POINTS = said("↑", Trend, period="Q1", direction="up")


def with_trends(basis: Basis, *trends: Trend) -> RegisterDocument:
    risks = (Risk(key=str(place), name=said("One"), trends=(trend,)) for place, trend in enumerate(trends))
    return register(*risks, rising_basis=basis)


def meaning(document: RegisterDocument) -> str:
    return dict(paper(document).key_to_marks)["↑ → ↓"]


RULE = "Rising means worsening, level means steady, falling means improving"
ONE = "One rising or falling arrow has been given no meaning, so it is not counted as worse or better."
TWO = "Two rising or falling arrows have been given no meaning, so they are not counted as worse or better."


@pytest.mark.parametrize(
    ("basis", "trends", "said_of_arrows", "note"),
    [
        ("stated", (WORSE, BETTER), f"{RULE}: the source says so.", ""),
        ("confirmed", (WORSE, BETTER), f"{RULE}: the body has confirmed this.", ""),
        (
            "assumed",
            (POINTS, LEVEL),
            "As the source has them: rising, steady, falling. "
            "The source does not say which of them is worse.",
            f"{UNSAID}, so none is counted as worse or better.",
        ),
        (
            "assumed",
            (WORD, LEVEL),
            "The source does not say what a rising or falling arrow means. Nothing here depends on it.",
            "",
        ),
        (
            "no arrows",
            (WORD,),
            "The source gives words and no arrows. The arrows here stand for its words: "
            "rising means worsening, level means steady, falling means improving.",
            "",
        ),
        (
            "stated",
            (WORSE, BETTER, POINTS),
            f"{RULE}: the source says so. {ONE}",
            ONE,
        ),
        (
            "confirmed",
            (WORSE, POINTS, POINTS),
            f"{RULE}: the body has confirmed this. {TWO}",
            TWO,
        ),
    ],
    ids=["stated", "confirmed", "nobody said", "nothing turns on it", "words", "one older", "two older"],
)
def test_what_is_said_of_the_arrows_is_true(
    basis: Basis, trends: tuple[Trend, ...], said_of_arrows: str, note: str
) -> None:
    document = with_trends(basis, *trends)
    assert meaning(document) == said_of_arrows
    assert [each for each in paper(document).notes if "arrow" in each] == ([note] if note else [])


@pytest.mark.parametrize("basis", ["stated", "confirmed"])
def test_a_risk_carried_over_from_an_older_paper_does_not_unsay_the_meaning(basis: Basis) -> None:
    document = with_trends(basis, WORSE, BETTER, POINTS)
    printed = paper(document)
    assert not any(UNSAID in each for each in printed.notes)
    assert "what a rising arrow means is not recorded" not in printed.sentence
    assert "what one of the arrows means is not recorded" in printed.sentence


@pytest.mark.parametrize(
    ("audience", "said_of_it"),
    [("internal", ""), ("committee", "kept inside the body"), ("public", "not for publication")],
)
def test_who_may_not_have_all_of_it_is_told_that_what_is_left_out_reads_as_not_recorded(
    audience: Audience, said_of_it: str
) -> None:
    facts = Edition(title="Paper", frozen_on=date(2031, 4, 1), audience=audience, matter=Matter())
    told = dict(paper(register(), facts).key_to_marks)["not recorded"]
    assert ("left out" in told) == bool(said_of_it)
    assert said_of_it in told
    first = Edition(title="Paper", frozen_on=date(2031, 4, 1), audience=audience)
    assert "left out" not in dict(paper(register(), first).key_to_marks)["not recorded"]
