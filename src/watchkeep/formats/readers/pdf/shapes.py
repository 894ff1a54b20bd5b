"""What a page draws besides text: fills below cells, pictures, and small shapes that may be arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from watchkeep.formats.readers.pdf.content import Content
from watchkeep.formats.readers.pdf.words import Box

_LARGEST_MARK = 40.0  # points; a mark in a cell is smaller, a chart is larger


def colour_of(value: Any) -> str | None:
    """A PDF colour (grey, RGB or CMYK, each 0 to 1) as #rrggbb; a pattern has none."""
    if isinstance(value, int | float):
        value = (value,)
    if not isinstance(value, list | tuple) or not all(isinstance(each, int | float) for each in value):
        return None
    parts = [min(max(float(each), 0.0), 1.0) for each in value]
    if len(parts) == 1:
        parts = parts * 3
    elif len(parts) == 4:
        black = parts[3]
        parts = [(1 - each) * (1 - black) for each in parts[:3]]
    if len(parts) != 3:
        return None
    return "#" + "".join(f"{round(each * 255):02x}" for each in parts)


def fill_at(point: tuple[float, float], filled: Sequence[dict[str, Any]]) -> str | None:
    """The colour painted last below `point`; white is paper, not a fill."""
    x, y = point
    for shape in reversed(filled):
        if shape["x0"] <= x <= shape["x1"] and shape["top"] <= y <= shape["bottom"]:
            colour = colour_of(shape["non_stroking_color"])
            return None if colour in (None, "#ffffff") else colour
    return None


def is_greyish(colour: str) -> bool:
    """Whether a colour is a grey, or so pale that it only sets rows apart."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return max(parts) - min(parts) < 24


def filled_shapes(page: Content) -> list[dict[str, Any]]:
    """The filled rectangles of a page in the order they are painted, marks left out."""
    return [
        shape
        for shape in (*page.rects, *page.curves)
        if shape.get("fill") and shape["x1"] - shape["x0"] > 5 and shape["bottom"] - shape["top"] > 4
        and _is_rectangle(shape)
    ]  # fmt: skip


def _is_rectangle(shape: dict[str, Any]) -> bool:
    if shape["object_type"] == "rect":
        return True
    points = {(round(x), round(y)) for x, y in shape.get("pts") or ()}
    return len({x for x, _ in points}) <= 2 and len({y for _, y in points}) <= 2


def arrow_in(box: Box, curves: Sequence[dict[str, Any]]) -> tuple[str | None, bool]:
    """The arrow drawn inside `box`, and whether anything is drawn there at all.

    An arrow has one tip at one end and a blunt other end, and is even about the axis through its tip. What
    does not read so (or two shapes that disagree) is not named.
    """
    inside = [each for each in curves if _within(each, box)]
    named = {direction for each in inside if (direction := _pointing(each.get("pts") or ()))}
    return (named.pop() if len(named) == 1 else None), bool(inside)


def small_curves(page: Content) -> list[dict[str, Any]]:
    """The drawn shapes small enough to be a mark in a cell."""
    return [
        each
        for each in page.curves
        if each["x1"] - each["x0"] < _LARGEST_MARK
        and each["bottom"] - each["top"] < _LARGEST_MARK
        and not _is_rectangle(each)
    ]


def _within(shape: dict[str, Any], box: Box) -> bool:
    x, y = (shape["x0"] + shape["x1"]) / 2, (shape["top"] + shape["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _pointing(points: Sequence[tuple[float, float]]) -> str | None:
    corners = _corners(points)
    if not 3 <= len(corners) <= 10:
        return None
    up = _tip([(y, x) for x, y in corners])
    down = _tip([(-y, x) for x, y in corners])
    left = _tip([(x, y) for x, y in corners])
    right = _tip([(-x, y) for x, y in corners])
    if left and right and not up and not down:
        return "↔"
    found = [arrow for arrow, is_tip in (("↑", up), ("↓", down), ("←", left), ("→", right)) if is_tip]
    return found[0] if len(found) == 1 else None


def _corners(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points, each place once."""
    kept: list[tuple[float, float]] = []
    for x, y in points:
        if not any(abs(x - a) < 0.5 and abs(y - b) < 0.5 for a, b in kept):
            kept.append((x, y))
    return kept


def _tip(corners: Sequence[tuple[float, float]]) -> bool:
    """Whether the least first coordinate is reached once, in the middle of the second's range, and evenly."""
    along = sorted(first for first, _ in corners)
    across = [second for _, second in corners]
    length, width = along[-1] - along[0], max(across) - min(across)
    if length < 2 or width < 2 or along[1] - along[0] < 0.15 * length:
        return False
    tip = next(second for first, second in corners if first == along[0])
    middle = (max(across) + min(across)) / 2
    if abs(tip - middle) > 0.1 * width:
        return False
    mirrored = ((first, 2 * middle - second) for first, second in corners)
    near = 0.1 * max(length, width)
    return all(any(abs(a - x) < near and abs(b - y) < near for x, y in corners) for a, b in mirrored)
