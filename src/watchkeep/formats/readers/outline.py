"""Registers told under headings: a heading for each risk, and under it labels, lists and small tables.

A reader that knows headings from text (markdown, web pages, Word) hands over blocks; what comes back is one
table with a row for each risk, for the assembler.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from watchkeep.domain.document import Place
from watchkeep.formats.cells import Cell, Piece, Table
from watchkeep.formats.columns import Recognised, normal, recognise
from watchkeep.formats.readers.assembling.headings import IDENTITY
from watchkeep.formats.readers.assembling.text import one_line, within

Kind = Literal["head", "item", "line", "table", "rule", "frame", "code", "blank"]

# "R-01: Title", "Risk 3 – Title", "[OPS/2] Title", "2.1 R4. Title"; a reference has a letter and a number.
HEADED = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?[\[(]?(?P<reference>"
    r"(?:risk|threat|item|issue|ref)\.?\s*(?:no\.?\s*|id\s*)?#?\s*(?:[A-Z]{1,8}[-_/ ]?)?\d{1,4}(?:\.\d+)?|"
    r"(?:[A-Z][A-Za-z&]{0,9}[-_/ .]?){1,4}?\d{1,5}(?:[.-]\d{1,4})?[a-z]?)[\])]?"
    r"(?:\s*[:.)|–—-]+\s*|\s+|$)(?P<title>.*)$",
    re.IGNORECASE,
)
LAST = re.compile(r"^(?P<title>\S.*?)\s*[\[(](?P<reference>(?:[A-Z]{1,8}[-_/ .]?){1,3}\d{1,5})[\])]$")
LIST_MARK = re.compile(r"^(?:[-*+•]|\(?\d{1,3}[.)])\s+")
ALL_BOLD = re.compile(r"^(?P<mark>\*\*|__)(?P<inside>(?:(?!(?P=mark)).)+)(?P=mark)\s*$")
LEADING_BOLD = re.compile(r"^(?P<mark>\*\*|__)(?P<inside>(?:(?!(?P=mark)).)+)(?P=mark)")
BOLD_LABEL = re.compile(
    r"(?P<mark>\*\*|__|\*|_)(?P<name>[^*_:\s][^*_\n]{0,58}?)\s*(?:[:?]\s*(?P=mark)|(?P=mark)\s*:)\s*"
)
PLAIN_LABEL = re.compile(r"(?P<name>[A-Z](?:[\w/&()'’,.#-]| (?! )){0,48}?)\s*:(?=\s|$)\s*")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
ORNAMENT = re.compile(r"^[^\w*_\[(#`<“\"'£$€]+")
PARTED = re.compile(r"(?:[|;·•,(]|\s[–—-]|\.|\*\*|\s{2,})\s*$")
PAIR_HEADINGS = frozenset(
    {"attribute", "field", "item", "property", "aspect", "element", "key", "parameter", "detail", "dimension"}
)
BOLD_LEVEL, LINE_LEVEL, ITEM_LEVEL = 7, 8, 9
SURE = 0.85
LONGEST_HEAD = 300
FEWEST_FIELDS = 3  # with so many known labels a heading without a reference is a risk


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, item of a list, line or table as found; `level` is a heading's depth or an item's indent."""

    kind: Kind
    piece: Piece | None = None
    level: int = 0
    marker: str = ""
    table: Table | None = None

    @property
    def text(self) -> str:
        """What it says."""
        return self.piece.text if self.piece else ""


@dataclass(slots=True)
class Told:
    """What the blocks hold: the risks as one table, the other tables, and the text beside them."""

    table: Table
    others: list[Table]
    loose: list[Piece]
    furniture: list[Piece]


@dataclass(frozen=True, slots=True)
class _Label:
    name: Piece
    value: Piece | None
    known: Recognised | None


@dataclass(frozen=True, slots=True)
class _Head:
    """A block that may be the heading of a risk."""

    index: int
    level: int
    reference: Piece | None
    title: Piece | None
    labels: tuple[_Label, ...] = ()  # those that stand in the same line


@dataclass(slots=True)
class _Reader:
    """Puts the blocks under each heading into records."""

    blocks: Sequence[Block]
    repeated: frozenset[str]
    records: list[dict[str, list[Piece]]] = field(default_factory=list)
    headings: dict[str, Piece] = field(default_factory=dict)
    others: list[Table] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    furniture: list[Piece] = field(default_factory=list)
    current: str | None = None
    opened: Block | None = None
    closed: bool = True


def told_under_headings(blocks: Sequence[Block]) -> Told | None:
    """The risks that stand under headings of their own, or none where no such headings come again."""
    repeated = _repeated(blocks)
    heads = _risk_heads(blocks, repeated)
    if not heads:
        return None
    reader = _Reader(blocks, repeated)
    starts = {head.index: head for head in heads}
    ends = {level for level in (head.level for head in heads) if level < BOLD_LEVEL}
    for index, block in enumerate(blocks):
        if index in starts:
            _begin(reader, starts[index])
        elif block.kind == "head" and block.level <= max(ends, default=6):
            reader.closed = True
            _outside(reader, block)
        elif reader.closed or not reader.records:
            _outside(reader, block)
        else:
            _under(reader, block)
    return _handed_over(reader)


# --- Which headings are risks ------------------------------------------------------------------------------


def _repeated(blocks: Sequence[Block]) -> frozenset[str]:
    """Words before a colon that come again and again: labels, even where nobody knows them."""
    seen: Counter[str] = Counter()
    for block in blocks:
        match = PLAIN_LABEL.match(block.text) if block.kind in ("line", "item") else None
        if match and len(match["name"].split()) <= 4:
            seen[normal(match["name"])] += 1
    return frozenset(name for name, count in seen.items() if count > 1)


def _risk_heads(blocks: Sequence[Block], repeated: frozenset[str]) -> list[_Head]:
    heads = list(_heads(blocks))
    fields = {head.index: _fields(blocks, head, heads, repeated) for head in heads}
    surely = _of_one_kind([head for head in heads if head.reference is not None and fields[head.index]])
    if len(surely) >= 2:
        levels = {head.level for head in surely}
        known = {head.index for head in surely}
        return [
            head
            for head in heads
            if head.index in known or (head.level in levels and len(fields[head.index]) >= FEWEST_FIELDS)
        ]
    by_level: dict[int, list[_Head]] = {}
    for head in heads:
        fewest = FEWEST_FIELDS if head.level < ITEM_LEVEL else 1 if head.labels else 2
        if len(fields[head.index]) >= fewest and head.title is not None:
            by_level.setdefault(head.level, []).append(head)
    most = max(by_level.values(), key=len, default=[])
    return most if len(most) >= 2 else []


def _of_one_kind(heads: Sequence[_Head]) -> list[_Head]:
    """Headings in print come before lines that only look like headings, and these before items of lists."""
    printed = [head for head in heads if head.level <= BOLD_LEVEL]
    if len(printed) >= 2:
        return printed
    levels = Counter(head.level for head in heads if head.level > BOLD_LEVEL)
    most = max(levels, key=lambda level: levels[level], default=0)
    return [head for head in heads if head.level == most]


def _heads(blocks: Sequence[Block]) -> Iterator[_Head]:
    for index, block in enumerate(blocks):
        if block.piece is None:
            continue
        if block.kind == "head":
            yield _head(index, block.level, block.piece)
        elif block.kind == "line":
            bold = ALL_BOLD.match(block.text)
            said = _cut(block.piece, bold.start("inside"), bold.end("inside")) if bold else block.piece
            found = _head(index, BOLD_LEVEL if bold else LINE_LEVEL, said)
            if (
                found.reference is not None
                and found.title is not None
                and (bold or _labels_next(blocks, index))
            ):
                yield found
        elif block.kind == "item":
            yield from _item_head(blocks, index, block.piece)


def _item_head(blocks: Sequence[Block], index: int, piece: Piece) -> Iterator[_Head]:
    """An item whose own list is indented under it, or that says its fields in the same line."""
    block = blocks[index]
    following = _next(blocks, range(index + 1, len(blocks)))
    level = ITEM_LEVEL + block.level
    inline = _inline(piece)
    if inline is not None:
        title, labels = inline
        found = _head(index, level, title)
        yield _Head(index, level, found.reference or _number(block), found.title, labels)
    elif following is not None and (
        (following.kind == "item" and following.level > block.level) or _stands_over_labels(blocks, index)
    ):
        bold = LEADING_BOLD.match(block.text)
        if _labels(piece, frozenset()) or (bold and bold.end() < len(block.text) and ":" in bold[0]):
            return
        found = _head(index, level, piece)
        yield _Head(index, level, found.reference or _number(block), found.title)


def _next(blocks: Sequence[Block], places: Sequence[int]) -> Block | None:
    """The first block at these places that says something."""
    return next((blocks[place] for place in places if blocks[place].kind != "blank"), None)


def _stands_over_labels(blocks: Sequence[Block], index: int) -> bool:
    """Whether a numbered item stands free of the lines before it, over labels: "3. Title", "Owner: …"."""
    before = _next(blocks, range(index - 1, -1, -1))
    free = index == 0 or blocks[index - 1].kind in ("blank", "rule", "head")
    opened = before is not None and before.kind == "line" and before.text.endswith(":")
    numbered = blocks[index].marker[:1].isdigit()
    return numbered and free and not opened and _labels_next(blocks, index)


def _labels_next(blocks: Sequence[Block], index: int) -> bool:
    """Whether the next thing said after a plain line is a known label."""
    following = _next(blocks, range(index + 1, len(blocks)))
    if following is None or following.piece is None or following.kind not in ("line", "item"):
        return False
    labels = _labels(following.piece, frozenset())
    known = labels[0].known if labels else None
    return known is not None and known.confidence == 1 and known.meaning not in ("reference", "name")


def _number(block: Block) -> Piece | None:
    if not block.marker[:1].isdigit() or block.piece is None:
        return None
    return Piece(block.marker.rstrip(".)"), block.piece.place)


def _head(index: int, level: int, piece: Piece) -> _Head:
    text = _plain(piece.text)
    ornament = ORNAMENT.match(text)
    start = ornament.end() if ornament else 0
    bare = text[start:]
    even = one_line(bare)  # long white space would make the patterns slow
    match = (HEADED.match(even) or LAST.match(even)) if len(even) <= LONGEST_HEAD else None
    if match is None or not re.search(r"\d", match["reference"]):
        return _Head(index, level, None, Piece(bare, piece.place) if bare else None)
    title = match["title"].strip(" :–—-")
    return _Head(
        index,
        level,
        Piece(match["reference"], piece.place),
        Piece(title, piece.place) if title else None,
    )


def _fields(
    blocks: Sequence[Block], head: _Head, heads: Sequence[_Head], repeated: frozenset[str]
) -> set[str]:
    """The known fields that stand right under a heading."""
    found = {label.known.meaning for label in head.labels if label.known}
    for index in range(head.index + 1, _end_of(head, heads, len(blocks))):
        block = blocks[index]
        if head.level >= ITEM_LEVEL and (
            block.kind in ("head", "rule")
            or (block.kind == "item" and block.level <= head.level - ITEM_LEVEL)
        ):
            break
        if block.kind == "table" and block.table is not None:
            found |= {pair[2].meaning for pair in _pairs(block.table) if pair[2]}
        elif block.kind == "head" and block.piece is not None:
            known = _known(block.text)
            found |= {known.meaning} if known else set()
        elif block.kind in ("line", "item") and block.piece is not None:
            found |= {label.known.meaning for label in _labels(block.piece, repeated) if label.known}
    return found


def _end_of(head: _Head, heads: Sequence[_Head], end: int) -> int:
    """Where the next heading of the same kind stands."""
    after = bisect_right(heads, head.index, key=lambda each: each.index)
    for number in range(after, len(heads)):
        if heads[number].level <= head.level or heads[number].reference is not None:
            return heads[number].index
    return end


# --- Labels ------------------------------------------------------------------------------------------------


def _known(text: str) -> Recognised | None:
    bare = _plain(text).strip(" :?*_#")
    if not 1 < len(bare) <= 60:
        return None
    found = recognise(bare)
    return found if found and found.confidence >= SURE and not found.meaning.startswith("letter:") else None


def _labels(piece: Piece, repeated: frozenset[str]) -> list[_Label]:
    """The labels of a line with their values; none where the line does not begin with one."""
    text = piece.text
    found: list[tuple[re.Match[str], Recognised | None]] = []
    position = 0
    while position < len(text):
        match = BOLD_LABEL.match(text, position) or PLAIN_LABEL.match(text, position)
        known = _known(match["name"]) if match else None
        bold = bool(match and "mark" in match.re.groupindex)
        if match and _counts(match, known, bold=bold, first=not found, repeated=repeated):
            found.append((match, known))
            position = match.end()
        elif not found:
            break
        position = _next_start(text, position + 1)
    labels = []
    for number, (match, known) in enumerate(found):
        end = found[number + 1][0].start() if number + 1 < len(found) else len(text)
        value = text[match.end() : end]
        kept = value.rstrip() if number + 1 == len(found) else re.sub(r"[\s|;·•,(–—-]+$", "", value)
        name = _cut(piece, match.start("name"), match.end("name"))
        labels.append(
            _Label(name, _cut(piece, match.end(), match.end() + len(kept)) if kept.strip() else None, known)
        )
    return labels


def _counts(
    match: re.Match[str], known: Recognised | None, *, bold: bool, first: bool, repeated: frozenset[str]
) -> bool:
    """Whether words before a colon are a label here: bold, or known, or coming again and again."""
    if first:
        return bold or known is not None or normal(match["name"]) in repeated
    return known is not None and known.confidence == 1


def _next_start(text: str, position: int) -> int:
    """Where the next label of the same line may begin: after a mark that parts, or in bold."""
    while position < len(text):
        if PARTED.search(text[max(0, position - 4) : position]) and not text[position].isspace():
            return position
        position += 1
    return position


def _inline(piece: Piece) -> tuple[Piece, tuple[_Label, ...]] | None:
    """ "Title — Mitigation: text": the title of an item and the fields it says in the same line."""
    for parted in re.finditer(r"(?:\s[–—-]+|(?P<stop>[.;:(→][*_]*))\s+(?=[A-Z*_])", piece.text):
        labels = _labels(_cut(piece, parted.end(), len(piece.text)), frozenset())
        if labels and all(label.known and label.known.confidence == 1 and label.value for label in labels):
            title = _cut(piece, 0, parted.end() if (parted["stop"] or "").startswith(".") else parted.start())
            return (title, tuple(labels)) if len(title.text) > 3 else None
    return None


def _cut(piece: Piece, start: int, end: int) -> Piece:
    part = piece.text[start:end]
    kept = part.strip()
    offset = start + len(part) - len(part.lstrip())
    return Piece(kept, within(piece.place, piece.text, offset, offset + len(kept)))


def _plain(text: str) -> str:
    """A text without the marks of bold print."""
    return EMPHASIS.sub(r"\2", text).replace("**", "").strip()


# --- Tables of pairs ---------------------------------------------------------------------------------------


def _pairs(table: Table) -> list[tuple[Cell, Cell, Recognised | None]]:
    """Label and value where a small table holds one risk's fields: beside each other, or in two rows."""
    rows = [[cell for cell in row if cell.text] for row in table.rows]
    rows = [row for row in rows if row]
    if not rows:
        return []
    if all(len(row) <= 2 for row in rows) and max(len(row) for row in rows) == 2:
        head = normal(_plain(rows[0][0].text))
        body = rows[1:] if head in PAIR_HEADINGS or (len(rows) > 2 and not _known(rows[0][0].text)) else rows
        pairs = [(row[0], row[1] if len(row) > 1 else Cell(), _known(one_line(row[0].text))) for row in body]
        return pairs if sum(1 for pair in pairs if pair[2]) * 2 >= len(pairs) else []
    across = [
        (table.rows[0][column], table.rows[1][column], _known(one_line(table.rows[0][column].text)))
        for column in range(len(table.rows[0]))
        if len(table.rows) == 2 and table.rows[0][column].text
    ]
    meanings = {pair[2].meaning for pair in across if pair[2]}
    if len(meanings) >= 2 and not meanings & IDENTITY:
        return across
    beside = [
        (row[place], row[place + 1], _known(one_line(row[place].text)))
        for row in rows
        if len(row) % 2 == 0
        for place in range(0, len(row), 2)
    ]
    return beside if len(beside) > 2 and all(pair[2] for pair in beside) else []


# --- Records -----------------------------------------------------------------------------------------------


def _begin(reader: _Reader, head: _Head) -> None:
    reader.records.append({})
    reader.current, reader.opened, reader.closed = None, None, False
    if head.reference is not None:
        _put(reader, "#reference", None, [head.reference])
    if head.title is not None:
        _put(reader, "#name", None, [head.title])
    for label in head.labels:
        _take(reader, label, reader.blocks[head.index])


def _outside(reader: _Reader, block: Block) -> None:
    if block.kind == "table" and block.table is not None:
        reader.others.append(block.table)
    elif block.piece is not None:
        (reader.furniture if block.kind in ("rule", "frame") else reader.loose).append(block.piece)


def _under(reader: _Reader, block: Block) -> None:
    """A block under the heading of a risk."""
    if block.kind == "blank":
        if reader.current is not None:
            reader.records[-1][reader.current].append(Piece("", _any_place(reader)))
    elif block.kind == "rule":
        if block.piece is not None:
            reader.furniture.append(block.piece)
        reader.closed = bool(set(reader.records[-1]) - {"#reference", "#name"})
    elif block.kind == "frame" and block.piece is not None:
        reader.furniture.append(block.piece)
    elif block.kind == "table" and block.table is not None:
        _table(reader, block.table)
    elif block.piece is not None and block.kind == "head":
        _open(reader, block, block.piece)
    elif block.piece is not None:
        _text(reader, block, block.piece)


def _any_place(reader: _Reader) -> Place:
    return next(piece.place for values in reader.records[-1].values() for piece in values)


def _open(reader: _Reader, block: Block, piece: Piece) -> None:
    words = Piece(_plain(piece.text).rstrip(" :"), piece.place)
    reader.current = _put(reader, normal(words.text), words, [])
    reader.opened = block


def _text(reader: _Reader, block: Block, piece: Piece) -> None:
    bold = ALL_BOLD.match(piece.text)
    if block.kind == "line" and bold and (_known(bold["inside"]) or bold["inside"].rstrip().endswith(":")):
        _open(reader, block, _cut(piece, bold.start("inside"), bold.end("inside")))
        return
    labels = [] if block.kind == "code" else _labels(piece, reader.repeated)
    if labels and not _goes_on(reader, block, labels):
        for label in labels:
            _take(reader, label, block)
        return
    said = Piece(_plain(piece.text), piece.place) if block.kind != "code" else piece
    if block.kind == "item" and block.marker:
        said = Piece(f"{block.marker} {said.text}", piece.place)
    if reader.current is None:
        reader.current = _put(reader, "#description", None, [])
    reader.records[-1][reader.current].append(said)


def _goes_on(reader: _Reader, block: Block, labels: Sequence[_Label]) -> bool:
    """Whether an item with a label of its own ("Early: …") still belongs to the list under another label."""
    if reader.current is None or reader.opened is None or block.kind != "item":
        return False
    known = labels[0].known
    deeper = reader.opened.kind != "item" or block.level > reader.opened.level
    if known is not None and known.confidence == 1:
        return deeper and block.level > 1 and reader.opened.kind == "item"
    return deeper


def _take(reader: _Reader, label: _Label, block: Block) -> None:
    key = normal(label.name.text)
    values = (
        [Piece(_said(label.value.text, label.known), label.value.place)] if label.value is not None else []
    )
    reader.current = _put(reader, key, label.name, values)
    reader.opened = block


def _said(text: str, known: Recognised | None) -> str:
    """A value without marks; a level ("High.") loses the full stop of its line."""
    plain = _plain(text)
    level = known is not None and known.meaning.startswith(("assessments:", "impact?", "status"))
    return plain.removesuffix(".") if level and len(plain.split()) <= 2 else plain


def _put(reader: _Reader, key: str, words: Piece | None, values: Sequence[Piece]) -> str:
    record = reader.records[-1]
    if words is not None:
        if key in reader.headings:
            reader.furniture.append(words)
        else:
            reader.headings[key] = words
    if key in record and record[key] and values:
        record[key].append(Piece("", values[0].place))
    record.setdefault(key, []).extend(values)
    return key


def _table(reader: _Reader, table: Table) -> None:
    """A table under a risk: its fields as pairs, or a list of its controls or actions."""
    pairs = _pairs(table)
    if pairs:
        taken = {id(cell) for label, value, _ in pairs for cell in (label, value)}
        for label, value, _ in pairs:
            words = Piece(_plain(one_line(label.text)).rstrip(" :"), label.places[0])
            values = [Piece(_plain(piece.text), piece.place) for piece in value.pieces]
            _put(reader, normal(words.text), words, values)
        reader.furniture.extend(
            piece for row in table.rows for cell in row if id(cell) not in taken for piece in cell.pieces
        )
        reader.current = None
        return
    listed = _listed(table)
    if listed is None or reader.current is None:
        reader.others.append(table)
        return
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if number and column == listed:
                reader.records[-1][reader.current].extend(
                    Piece(f"- {_plain(one_line(cell.text))}", piece.place) for piece in cell.pieces[:1]
                )
            else:
                reader.loose.extend(cell.pieces)


def _listed(table: Table) -> int | None:
    """The column of a table of measures that says what each is: the one with the longest texts."""
    if len(table.rows) < 2:
        return None
    lengths = [sum(len(row[column].text) for row in table.rows[1:]) for column in range(len(table.rows[0]))]
    return lengths.index(max(lengths)) if any(lengths) else None


# --- The table ---------------------------------------------------------------------------------------------

MADE_UP = {"#reference": "Reference", "#name": "Risk title", "#description": "Description"}


def _handed_over(reader: _Reader) -> Told | None:
    _once(reader)
    columns = _columns(reader)
    if not columns:
        return None
    header = tuple(Cell((_printed(reader, keys),)) for keys in columns)
    rows = tuple(
        tuple(_cell([piece for key in keys for piece in record.get(key, ())]) for keys in columns)
        for record in reader.records
    )
    return Told(Table((header, *rows)), reader.others, reader.loose, reader.furniture)


def _once(reader: _Reader) -> None:
    """A label that names the risk, or gives its reference, has the word; "Risk 3" over it only counts."""
    described = any(_meaning(reader, key) == "description" for record in reader.records for key in record)
    titles = Counter(piece.text.casefold() for record in reader.records for piece in record.get("#name", ()))
    for record in reader.records:
        if any(
            titles[piece.text.casefold()] * 2 > len(reader.records) > 1 for piece in record.get("#name", ())
        ):
            reader.furniture.extend(record.pop("#name"))  # "Entry", over each
        for key in [key for key in record if not key.startswith("#")]:
            meaning = _meaning(reader, key)
            if meaning == "reference" and record[key] and "#reference" in record:
                reader.furniture.extend(record.pop("#reference"))
            elif (
                meaning == "name" and "#name" in record and (_same(record[key], record["#name"]) or described)
            ):
                reader.furniture.extend(record.pop("#name" if described else key))


def _same(one: Sequence[Piece], other: Sequence[Piece]) -> bool:
    said = [one_line(" ".join(piece.text for piece in pieces)).casefold() for pieces in (one, other)]
    return said[0] == said[1]


def _cell(pieces: list[Piece]) -> Cell:
    while pieces and not pieces[-1].text:
        pieces.pop()
    if len(pieces) == 1:  # a list of one is no list
        pieces = [Piece(LIST_MARK.sub("", pieces[0].text), pieces[0].place)]
    return Cell(tuple(pieces), wrapped=True) if pieces else Cell()


def _columns(reader: _Reader) -> list[list[str]]:
    """The keys of each column: labels that mean the same and never stand under one risk together are one."""
    columns: list[list[str]] = []
    for key in dict.fromkeys(key for record in reader.records for key in record):
        meaning = _meaning(reader, key)
        for column in columns:
            same = _meaning(reader, column[0]) == meaning != "extra"
            if same and not any(
                record.get(key) and record.get(other) for record in reader.records for other in column
            ):
                column.append(key)
                break
        else:
            columns.append([key])
    return columns


def _meaning(reader: _Reader, key: str) -> str:
    known = _known(MADE_UP.get(key) or reader.headings[key].text)
    return known.meaning if known else "extra"


def _printed(reader: _Reader, keys: Sequence[str]) -> Piece:
    named = next((reader.headings[key] for key in keys if key in reader.headings), None)
    titled = any("#name" in record for record in reader.records)
    if named is None or keys[0] in MADE_UP:
        place = next(piece.place for record in reader.records for piece in record.get(keys[0], ()))
        return Piece(MADE_UP[keys[0]], place)
    if titled and _meaning(reader, keys[0]) == "name":
        return Piece("Description", named.place)  # the heading has named the risk already
    return named
