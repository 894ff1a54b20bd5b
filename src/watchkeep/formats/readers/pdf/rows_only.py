"""Tables that rule their rows and not all of their columns: the edges they leave to the reader's eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from watchkeep.formats.columns import recognise
from watchkeep.formats.readers.pdf.gutters import columns_under
from watchkeep.formats.readers.pdf.words import Line, Word, lines_of, said, segments

Edge = dict[str, Any]

_NEAR = 3.0  # points
_SHORTEST_RULE = 150.0
_TITLE = 1.25  # times the size of the headings: a line as large as that names the table, and heads no column


@dataclass(frozen=True, slots=True)
class Rules:
    """Level rules of one reach, top to bottom."""

    left: float
    right: float
    heights: tuple[float, ...]


def missing_edges(rules: Sequence[Rules], edges: Sequence[Edge], words: Sequence[Word]) -> list[Edge]:
    """The edges to add: uprights at open sides and between columns, and a rule above unruled headings."""
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    found: list[Edge] = []
    for group in rules:
        crossing = _crossings(group, uprights)
        inside = _within(words, group, group.heights[0], group.heights[-1])
        inner = sorted({x for each in crossing for x in each})
        headings = [word for word in inside if word.middle[1] < group.heights[1]]
        if _is_ruled(
            crossing, lambda g=group, i=inside, h=headings: len(columns_under(h, i, g.left, g.right))
        ):
            open_sides = [x for x in (group.left, group.right) if not _stands(x, group, uprights)]
            sides = [x for x in open_sides if _column_beyond(x, inner, inside)]
            found += [_upright(x, group.heights[0], group.heights[-1]) for x in sides]
        else:
            found += _columns_by_eye(group, inner, inside, words)
    return found


def row_rules(edges: Sequence[Edge], words: Sequence[Word]) -> list[Rules]:
    """Three or more level rules of the same reach, parted where running text stands between two tables."""
    groups: list[tuple[float, float, list[float]]] = []
    level = [edge for edge in edges if edge["orientation"] == "h"]
    for edge in sorted(level, key=lambda each: float(each["top"])):
        left, right, height = float(edge["x0"]), float(edge["x1"]), float(edge["top"])
        if right - left < _SHORTEST_RULE:
            continue
        home = next((each for each in groups if abs(each[0] - left) < 5 and abs(each[1] - right) < 5), None)
        if home is None:
            groups.append((left, right, [height]))
        elif height - home[2][-1] > _NEAR:
            home[2].append(height)
    return [part for group in groups for part in _parted(*group, words) if len(part.heights) >= 3]


def _parted(left: float, right: float, heights: Sequence[float], words: Sequence[Word]) -> list[Rules]:
    parts: list[list[float]] = [[heights[0]]]
    for above, below in pairwise(heights):
        between = _within(words, Rules(left, right, (above, below)), above, below)
        lines = lines_of(between)
        if any(
            len(segments(line)) == 1 and line.box[2] - line.box[0] > 0.6 * (right - left) for line in lines
        ):
            parts.append([])
        parts[-1].append(below)
    return [Rules(left, right, tuple(part)) for part in parts]


def _crossings(group: Rules, uprights: Sequence[Edge]) -> list[list[float]]:
    """For each row, where uprights part it, the ends left out."""
    found = []
    for top, bottom in pairwise(group.heights):
        found.append(
            sorted(
                float(edge["x0"])
                for edge in uprights
                if group.left + 2 * _NEAR < edge["x0"] < group.right - 2 * _NEAR
                and min(edge["bottom"], bottom) - max(edge["top"], top) > 0.8 * (bottom - top)
            )
        )
    return found


def _is_ruled(crossing: Sequence[Sequence[float]], by_eye: Any) -> bool:
    """Whether the uprights drawn are the table's own, and not the sides of one painted column."""
    most = max(len(each) for each in crossing)
    if most == 0:
        return False
    if 2 * len(crossing[0]) >= most:
        return True
    return most >= 2 and most >= 0.6 * int(by_eye())


def _columns_by_eye(
    group: Rules, inner: Sequence[float], inside: Sequence[Word], words: Sequence[Word]
) -> list[Edge]:
    """Uprights where the white runs, and where boxes are painted; and a rule over headings that have none."""
    top, bottom = group.heights[0], group.heights[-1]
    above = _headings_above(group, words)
    found: list[Edge] = []
    if above:
        top = min(line.box[1] for line in above) - 1
        found.append(_level(group.left, group.right, top))
        headings = [word for line in above for word in line.words]
        inside = [*headings, *inside]
    else:
        headings = [word for word in inside if word.middle[1] < group.heights[1]]
    wanted = [group.left, *inner, group.right]
    for start, end in pairwise([group.left, *inner, group.right]):
        within = [word for word in inside if start <= word.middle[0] <= end]
        over = [word for word in headings if start <= word.middle[0] <= end]
        wanted += [x for x in columns_under(over, within, start, end) if _headed_both_sides(x, over)]
    if len(wanted) < 4:
        return []
    return [*found, *(_upright(x, top, bottom) for x in wanted)]


def _headings_above(group: Rules, words: Sequence[Word]) -> list[Line]:
    """The heading lines that stand right above the first rule, where the table rules only below its rows."""
    first = group.heights[0]
    lines = [line for line in lines_of(_within(words, group, 0, first)) if line.box[3] <= first + 1]
    found: list[Line] = []
    edge = first
    for line in reversed(sorted(lines, key=lambda each: each.box[3])[-4:]):
        if edge - line.box[3] > 1.3 * line.size or (found and line.size > _TITLE * found[0].size):
            break
        found.append(line)
        edge = line.box[1]
    known = sum(recognise(said(part)) is not None for line in found for part in segments(line))
    return found if known >= 2 else []


def _within(words: Sequence[Word], group: Rules, top: float, bottom: float) -> list[Word]:
    return [
        word
        for word in words
        if group.left - 2 <= word.middle[0] <= group.right + 2 and top < word.middle[1] < bottom
    ]


def _headed_both_sides(x: float, headings: Sequence[Word]) -> bool:
    return any(word.x1 <= x for word in headings) and any(word.x0 >= x for word in headings)


def _stands(side: float, group: Rules, uprights: Sequence[Edge]) -> bool:
    """Whether an upright is drawn at this end, along at least half of the rules."""
    top, bottom = group.heights[0], group.heights[-1]
    drawn = sum(
        max(0.0, min(edge["bottom"], bottom) - max(edge["top"], top))
        for edge in uprights
        if abs(edge["x0"] - side) <= 2 * _NEAR
    )
    return bool(drawn > 0.5 * (bottom - top))


def _column_beyond(side: float, inner: Sequence[float], inside: Sequence[Word]) -> bool:
    """Whether words stand between the outermost upright and the end of the rules."""
    nearest = min(inner, key=lambda x: abs(x - side))
    low, high = sorted((nearest, side))
    return high - low > 10 and any(low < word.middle[0] < high for word in inside)


def _upright(x: float, top: float, bottom: float) -> Edge:
    return {
        "x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0.0, "height": bottom - top,
        "orientation": "v", "object_type": "line",
    }  # fmt: skip


def _level(left: float, right: float, height: float) -> Edge:
    return {
        "x0": left, "x1": right, "top": height, "bottom": height, "width": right - left, "height": 0.0,
        "orientation": "h", "object_type": "line",
    }  # fmt: skip
