"""An old assessment on a newer scale: by name, by a stated counterpart, or not at all."""

from __future__ import annotations

import pytest

from watchkeep.domain.matrix import Graded, Step
from watchkeep.domain.rescaling import Restated, Said, Version, differences, restated, unnamed


def steps(*names: str) -> tuple[Step, ...]:
    return tuple(Step(name) for name in names)


THREE = Graded(bands=steps("Low", "Medium", "High"))
FOUR = Graded(bands=steps("Low", "Moderate", "High", "Extreme"))
SQUARE = Graded(
    bands=steps("Low", "Medium", "High"),
    likelihood=steps("Rare", "Likely"),
    impact=steps("Small", "Grave"),
    matrix=((1, 1), (2, 3)),
)
STRICTER = Graded(
    bands=steps("Low", "Medium", "High"),
    likelihood=steps("Rare", "Likely"),
    impact=steps("Small", "Grave"),
    matrix=((1, 2), (3, 3)),
)


def test_a_band_of_the_same_name_is_that_band_whatever_its_rank() -> None:
    found = restated(Said(band="HIGH"), [Version("2", 2, FOUR)])
    assert (found.rank, found.name) == (3, "High")
    assert "same name" in found.basis


def test_a_band_without_a_counterpart_cannot_be_restated() -> None:
    found = restated(Said(band="Medium"), [Version("2", 2, FOUR)])
    assert not found.found
    assert found.basis == "version 2 has no band called Medium"


def test_a_stated_counterpart_is_followed() -> None:
    found = restated(Said(band="Medium"), [Version("2", 2, FOUR, {("band", "medium"): 2})])
    assert (found.rank, found.name) == (2, "Moderate")
    assert "stated counterpart" in found.basis


def test_a_step_that_is_said_to_have_none_has_none_even_where_a_name_is_the_same() -> None:
    found = restated(Said(band="High"), [Version("2", 2, FOUR, {("band", "high"): None})])
    assert not found.found


def test_two_levels_are_read_in_the_new_matrix_and_the_band_said_then_does_not_count() -> None:
    said = Said(band="Low", likelihood="Rare", impact="Grave")
    assert restated(said, [Version("2", 2, STRICTER)]).name == "Medium"


def test_two_levels_are_not_restated_by_their_band_where_a_level_is_gone() -> None:
    said = Said(band="Low", likelihood="Seldom", impact="Grave")
    assert restated(said, [Version("2", 2, STRICTER)]) == Restated(
        None, "", "version 2 has no likelihood called Seldom"
    )


def test_two_levels_are_restated_by_their_band_where_the_new_scale_has_bands_only() -> None:
    assert restated(Said("High", "Likely", "Grave"), [Version("2", 2, THREE)]).name == "High"


def test_counterparts_are_followed_through_every_version_between() -> None:
    renamed = Graded(bands=steps("Minor", "Middling", "Major"))
    path = [
        Version("2", 2, renamed, {("band", "low"): 1, ("band", "medium"): 2, ("band", "high"): 3}),
        Version("3", 3, FOUR, {("band", "middling"): 2, ("band", "major"): 4}),
    ]
    assert restated(Said(band="High"), path).name == "Extreme"
    assert not restated(Said(band="Low"), path).found


def test_nothing_said_is_nothing_restated() -> None:
    assert not restated(Said(), [Version("2", 2, FOUR)]).found


@pytest.mark.parametrize(
    ("old", "new", "asked"),
    [
        (THREE, FOUR, [("band", "Medium")]),
        (SQUARE, STRICTER, []),
        (SQUARE, THREE, []),
    ],
)
def test_a_new_version_is_asked_about_the_names_that_it_lost(
    old: Graded, new: Graded, asked: list[tuple[str, str]]
) -> None:
    assert list(unnamed(old, new)) == asked


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (THREE, THREE, ()),
        (
            THREE,
            FOUR,
            ("Band Moderate is new.", "Band Extreme is new.", "Band Medium is gone."),
        ),
        (
            SQUARE,
            STRICTER,
            (
                "Rare likelihood and Grave impact make Medium; they made Low.",
                "Likely likelihood and Small impact make High; they made Medium.",
            ),
        ),
        (THREE, Graded(bands=steps("High", "Medium", "Low")), ("The order of the bands is another.",)),
    ],
)
def test_what_a_new_version_changes_is_said_in_sentences(
    old: Graded, new: Graded, said: tuple[str, ...]
) -> None:
    assert differences(old, new) == said
