"""Every block that is headings, found and set apart."""

from __future__ import annotations

from watchkeep.formats.readers.text.flow.events import Stream
from watchkeep.formats.readers.text.flow.ordering import clusters_of, column_order
from watchkeep.formats.readers.text.headings import (
    Heading,
    heading,
    headings_of_block,
    run_together,
    side_by_side,
    two_in_one,
    with_values,
)
from watchkeep.formats.readers.text.identifiers import Occurrence
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.wording import leads_on, starts_small


def set_headings_apart(
    blocks: list[list[Fragment]], stream: Stream, references_by_line: dict[int, list[Occurrence]]
) -> dict[int, list[Heading]]:
    """Find every block that is headings, empty it, and settle the order of the columns."""
    marks: dict[int, list[Heading]] = {}
    for index, block in enumerate(blocks):
        found = [] if any(each.line in references_by_line for each in block) else headings_of_block(block)
        if found:
            marks[index] = found
    known = [each for group in marks.values() for each in group]
    for index, block in enumerate(blocks):
        if len(block) <= 5 and known and (index not in marks or _too_long(marks[index], known)):
            found = run_together(block, [each for each in known if each not in marks.get(index, [])])
            if found:
                marks[index] = found
        if len(block) in (2, 3) and (index not in marks or len(marks[index]) == 1):
            found = side_by_side(block)
            if found and (
                index not in marks or len(marks[index][0].text.split()) > 3 or two_in_one(marks[index][0])
            ):
                marks[index] = found
    for index, block in enumerate(blocks):
        if index not in marks:
            found = _headings_at_the_edge(block, known, first=index < 3)
            if found:
                marks.setdefault(index, []).extend(found)
    clusters = clusters_of(blocks, marks, references_by_line)
    names = column_order(clusters)
    firsts = {each.text.casefold(): each for group in reversed(clusters) for each in group}
    for each in reversed([each for group in clusters for each in group]):
        firsts[each.text.casefold()] = each
    stream.headings = [firsts[name] for name in names if name in firsts]
    used = {fragment for each in stream.headings for fragment in each.fragments}
    for index, group in marks.items():
        for fragment in (fragment for each in group for fragment in each.fragments):
            if fragment not in used:
                stream.furniture.append(fragment)
        gone = {fragment.line for each in group for fragment in each.fragments}
        blocks[index] = [fragment for fragment in blocks[index] if fragment.line not in gone]
    return marks


def _too_long(found: list[Heading], known: list[Heading]) -> bool:
    """Whether a heading has more words than its likes ("Q4 … Trending …" beside "Q3 Trending"): perhaps two
    in one.
    """
    one = found[0]
    family = one.meaning.split(":")[0]
    likes = [
        each
        for each in known
        if each is not one and each.meaning.split(":")[0] == family and ":" in each.meaning
    ]
    return (
        len(found) == 1
        and bool(likes)
        and len(one.text.split()) > max(len(each.text.split()) for each in likes)
    )


def _headings_at_the_edge(block: list[Fragment], known: list[Heading], *, first: bool) -> list[Heading]:
    """Headings that share a block with other text: the lines under a title, or a heading that stands over
    its cell.
    """
    over = with_values(block)
    if over is not None:
        return [over]
    names = {each.text.casefold() for each in known}
    meanings = {each.meaning for each in known}
    found: list[Heading] = []
    for position, fragment in enumerate(block):
        one = heading([fragment])
        if first and one is not None:
            # A heading of two lines may stand right under the title.
            longer = heading(block[position : position + 2])
            if longer is not None and position + 2 == len(block):
                found.append(longer)
                break
        opens = position == 0 and len(block) > 1 and one is not None and one.meaning not in meanings
        if one is None or not (first or opens or one.text.casefold() in names):
            continue
        before = block[position - 1].text if position else ""
        after = block[position + 1].text if position + 1 < len(block) else ""
        if (before and (leads_on(before) or (not first and before[-1:] not in "."))) or (
            after and starts_small(after)
        ):
            continue
        found.append(one)
    return found
