"""The palette by arithmetic, in both themes: bands keep their order in grey, and every word can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import watchkeep.web
from watchkeep.formats import charts
from watchkeep.formats.charts.colours import MEANINGS

CSS = (Path(watchkeep.web.__file__).parent / "static" / "watchkeep.css").read_text(encoding="utf-8")
READABLE = 4.5  # WCAG 2.2, 1.4.3
SEEN = 3.0  # WCAG 2.2, 1.4.11


def theme(name: str) -> dict[str, str]:
    """The custom properties of a theme; the dark one lies over the light one."""
    found: dict[str, str] = {}
    blocks = re.findall(r"(?:@media ([^{]*)\{)?(?:@page\{[^}]*\})?:root\{([^}]*)\}", CSS)
    for media, block in blocks:
        if not media or (name == "dark" and "dark" in media):
            found |= dict(re.findall(r"(--[\w-]+): ?(#[0-9a-fA-F]{3,6})", block))
    return found


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_five_bands_have_five_lightnesses_in_order(name: str) -> None:
    colours = theme(name)
    steps = [luminance(colours[f"--band-{step}"]) for step in range(1, 6)]
    assert steps == sorted(steps, reverse=name == "light")
    for lower, upper in zip(range(1, 5), range(2, 6), strict=True):
        assert contrast(colours[f"--band-{lower}"], colours[f"--band-{upper}"]) > 1.2, (lower, upper)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        *((f"--band-{step}-text", f"--band-{step}") for step in range(1, 6)),
        ("--ink", "--paper"),
        ("--quiet", "--paper"),
        ("--quiet", "--sheet"),
        ("--worse", "--paper"),
        ("--better", "--paper"),
        ("--doubt", "--doubt-sheet"),
        ("--doubt", "--paper"),
        ("--concern", "--paper"),
        ("--improvement", "--paper"),
        ("--change", "--paper"),
        ("--button-text", "--button"),
        ("--masthead-text", "--masthead"),
        ("--govuk-link-colour", "--paper"),
        ("--govuk-link-colour", "--sheet"),
        ("--govuk-error-colour", "--paper"),
    ],
)
def test_every_word_can_be_read_on_its_ground(name: str, words: str, ground: str) -> None:
    colours = theme(name)
    assert contrast(colours[words], colours[ground]) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_edges_of_boxes_can_be_seen(name: str) -> None:
    colours = theme(name)
    assert contrast(colours["--govuk-input-border-colour"], colours["--paper"]) >= SEEN
    assert contrast(colours["--rule-strong"], colours["--paper"]) >= SEEN


def test_the_style_sheet_carries_no_crown_and_no_government_font() -> None:
    assert "crest" not in CSS
    assert "GDS Transport" not in CSS
    assert not re.search(r"url\(\W?https?:|@import", CSS)


def test_the_page_and_the_paper_draw_a_band_in_one_colour() -> None:
    colours = theme("light")
    assert [colours[f"--band-{step}"] for step in range(1, 6)] == list(charts.SHADES[1:])
    assert [colours[f"--band-{step}-text"] for step in range(1, 6)] == [
        charts.SHADE_TEXT[step] for step in range(1, 6)
    ]


def test_the_page_and_the_paper_draw_a_signal_in_one_colour_and_each_in_a_shape_of_its_own() -> None:
    tokens = theme("light")
    said = {"concern": "--concern", "improvement": "--improvement", "change": "--change", "": "--common"}
    assert {name: MEANINGS[name][0] for name in said} == {name: tokens[each] for name, each in said.items()}
    assert len({shape for _, shape in MEANINGS.values()}) == len(MEANINGS)
