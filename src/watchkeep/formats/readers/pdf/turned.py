"""A page set sideways without saying so: read as if it lay level, with places given as it lies in the file."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

from watchkeep.domain.document import PagePlace
from watchkeep.formats.cells import Piece
from watchkeep.formats.readers.pdf.words import Box, Turn, rounded


def is_turned(page: Any) -> Turn | None:
    """Which way nearly all of a page's letters run, where that is not level."""
    counts: Counter[Turn] = Counter()
    for letter in page.chars:
        along, rising = letter["matrix"][:2]
        counts["level" if abs(along) >= abs(rising) else "up" if rising > 0 else "down"] += 1
    if not counts:
        return None
    turn, count = counts.most_common(1)[0]
    return turn if turn != "level" and count > 0.8 * counts.total() else None


def levelled(page: Any, turn: Turn) -> Any:
    """A stand-in for the page with everything on it turned level."""
    width, height = float(page.width), float(page.height)

    def level(thing: dict[str, Any]) -> dict[str, Any]:
        box = _level((thing["x0"], thing["top"], thing["x1"], thing["bottom"]), turn, width, height)
        points = [_level_point(x, y, turn, width, height) for x, y in thing.get("pts") or ()]
        changed = {
            "x0": box[0], "top": box[1], "x1": box[2], "bottom": box[3],
            "width": box[2] - box[0], "height": box[3] - box[1], "pts": points,
        }  # fmt: skip
        if "matrix" in thing:
            along, rising = thing["matrix"][:2]
            sign = 1 if turn == "up" else -1
            changed["matrix"] = (sign * rising, -sign * along, 0, 0, 0, 0)
        return thing | changed

    return SimpleNamespace(
        page_number=page.page_number,
        width=height,
        height=width,
        chars=[level(each) for each in page.chars],
        lines=[level(each) for each in page.lines],
        rects=[level(each) for each in page.rects],
        curves=[level(each) for each in page.curves],
        images=[level(each) for each in page.images],
    )


def _level_point(x: float, y: float, turn: Turn, width: float, height: float) -> tuple[float, float]:
    at = (height - y, x) if turn == "up" else (y, width - x)
    return round(at[0], 2), round(at[1], 2)  # so that a rule that was straight is still exactly straight


def _level(box: Box, turn: Turn, width: float, height: float) -> Box:
    left, top = _level_point(box[0], box[1], turn, width, height)
    right, bottom = _level_point(box[2], box[3], turn, width, height)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def back(piece: Piece, turn: Turn, width: float, height: float) -> Piece:
    """The piece with its place on the page as it lies; `width` and `height` are those of the levelled page."""
    if not isinstance(piece.place, PagePlace):
        return piece
    x0, top, x1, bottom = piece.place.box
    box = (top, width - x1, bottom, width - x0) if turn == "up" else (height - bottom, x0, height - top, x1)
    return Piece(piece.text, PagePlace(page=piece.place.page, box=rounded(box)))
