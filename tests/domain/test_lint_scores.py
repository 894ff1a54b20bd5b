"""Scores as the lint judges them: by the numbers that belong to them and the rule of their register; and one
reference that stands on several risks.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from watchkeep.domain.lint import lint
from watchkeep.domain.lint.samples import rated, register, risk
from watchkeep.formats.readers import read_here

COUNCIL = b"""Ref,Risk,Likelihood,Consequence,%s score,Target score
R1,Flooding of the main store,3,4,%s,4
R2,Theft from the main store,2,3,6,4
R3,Fire in the main store,4,4,16,8
R4,Failure of the main pump,2,5,10,5
"""


@pytest.mark.parametrize("stage", [b"Current", b"Residual", b"Initial"])
def test_numbers_of_no_stage_belong_to_the_score_that_they_make(stage: bytes) -> None:
    for score, expected in ((b"12", []), (b"13", [("SUM-01", "R1")])):
        document = read_here(COUNCIL % (stage, score), "paper.csv")
        assert [(each.code, each.risk) for each in lint(document) if each.code == "SUM-01"] == expected


def test_scores_are_judged_by_their_registers_rule_and_where_none_fits_it_is_told_once() -> None:
    pairs = [(likelihood, impact) for likelihood in (2, 3, 4, 5) for impact in (2, 3, 4, 5)]

    def told(way: Callable[[int, int], int], *odd: tuple[int, int, int]) -> list[tuple[str, str]]:
        rows = [*((one, two, way(one, two)) for one, two in pairs), *odd]
        risks = (
            risk(f"R{place}", assessments=(rated(*(f"{each}" for each in row)),))
            for place, row in enumerate(rows, 1)
        )
        return [(each.code, each.risk) for each in lint(register(*risks)) if each.code.startswith("SUM")]

    assert told(lambda one, two: one * two) == told(lambda one, two: one + two) == []
    assert told(lambda one, two: one * two + two) == []  # the impact weighs more
    assert told(lambda one, two: one * two, (3, 4, 13)) == [("SUM-01", "R17")]
    assert told(lambda one, two: one * two + two, (3, 4, 12)) == [("SUM-01", "R17")]
    assert told(lambda one, two: one * two + 1) == [("SUM-05", "")]


def test_two_scores_that_the_same_numbers_fit_alike_badly_are_left_alone() -> None:
    rows = b"".join(b"R%d,Flooding of store %d,2,%d,20,15\n" % (n, n, n) for n in (2, 3, 4))
    document = read_here(b"Ref,Risk,Likelihood,Impact,Initial score,Residual score\n" + rows, "paper.csv")
    assert [each for each in lint(document) if each.code.startswith("SUM")] == []


def test_one_reference_of_several_risks_is_told_at_each_of_them() -> None:
    rows = b"Ref,Risk\nR1,Flooding of the main store\nR2,Theft of lead\nR1,Fire in the main store\n"
    document = read_here(rows, "paper.csv")
    first, _, third = document.risks
    found = [each for each in lint(document) if each.code == "REF-02"]
    assert [(each.risk, each.field, each.text) for each in found] == [
        (first.key, "reference", "R1"),
        (third.key, "reference", "R1"),
    ]
    assert "“Fire in the main store”" in found[0].sentence
    assert "“Flooding of the main store”" in found[1].sentence
