"""Headings: the many names of one field, and names that must not be taken for another."""

from __future__ import annotations

import pytest

from watchkeep.formats.columns import KNOWN, normal, printed_heading, recognise


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Risk No.", "reference"),
        ("Risk Title", "name"),
        ("Description of risk", "description"),
        ("Root cause(s)", "cause"),
        ("Consequence", "impact?"),
        ("Impact", "impact?"),
        ("Potential consequences", "impact"),
        ("Key Controls and Activities", "controls"),
        ("Mitigations in place", "controls"),
        ("Planned mitigations", "actions"),
        ("Further action required", "actions"),
        ("Responsible Director", "owner"),
        ("Gross likelihood", "assessments:inherent:likelihood"),
        ("Initial Risk Score (LxI)", "assessments:inherent:score"),
        ("Residual rating", "assessments:residual:rating"),
        ("Net RAG", "assessments:residual:rating"),
        ("Current Risk Level", "assessments:residual:rating"),
        ("Tolerable score", "assessments:target:score"),
        ("Probability (1-5)", "assessments:not stated:likelihood"),
        ("Q2 Trending", "trends:Q2"),
        ("Direction of Travel", "trends:current"),
        ("Change since last quarter", "trends:current"),
        ("Movement (Q3 2023/24)", "trends:Q3 2023/24"),
        ("4Ts", "treatment"),
        ("Next review date", "review_date"),
        ("Date identified", "date_raised"),
        ("By when", "due_date"),
        ("Contingency plan", "contingency"),
        ("Link to strategic objectives", "objective"),
    ],
)
def test_a_heading_of_the_field_is_known(heading: str, meaning: str) -> None:
    found = recognise(heading)
    assert found is not None
    assert (found.meaning, found.confidence) == (meaning, 1.0)


@pytest.mark.parametrize(
    ("group", "heading", "meaning"),
    [
        ("Inherent", "L", "assessments:inherent:likelihood"),
        ("Net risk", "Score", "assessments:residual:score"),
        ("Risk score", "Target", "assessments:target:score"),
        ("Direction of travel", "Q1", "trends:Q1"),
        ("Risk", "Owner", "owner"),
    ],
)
def test_a_heading_under_a_group_means_both_together(group: str, heading: str, meaning: str) -> None:
    found = recognise(heading, group)
    assert found is not None
    assert found.meaning == meaning


@pytest.mark.parametrize(
    "heading",
    [
        "Action owner",
        "Gaps in assurance",
        "Sources of assurance",
        "Previous score",
        "Risk appetite",
        "Comments",
        "Cost",
        "Version",
    ],
)
def test_a_heading_of_something_else_is_not_forced_into_a_field(heading: str) -> None:
    assert recognise(heading) is None


def test_a_slip_of_the_pen_is_known_but_not_certain() -> None:
    found = recognise("Mitigatng actions")
    assert found is not None
    assert found.meaning == "controls"
    assert found.confidence < 1
    assert found.reason


def test_no_heading_is_declared_for_two_fields() -> None:
    owners: dict[str, str] = {}
    for known in KNOWN:
        for heading in known.headings:
            assert owners.setdefault(normal(heading), known.meaning) == known.meaning, heading


def test_what_writers_print_readers_know() -> None:
    for known in KNOWN:
        found = recognise(known.printed)
        assert found is not None
        assert found.meaning.rstrip("?") == known.meaning
    for meaning in (
        "trends:Q2",
        "assessments:residual:rating",
        "assessments:inherent:likelihood",
        "assessments:target:score",
    ):
        found = recognise(printed_heading(meaning))
        assert found is not None
        assert found.meaning == meaning
