"""The file as a sequence: blocks of text, rows of values, references; headings and page furniture set
apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from watchkeep.formats.readers.text.flow.events import Block, Stream, Token
from watchkeep.formats.readers.text.flow.headed import set_headings_apart
from watchkeep.formats.readers.text.flow.valued import value_rows, values_of
from watchkeep.formats.readers.text.headings import Heading
from watchkeep.formats.readers.text.identifiers import Occurrence, references
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.values import kinds
from watchkeep.formats.readers.text.wording import finished

TITLE = re.compile(r"(?i)\brisk (?:register|log|profile)\b|\bassurance framework\b")


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
    marks = set_headings_apart(blocks, stream, by_line)
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
    opens_page, before_first = False, True
    valued = stream.valued
    for index, block in enumerate(blocks):
        opens_page = opens_page or index in marks
        if not block:
            continue
        opens_page = opens_page or any(edge in range(block[0].line - 3, block[0].line + 1) for edge in edges)
        parts = values_of(block, valued) if not any(each.line in by_line for each in block) else None
        if parts is not None:
            gaps = (blank_before.get(block[0].line, 0), *[0] * len(parts))
            values.extend(zip(parts, gaps, strict=False))
            continue
        stream.events.extend(value_rows(values, valued))
        values.clear()
        tokens = [_tokens(fragment, by_line.get(fragment.line, [])) for fragment in block]
        if before_first and _is_preface(index, block, tokens, marks):
            stream.loose.extend(block)
            continue
        titles = [line for line in tokens if index < 4 and _is_title(line)]
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
    stream.events.extend(value_rows(values, valued))


def _is_preface(
    index: int, block: list[Fragment], tokens: list[list[Token]], marks: dict[int, list[Heading]]
) -> bool:
    """Whether a block stands before the table: a title, or what comes before any heading."""
    if any(token.reference for line in tokens for token in line):
        return False
    return block[0].line < 4 if index in marks else not marks_before(index, marks)


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
