"""Splits a list into its items, and a text into its parts (i, ii, a, 1 …)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from watchkeep.domain.document import Item, LinePlace, PagePlace, Part, Place
from watchkeep.formats.cells import Cell
from watchkeep.formats.readers.assembling.text import (
    Line,
    is_wrapped,
    join,
    lines,
    places_of,
    within,
)

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
SURE_BULLETS = "•·●▪■◦○‣⁃➢➤►▶❖✓✔➔\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf0a8\uf06e"
BULLET = re.compile(rf"^(?:(?P<sure>[{SURE_BULLETS}])\s*|(?P<dash>[-–—*+])\s+|(?P<o>o)\s+(?=[A-Z]))(?=\S)")
LONE_BULLET = re.compile(rf"^[-–—*{SURE_BULLETS}]$")
TIGHT_DASH = re.compile(r"^(?P<dash>[-–—*])(?=[A-Za-z“\"'(])")
NUMBER = re.compile(r"^(?P<marker>\(?(?P<number>\d{1,2})[.):](?!\d)|\((?P<other>\d{1,2})\))\s*(?=\S|$)")
INLINE_BULLET = re.compile(rf"\s+(?=[{SURE_BULLETS}]\s*\S)")
# "i -", "ii.", "iii)", "(iv)", "a)" at the start, or alone on the line.
MARKER = re.compile(
    r"^(?P<marker>\((?P<inner>[ivx]{1,5}|[a-z]|\d{1,2})\)\s*[-–—:.]?|"
    r"(?P<outer>[ivx]{1,5}|[a-z]|\d{1,2})(?:\s*[-–—]|[.):]))(?:\s+|$)"
)
LONE_MARKER = re.compile(r"^(?P<outer>[ivx]{1,5})$")
INLINE_MARKER = re.compile(
    r"(?:(?<=[.;:,!?)”])|(?<=\band)|(?<=\bor))\s+(?=\(?(?:[ivx]{1,5}|[a-h]|\d{1,2})(?:\)|\s[-–—]|\.(?!\d))\s+\S)"
)


@dataclass(slots=True)
class Draft:
    """An item being read."""

    marker: str | None
    part: str | None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A marker at the head of a line: its words, its place in its sequence, and the text after it."""

    line: int
    marker: str
    label: str
    rest: str


def _chain(found: Sequence[Found], names: Sequence[str]) -> list[Found]:
    """The markers that stand in their order (i, ii, iii …) from the first on; fewer than two are none."""
    chain: list[Found] = []
    for each in found:
        if len(chain) < len(names) and each.label == names[len(chain)]:
            chain.append(each)
    return chain if len(chain) > 1 else []


def _markers(texts: Sequence[str], *, digits: bool) -> list[Found]:
    candidates: list[Found] = []
    for index, text in enumerate(texts):
        match = MARKER.match(text) or LONE_MARKER.match(text)
        if match:
            groups = match.groupdict()
            label = (groups.get("inner") or groups.get("outer") or "").casefold()
            marker = (groups.get("marker") or match.group(0)).strip()
            candidates.append(Found(index, marker, label, text[match.end() :].strip()))
    numbers = tuple(str(number) for number in range(1, 40))
    chains = [_chain(candidates, names) for names in (ROMAN, LETTERS, *((numbers,) if digits else ()))]
    return max(chains, key=len)


def parts(cell: Cell) -> tuple[Part, ...]:
    """The parts of a text, where it has any: markers in their order, each at the head of a line or a
    sentence.
    """
    cell_lines = _apart(lines(cell), INLINE_MARKER)
    chain = _markers([line.text for line in cell_lines], digits=True)
    if not chain:
        return ()
    wrapped = is_wrapped(cell)
    result = []
    for position, found in enumerate(chain):
        end = chain[position + 1].line if position + 1 < len(chain) else len(cell_lines)
        own = cell_lines[found.line : end]
        text = _run([replace(own[0], text=found.rest), *own[1:]], wrapped=wrapped)
        if text:
            result.append(Part(marker=found.marker, text=text, places=places_of(own)))
    return tuple(part.model_copy(update={"marker": part.marker}) for part in result)


def label_of(marker: str) -> str:
    """The bare name of a part: "ii" for "ii -" or "(ii)"."""
    return re.sub(r"[^\w]", "", marker).casefold()


def _run(some: Sequence[Line], *, wrapped: bool) -> str:
    text = ""
    for line in some:
        if not text:
            text = line.text
        elif wrapped:
            text = join(text, line.text)
        elif line.text:
            text += f"\n{line.text}"
    return text.strip()


def _apart(some: Sequence[Line], pattern: re.Pattern[str]) -> list[Line]:
    """Lines split where `pattern` finds a seam; a seam inside a numbered line keeps the characters' place."""
    result: list[Line] = []
    for line in some:
        start = 0
        seams = [*pattern.finditer(line.text), None]
        for seam in seams:
            end = seam.start() if seam else len(line.text)
            text = line.text[start:end].strip()
            if text:
                result.append(
                    Line(text, within(line.place, line.text, start, end), line.breaks and start == 0)
                )
            start = seam.end() if seam else end
    return result


def items(cell: Cell) -> tuple[Item, ...]:
    """The items of a list: by bullets, numbers or part markers where there are any, else by paragraphs."""
    cell_lines = _apart(lines(cell), INLINE_BULLET)
    wrapped = is_wrapped(cell)
    numbered = [*_apart(cell_lines, INLINE_MARKER)]
    numbers = _numbered(numbered)
    chain = {found.line: found for found in _markers([line.text for line in cell_lines], digits=False)}
    if numbers and not chain:
        cell_lines = numbered
    elif not chain and len(inline := _markers([line.text for line in numbered], digits=False)) > 1:
        cell_lines, chain = numbered, {found.line: found for found in inline}
    heads = {} if chain and not numbers else numbers
    bulleted = _bullets(cell_lines)
    drafts = _drafts(
        cell_lines, bulleted, heads, chain, _continues(cell, wrapped, bool(bulleted or heads or chain))
    )
    confidence, reason = cell.confidence, cell.reason
    made = []
    for draft in drafts:
        text = _run(draft.lines, wrapped=True)
        if text:
            made.append(
                Item(
                    state="recorded", text=text, places=places_of(draft.lines), confidence=confidence,
                    reason=reason,
                    part=draft.part, marker=draft.marker,
                )
            )  # fmt: skip
    return tuple(made)


def _bullets(some: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """Lines that begin with a bullet: its mark, and the text after it."""
    found: dict[int, tuple[str, str]] = {}
    tight: dict[int, tuple[str, str]] = {}
    for index, line in enumerate(some):
        match = BULLET.match(line.text)
        if match:
            found[index] = (match.group(0).strip(), line.text[match.end() :])
        elif LONE_BULLET.match(line.text):
            found[index] = (line.text, "")
        elif dash := TIGHT_DASH.match(line.text):
            tight[index] = (dash.group("dash"), line.text[dash.end() :])
    if len(tight) > 1 or (tight and found):
        found |= tight
    return found


def _numbered(some: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """Lines that begin with 1, 2, 3 … in their order."""
    found: dict[int, tuple[str, str]] = {}
    for index, line in enumerate(some):
        match = NUMBER.match(line.text)
        if match and int(match.group("number") or match.group("other")) == len(found) + 1:
            found[index] = (match.group("marker"), line.text[match.end() :].strip())
    return found if len(found) > 1 else {}


def _drafts(
    some: Sequence[Line],
    bulleted: dict[int, tuple[str, str]],
    heads: dict[int, tuple[str, str]],
    chain: dict[int, Found],
    continues: Callable[[Sequence[Line], int], bool],
) -> list[Draft]:
    drafts: list[Draft] = []
    part: str | None = None
    for index, line in enumerate(some):
        if index in chain:
            part = chain[index].label
            drafts.append(Draft(chain[index].marker, part, [replace(line, text=chain[index].rest)]))
        elif index in bulleted or index in heads:
            marker, rest = bulleted.get(index) or heads[index]
            mark = next(iter(_lone_markers(drafts, part)), None)
            if mark is not None:
                drafts.remove(mark)
            drafts.append(Draft(marker, part, [replace(line, text=rest)]))
        elif drafts and continues(some, index):
            drafts[-1].lines.append(line)
        else:
            drafts.append(Draft(None, part, [line]))
    return drafts


def _lone_markers(drafts: Sequence[Draft], part: str | None) -> list[Draft]:
    """A part marker that stands alone over its bullets is no item itself."""
    last = drafts[-1] if drafts else None
    if (
        last is not None
        and part is not None
        and last.part == part
        and not any(line.text for line in last.lines)
    ):
        return [last]
    return []


def _continues(cell: Cell, wrapped: bool, marked: bool) -> Callable[[Sequence[Line], int], bool]:
    edge = max((_right(line) or 0.0 for line in lines(cell)), default=0.0)
    longest = max((len(line.text) for line in lines(cell)), default=0)

    def continues(some: Sequence[Line], index: int) -> bool:
        line, before = some[index], some[index - 1]
        if not before.text or LONE_BULLET.match(before.text):
            return True
        if line.text[0].islower() or line.text[0] in ",;)&":
            return True
        if not wrapped or line.breaks or _same_line(before.place, line.place):
            return False
        if marked:
            return True
        return not _ended_early(before, line, edge, longest)

    return continues


def _same_line(first: Place, second: Place) -> bool:
    """Two pieces of one line of a text file were parted on purpose (a break inside a table cell)."""
    return isinstance(first, LinePlace) and isinstance(second, LinePlace) and first.line == second.last_line


def _right(line: Line) -> float | None:
    return line.place.box[2] if isinstance(line.place, PagePlace) else None


def _ended_early(before: Line, line: Line, edge: float, longest: int) -> bool:
    """Whether the line before stopped although this line's first word would still have fitted: a new
    paragraph.
    """
    word = line.text.split()[0]
    if isinstance(before.place, PagePlace) and isinstance(line.place, PagePlace):
        if before.place.page != line.place.page:
            return False
        height = line.place.box[3] - line.place.box[1]
        if line.place.box[1] - before.place.box[3] > height * 0.6:
            return True
        width = (before.place.box[2] - before.place.box[0]) / max(1, len(before.text))
        return edge - before.place.box[2] > width * (len(word) + 2)
    return longest - len(before.text) > len(word) + max(3, longest // 8)
