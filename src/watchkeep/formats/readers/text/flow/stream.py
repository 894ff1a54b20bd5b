"""The file as a sequence: blocks of text, rows of values, references; headings and page furniture set
apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from watchkeep.formats.readers.text.headings import (
    Heading,
    heading,
    headings_of_block,
    run_together,
    side_by_side,
    two_in_one,
    with_values,
)
from watchkeep.formats.readers.text.identifiers import Occurrence, references
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.values import fits, kinds
from watchkeep.formats.readers.text.wording import finished, leads_on, starts_small

TITLE = re.compile(r"(?i)\brisk (?:register|log|profile)\b|\bassurance framework\b")


@dataclass(slots=True)
class Token:
    """A line, or a part of one: text or a reference."""

    fragment: Fragment
    reference: str | None = None


@dataclass(slots=True)
class Block:
    """Lines between blank lines. `opens_page` where a header row or the edge of a page stands just before
    it.
    """

    lines: list[list[Token]]
    opens_page: bool = False

    @property
    def texts(self) -> list[Fragment]:
        """All of its text, references left out."""
        return [token.fragment for line in self.lines for token in line if token.reference is None]

    @property
    def references(self) -> list[str]:
        """The references in it."""
        return [token.reference for line in self.lines for token in line if token.reference is not None]


@dataclass(slots=True)
class ValueRow:
    """The values of one risk that stand together: one entry for each value column, none where nothing was
    found.
    """

    values: list[Fragment | None]
    lost: int = 0  # how many values the blank lines before them say were lost
    sure: bool = True  # whether each value can stand in no other column


@dataclass(slots=True)
class Stream:
    """The whole file in order."""

    headings: list[Heading]
    events: list[Block | ValueRow]
    references: list[str]  # in table order
    loose: list[Fragment] = field(default_factory=list)
    furniture: list[Fragment] = field(default_factory=list)

    @property
    def prose(self) -> list[Heading]:
        """The columns that hold text."""
        return [each for each in self.headings if not each.kind and each.meaning != "reference"]

    @property
    def valued(self) -> list[Heading]:
        """The columns that hold values."""
        return [each for each in self.headings if each.kind]


def blocks_of(sequence: Sequence[Fragment], blank_before: dict[int, int]) -> list[list[Fragment]]:
    """Fragments grouped into blocks at blank lines."""
    found: list[list[Fragment]] = []
    for fragment in sequence:
        if found and not blank_before.get(fragment.line):
            found[-1].append(fragment)
        else:
            found.append([fragment])
    return found


def read_stream(sequence: Sequence[Fragment], pages: frozenset[int], aside: frozenset[int]) -> Stream | None:
    """The stream of a file, or none where it has no references or no known headings to go by.

    `pages` are the lines that open a page, `aside` those of the page's furniture.
    """
    stream = Stream([], [], [])
    kept = [each for each in sequence if each.line not in aside and _says_something(each.text)]
    stream.loose = [each for each in sequence if each.line not in aside and not _says_something(each.text)]
    stream.furniture = [each for each in sequence if each.line in aside]
    lines = [each.line for each in sequence]
    blank_before = {b: b - a - 1 for a, b in zip([0, *lines], lines, strict=False)}
    for each in stream.furniture:  # what stood around a page number was apart
        following = next((line for line in lines if line > each.line), None)
        if following is not None:
            blank_before[following] = max(1, blank_before[following])
    for each in stream.loose:  # what stood after a line set aside is as far from the text before it
        following = next((line for line in lines if line > each.line), None)
        if following is not None:
            blank_before[following] = max(blank_before[following], blank_before[each.line])
    found = references(kept)
    if len({each.reference for each in found}) < 2:
        return None
    by_line: dict[int, list[Occurrence]] = {}
    for occurrence in found:
        by_line.setdefault(kept[occurrence.index].line, []).append(occurrence)
    blocks = blocks_of(kept, blank_before)
    marks = _set_headings_apart(blocks, stream, by_line)
    if len(stream.prose) < 1 or len(stream.headings) < 3:
        return None
    stream.references = in_table_order(list(dict.fromkeys(occurrence.reference for occurrence in found)))
    _lay_out(blocks, marks, stream, by_line, blank_before, pages | aside)
    return stream


def in_table_order(found: list[str]) -> list[str]:
    """References as the table lists them; where they count up but for one break, a page's came out late."""
    numbers = [tuple(int(each) for each in re.findall(r"\d+", reference)) for reference in found]
    falls = sum(after < before for before, after in pairwise(numbers))
    if falls != 1 or len(found) < 6 or numbers[-1] >= numbers[0]:
        return found
    return [reference for _, reference in sorted(zip(numbers, found, strict=True))]


def _says_something(text: str) -> bool:
    """A lone full stop or bracket belongs to some cell, but nothing tells to which."""
    return text not in (".", ",", ";", ":", ")", "(", "]", "[", "|", "_")


def _set_headings_apart(
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
    clusters = _clusters(blocks, marks, references_by_line)
    names = _column_order(clusters)
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


def _column_order(clusters: list[list[Heading]]) -> list[str]:
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


def _clusters(
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


def _lay_out(
    blocks: list[list[Fragment]],
    marks: dict[int, list[Heading]],
    stream: Stream,
    by_line: dict[int, list[Occurrence]],
    blank_before: dict[int, int],
    edges: frozenset[int],
) -> None:
    """Turn what is left of the blocks into events."""
    values: list[tuple[Fragment, int]] = []
    opens_page = False
    before_first = True
    valued = stream.valued

    def close_values() -> None:
        stream.events.extend(_rows(values, valued))
        values.clear()

    for index, block in enumerate(blocks):
        if index in marks:
            opens_page = True
        if not block:
            continue
        opens_page = opens_page or any(edge in range(block[0].line - 3, block[0].line + 1) for edge in edges)
        parts = _values_of(block, valued) if not any(each.line in by_line for each in block) else None
        if parts is not None:
            gap = blank_before.get(block[0].line, 0)
            for position, part in enumerate(parts):
                values.append((part, gap if position == 0 else 0))
            continue
        close_values()
        tokens = [_tokens(fragment, by_line.get(fragment.line, [])) for fragment in block]
        if (
            before_first
            and index not in marks
            and not marks_before(index, marks)
            and not any(t.reference for line in tokens for t in line)
        ):
            stream.loose.extend(block)  # a title, a preface
            continue
        if (
            before_first
            and index in marks
            and not any(t.reference for line in tokens for t in line)
            and block[0].line < 4
        ):
            stream.loose.extend(block)
            continue
        titles = [line for line in tokens if index < 4 and _is_title(line)]
        if titles:
            stream.loose.extend(token.fragment for line in titles for token in line)
            tokens = [line for line in tokens if line not in titles]
            if not tokens:
                continue
        before_first = False
        marks_inside = _lone_arrows(tokens) if any(each.kind == "trend" for each in valued) else []
        tokens = [line for line in tokens if line[0].fragment not in marks_inside]
        stream.events.append(Block(tokens, opens_page))
        opens_page = False
        values.extend((each, 0) for each in marks_inside)
    close_values()


def _is_title(line: list[Token]) -> bool:
    """Whether a line names the whole paper."""
    text = " ".join(token.fragment.text for token in line)
    return all(token.reference is None for token in line) and bool(TITLE.search(text)) and not finished(text)


def _lone_arrows(tokens: list[list[Token]]) -> list[Fragment]:
    """Arrows that stand alone on a line amid the text beside them."""
    found = [
        line[0].fragment
        for line in tokens
        if len(line) == 1 and len(line[0].fragment.text) <= 2 and "trend" in kinds(line[0].fragment.text)
    ]
    return found if len(found) < len(tokens) else []


def marks_before(index: int, marks: dict[int, list[Heading]]) -> bool:
    """Whether a heading stands before the block of that index."""
    return any(each < index for each in marks)


def _tokens(fragment: Fragment, occurrences: list[Occurrence]) -> list[Token]:
    found: list[Token] = []
    position = 0
    for occurrence in occurrences:
        if fragment.text[position : occurrence.start].strip():
            found.append(Token(fragment.cut(position, occurrence.start)))
        found.append(Token(fragment.cut(occurrence.start, occurrence.end), occurrence.reference))
        position = occurrence.end
    rest = fragment.text[position:]
    if rest.strip():
        if occurrences:
            lead = len(rest) - len(rest.lstrip(" :.-–—|\t"))
            # A dash between reference and name belongs to neither, but nothing of the file may be lost.
            position += lead if rest[lead:].strip() and lead < 4 else 0
        found.append(Token(fragment.cut(position, len(fragment.text))))
    return found


def _values_of(block: list[Fragment], valued: list[Heading]) -> list[Fragment] | None:
    """The values a block consists of, or none where it is prose."""
    wanted = [each.kind for each in valued]
    found: list[Fragment] = []
    for fragment in block:
        if any(fits(fragment.text, kind) for kind in wanted):
            found.append(fragment)
            continue
        words = _words_as_values(fragment, wanted)
        if words is None:
            return None
        found.extend(words)
    return found


def _words_as_values(fragment: Fragment, wanted: list[str]) -> list[Fragment] | None:
    """A line such as "4 5 20 High" as its values."""
    found: list[Fragment] = []
    position = 0
    words = fragment.text.split()
    if not 2 <= len(words) <= len(wanted):
        return None
    for word in words:
        start = fragment.text.index(word, position)
        position = start + len(word)
        if not any(fits(word, kind) for kind in wanted):
            return None
        found.append(fragment.cut(start, position))
    return found


def _rows(values: list[tuple[Fragment, int]], valued: list[Heading]) -> list[ValueRow]:
    """Values that follow one another, shared out over the value columns row by row.

    A mark that could not be written leaves its line empty: between two values stands one blank line, so a
    gap of 2n+1 blank lines says that n values were lost there.
    """
    if not values:
        return []
    columns = [each.kind for each in valued]
    tokens: list[Fragment | None] = []
    for fragment, gap in values:
        lost = (gap - 1) // 2 if gap >= 3 and "trend" in columns else 0
        tokens.extend([None] * min(lost, sum(kind == "trend" for kind in columns)))
        tokens.append(fragment)
    rows: list[ValueRow] = []
    row: list[Fragment | None] = [None] * len(columns)
    position, used = 0, False
    lost = 0

    def close() -> None:
        nonlocal row, position, used, lost
        if used:
            rows.append(ValueRow(row, lost))
        row, position, used, lost = [None] * len(columns), 0, False, 0

    for token in tokens:
        column = _next_column(token, columns, position)
        if column is None:
            close()
            column = _next_column(token, columns, 0)
        if column is None:
            continue
        if token is None:
            lost += 1
        row[column], position, used = token, column + 1, True
    close()
    return rows


def _next_column(token: Fragment | None, columns: list[str], position: int) -> int | None:
    for column in range(position, len(columns)):
        if token is None and columns[column] == "trend":
            return column
        if token is not None and fits(token.text, columns[column]):
            if (
                columns[column] == "trend"
                and "trend" not in kinds(token.text)
                and "absent" not in kinds(token.text)
            ):
                continue
            return column
    return None
