"""A body's own scale: what it refuses to be, and the band that two levels make."""

from __future__ import annotations

from typing import Any

import pytest

from watchkeep.domain.errors import Invalid
from watchkeep.domain.matrix import Graded, Step, rated

LOW, HIGH = Step("Low"), Step("High")
BANDS = (LOW, Step("Medium"), HIGH)
RARE_LIKELY = (Step("Rare"), Step("Likely"))
SMALL_GRAVE = (Step("Small"), Step("Grave"))
MATRIX = ((1, 2), (2, 3))


def a_scale(**changes: Any) -> Graded:
    """Three bands, two levels each way."""
    said: dict[str, Any] = {
        "bands": BANDS, "likelihood": RARE_LIKELY, "impact": SMALL_GRAVE, "matrix": MATRIX
    }  # fmt: skip
    return Graded(**(said | changes))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"bands": (LOW,)}, "band", "at least two bands"),
        ({"bands": (LOW, Step("LOW "), HIGH)}, "band", "there twice"),
        ({"bands": (LOW, Step(" "), HIGH)}, "band", "has no name"),
        ({"bands": tuple(Step(str(n)) for n in range(13))}, "band", "too many"),
        ({"impact": ()}, "impact", "or of neither"),
        ({"likelihood": ()}, "likelihood", "or of neither"),
        ({"impact": (Step("Small"),), "matrix": ((1,), (2,))}, "impact", "at least two levels of impact"),
        ({"matrix": ()}, "matrix", "Rare likelihood and Small impact"),
        ({"matrix": ((1, 2), (2,))}, "matrix", "Likely likelihood and Grave impact"),
        ({"matrix": ((1, 2), (2, 4))}, "matrix", "Likely likelihood and Grave impact"),
        ({"matrix": ((1, 2), (2, 3), (3, 3))}, "matrix", "more cells"),
        ({"likelihood": (), "impact": ()}, "matrix", "bands only"),
        (
            {"matrix": ((1, 3), (2, 2))},
            "why_it_falls",
            "Likely and Grave make Medium, though Rare and Grave make High",
        ),
    ],
)
def test_a_scale_that_cannot_be_used_says_what_is_wrong_and_what_would_do(
    changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        a_scale(**changes)
    assert refusal.value.field == field


def test_a_matrix_that_falls_on_purpose_says_why() -> None:
    scale = a_scale(matrix=((1, 3), (2, 2)), why_it_falls="A likely grave loss is insured.")
    assert [fall.graver_band for fall in scale.falls()] == ["High"]


def test_a_scale_may_have_bands_only() -> None:
    scale = Graded(bands=BANDS)
    assert rated(scale, band="medium").band == "Medium"
    with pytest.raises(Invalid, match="bands only"):
        rated(scale, likelihood="Rare", impact="Small")


@pytest.mark.parametrize(
    ("likelihood", "impact", "band"),
    [
        ("Rare", "Small", "Low"),
        ("rare", " GRAVE", "Medium"),
        ("Likely", "Small", "Medium"),
        ("Likely", "Grave", "High"),
    ],
)
def test_two_levels_make_the_band_of_their_cell(likelihood: str, impact: str, band: str) -> None:
    assert rated(a_scale(), likelihood=likelihood, impact=impact).band == band


def test_a_band_alone_stays_a_band_alone() -> None:
    said = rated(a_scale(), band="high")
    assert (said.likelihood, said.impact, said.band) == ("", "", "High")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "a likelihood and an impact, or a band"),
        ({"likelihood": "Rare"}, "Give the impact too"),
        ({"likelihood": "Often", "impact": "Small"}, "no likelihood called “Often”; it has Rare, Likely"),
        ({"band": "Red"}, "no band called “Red”"),
        ({"likelihood": "Rare", "impact": "Small", "band": "High"}, "make Low on this scale, not High"),
    ],
)
def test_a_rating_that_the_scale_does_not_hold_is_refused(given: dict[str, str], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        rated(a_scale(), **given)


def test_the_document_carries_names_and_order() -> None:
    said = a_scale().as_document("the body's own")
    assert [(band.name, band.rank) for band in said.bands] == [("Low", 1), ("Medium", 2), ("High", 3)]
    assert [(level.name, level.rank) for level in said.likelihood] == [("Rare", 1), ("Likely", 2)]
    assert said.basis == "stated"
