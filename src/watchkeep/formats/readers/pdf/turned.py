"""A page set sideways without saying so: read as if it lay level, its places given as it lies in the file."""

from __future__ import annotations

from collections import Counter

from watchkeep.domain.document import PagePlace
from watchkeep.formats.cells import Piece
from watchkeep.formats.readers.pdf.content import Content, Shape
from watchkeep.formats.readers.pdf.words import Box, Letter, Turn, rounded


def is_turned(page: Content) -> Turn | None:
    """Which way nearly all of a page's letters run, where that is not level."""
    counts = Counter(letter.turn for letter in page.letters)
    if not counts:
        return None
    turn, count = counts.most_common(1)[0]
    return turn if turn != "level" and count > 0.8 * counts.total() else None


def levelled(page: Content, turn: Turn) -> Content:
    """The page with everything on it turned level."""
    width, height = page.width, page.height

    def level(shape: Shape) -> Shape:
        box = _level((shape["x0"], shape["top"], shape["x1"], shape["bottom"]), turn, width, height)
        points = [_level_point(x, y, turn, width, height) for x, y in shape.get("pts") or ()]
        return shape | {
            "x0": box[0], "top": box[1], "x1": box[2], "bottom": box[3],
            "width": box[2] - box[0], "height": box[3] - box[1], "pts": points,
        }  # fmt: skip

    def level_letter(letter: Letter) -> Letter:
        box = _level((letter.x0, letter.top, letter.x1, letter.bottom), turn, width, height)
        now: Turn = "level" if letter.turn == turn else "down" if turn == "up" else "up"
        size = box[3] - box[1] if now == "level" else box[2] - box[0]
        return Letter(letter.text, *box, max(size, 0.1), now)

    return Content(
        page.number,
        height,
        width,
        [level_letter(each) for each in page.letters],
        [level(each) for each in page.lines],
        [level(each) for each in page.rects],
        [level(each) for each in page.curves],
        [level(each) for each in page.images],
        page.off_page,
    )


def _level_point(x: float, y: float, turn: Turn, width: float, height: float) -> tuple[float, float]:
    at = (height - y, x) if turn == "up" else (y, width - x)
    return round(at[0], 2), round(at[1], 2)  # so that a rule that was straight is still exactly straight


def _level(box: Box, turn: Turn, width: float, height: float) -> Box:
    left, top = _level_point(box[0], box[1], turn, width, height)
    right, bottom = _level_point(box[2], box[3], turn, width, height)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def back(piece: Piece, turn: Turn, width: float, height: float) -> Piece:
    """The piece with its place on the page as it lies; `width` and `height` are the levelled page's."""
    if not isinstance(piece.place, PagePlace):
        return piece
    x0, top, x1, bottom = piece.place.box
    box = (top, width - x1, bottom, width - x0) if turn == "up" else (height - bottom, x0, height - top, x1)
    return Piece(piece.text, PagePlace(page=piece.place.page, box=rounded(box)))
