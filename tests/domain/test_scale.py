"""The order of bands: by the general meaning of their names, else by appearance and said so."""

from __future__ import annotations

import pytest

from watchkeep.domain.scale import UNORDERED, in_stated_order, scale_of, shade, strength


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["High", "Medium", "Low"], ["Low", "Medium", "High"]),
        (["High", "High-Medium", "Medium"], ["Medium", "High-Medium", "High"]),
        (["Very high", "Low", "Medium/High", "Very low"], ["Very low", "Low", "Medium/High", "Very high"]),
        (["Red", "Green", "Amber/Red", "Amber"], ["Green", "Amber", "Amber/Red", "Red"]),
        (["Catastrophic", "Minor", "Moderate", "Major"], ["Minor", "Moderate", "Major", "Catastrophic"]),
        (["Extreme", "Low risk", "High risk"], ["Low risk", "High risk", "Extreme"]),
    ],
)
def test_known_words_are_put_in_their_general_order(names: list[str], order: list[str]) -> None:
    scale = scale_of(names)
    assert [band.name for band in sorted(scale.bands, key=lambda band: band.rank)] == order
    assert scale.basis == "inferred"


def test_a_name_counts_once_whatever_its_letter_case() -> None:
    assert [band.name for band in scale_of(["High", "HIGH ", "low"]).bands] == ["low", "High"]


def test_unknown_words_stand_in_order_of_appearance_and_the_scale_says_so() -> None:
    scale = scale_of(["Tiger", "Mouse"])
    assert [(band.name, band.rank) for band in scale.bands] == [("Tiger", 1), ("Mouse", 2)]
    assert scale.reason == UNORDERED


def test_numbers_make_no_band() -> None:
    scale = scale_of(["12", "4"])
    assert (scale.bands, scale.basis) == ((), "not recorded")


def test_numbered_levels_stand_in_order_of_their_numbers() -> None:
    scale = scale_of([], likelihoods=["10", "2", "4"])
    assert [level.name for level in scale.likelihood] == ["2", "4", "10"]


def test_shades_are_spread_over_the_scale_from_palest_to_strongest() -> None:
    scale = scale_of(["Low", "Medium", "High"])
    assert [shade(scale, name) for name in ("Low", "Medium", "High", "Unheard")] == [1, 3, 5, None]


def test_a_sentence_is_no_rating_word() -> None:
    assert strength("The board considers this to be high") is None


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("Ratings from lowest to highest: Calm, Choppy, Rough.", ["Calm", "Choppy", "Rough"]),
        ("Bands run from highest to lowest: Rough, Choppy and Calm.", ["Calm", "Choppy", "Rough"]),
        ("Least to most serious: Calm < Choppy < Rough < Wild", ["Calm", "Choppy", "Rough", "Wild"]),
    ],
)
def test_a_key_that_states_the_order_of_the_bands_is_taken_at_its_word(key: str, order: list[str]) -> None:
    scale = in_stated_order(scale_of(["Rough", "Calm", "Choppy"]), key)
    assert [band.name for band in sorted(scale.bands, key=lambda band: band.rank)] == order
    assert scale.basis == "stated"


def test_a_key_that_leaves_out_a_band_in_use_decides_nothing() -> None:
    scale = scale_of(["Rough", "Calm"])
    assert in_stated_order(scale, "From lowest to highest: Calm, Choppy.") == scale
