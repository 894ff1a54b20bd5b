"""The columns of a table whose header rows were put out in pieces, from left to right."""

from __future__ import annotations

from watchkeep.formats.readers.text.headings import Heading
from watchkeep.formats.readers.text.identifiers import Occurrence
from watchkeep.formats.readers.text.lines import Fragment

# Where a heading stands alone in its part of the file: the order most registers keep.
_USUAL = (
    "reference",
    "name",
    "category",
    "objective",
    "description",
    "cause",
    "event",
    "impact",
    "controls",
    "actions",
    "owner",
)


def column_order(clusters: list[list[Heading]]) -> list[str]:
    """The columns from left to right: header rows that were put out in pieces complete one another."""
    order: list[str] = []
    meanings: dict[str, str] = {}
    for group in sorted(clusters, key=lambda each: -len({one.meaning for one in each})):
        names = list(dict.fromkeys(each.text.casefold() for each in group))
        meanings.update({each.text.casefold(): each.meaning.rstrip("?") for each in group})
        lone = order and not any(name in order for name in names)
        for position, name in enumerate(names):
            if name in order:
                continue
            following = next((other for other in names[position + 1 :] if other in order), None)
            before = next((other for other in reversed(names[:position]) if other in order), None)
            beside = _beside_siblings(meanings[name], order, meanings)
            if lone and beside is not None:
                order.insert(beside, name)
            elif lone and meanings[name] in _USUAL:
                order.insert(_usual_position(meanings[name], order, meanings), name)
            elif following is not None:
                order.insert(order.index(following), name)
            elif before is not None:
                order.insert(order.index(before) + 1, name)
            else:
                order.append(name)
    return order


_FACTORS = ("likelihood", "impact", "score", "rating")  # the order in which a rating is worked out


def _beside_siblings(meaning: str, order: list[str], meanings: dict[str, str]) -> int | None:
    """Before the first column that follows it in the working out of the same rating, if there is one."""
    stage, _, factor = meaning.rpartition(":")
    if factor not in _FACTORS or not stage:
        return None
    later = {f"{stage}:{each}" for each in _FACTORS[_FACTORS.index(factor) + 1 :]}
    return next((position for position, name in enumerate(order) if meanings[name] in later), None)


def _usual_position(meaning: str, order: list[str], meanings: dict[str, str]) -> int:
    rank = _USUAL.index(meaning)
    for position, name in enumerate(order):
        other = meanings[name]
        if other not in _USUAL or _USUAL.index(other) > rank:
            return position
    return len(order)


def clusters_of(
    blocks: list[list[Fragment]],
    marks: dict[int, list[Heading]],
    references_by_line: dict[int, list[Occurrence]],
) -> list[list[Heading]]:
    """Headings that follow one another with at most references between."""
    groups: list[list[Heading]] = []
    opened = False
    for index, block in enumerate(blocks):
        if index in marks:
            if not opened:
                groups.append([])
            groups[-1].extend(marks[index])
            opened = True
        elif not all(each.line in references_by_line for each in block):
            opened = False
    return groups
