"""Every page of the committee's PDF looks as it did when a person last looked at it."""

from __future__ import annotations

from functools import cache

import pytest
from PIL import Image, ImageDraw

import whole_paper
from golden.drawing import difference, drawn, kept

MEAN, FAR = 1.5, 8.0  # other edges of letters stay below; a line that moved, or a missing tint, does not


@cache
def pages() -> list[Image.Image]:
    return drawn(whole_paper.written("pdf"))


def test_there_are_as_many_pages_as_were_looked_at() -> None:
    assert len(pages()) == len(kept()) == 14


@pytest.mark.parametrize("number", range(1, 15))
def test_a_page_looks_as_it_did(number: int) -> None:
    mean, far = difference(pages()[number - 1], kept()[number - 1])
    assert mean < MEAN, f"page {number} is {mean:.2f} steps of grey from its kept picture"
    assert far < FAR, f"of page {number}, {far:.1f} points in a thousand differ"


def test_the_comparison_sees_a_line_that_moved_and_not_a_softer_edge() -> None:
    page = kept()[2]
    moved = page.copy()
    strip = page.crop((0, 60, page.width, page.height - 4))
    moved.paste(strip, (0, 64))
    assert difference(page, moved)[1] > FAR
    softer = page.resize((page.width - 1, page.height - 1)).resize(page.size)
    lighter = Image.blend(page, softer, 0.25)
    assert difference(page, lighter)[1] < FAR
    boxed = page.copy()
    ImageDraw.Draw(boxed).rectangle((100, 200, 220, 240), fill=120)
    assert difference(page, boxed)[1] > FAR
