"""Records: what stands under each heading, by its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from watchkeep.domain.document import Place
from watchkeep.formats.cells import Piece, Table
from watchkeep.formats.columns import Recognised, normal
from watchkeep.formats.readers.assembling.text import one_line
from watchkeep.formats.readers.outline.blocks import Block
from watchkeep.formats.readers.outline.heads import Head
from watchkeep.formats.readers.outline.labels import Label, cut, field_of, labels_of, unmarked
from watchkeep.formats.readers.outline.pairs import listed_column, pairs_of
from watchkeep.formats.readers.outline.patterns import ALL_BOLD


@dataclass(slots=True)
class Reader:
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


def begin(reader: Reader, head: Head) -> None:
    """Open a record under the heading of a risk."""
    reader.records.append({})
    reader.current, reader.opened, reader.closed = None, None, False
    if head.reference is not None:
        _put(reader, "#reference", None, [head.reference])
    if head.title is not None:
        _put(reader, "#name", None, [head.title])
    for label in head.labels:
        _take(reader, label, reader.blocks[head.index])


def outside(reader: Reader, block: Block) -> None:
    """Keep a block that is no part of any risk."""
    if block.kind == "table" and block.table is not None:
        reader.others.append(block.table)
    elif block.piece is not None:
        (reader.furniture if block.kind in ("rule", "frame") else reader.loose).append(block.piece)


def under(reader: Reader, block: Block) -> None:
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


def _any_place(reader: Reader) -> Place:
    return next(piece.place for values in reader.records[-1].values() for piece in values)


def _open(reader: Reader, block: Block, piece: Piece) -> None:
    words = Piece(unmarked(piece.text).rstrip(" :"), piece.place)
    reader.current = _put(reader, normal(words.text), words, [])
    reader.opened = block


def _text(reader: Reader, block: Block, piece: Piece) -> None:
    bold = ALL_BOLD.match(piece.text)
    if block.kind == "line" and bold and (field_of(bold["inside"]) or bold["inside"].rstrip().endswith(":")):
        _open(reader, block, cut(piece, bold.start("inside"), bold.end("inside")))
        return
    labels = [] if block.kind == "code" else labels_of(piece, reader.repeated)
    if labels and not _goes_on(reader, block, labels):
        for label in labels:
            _take(reader, label, block)
        return
    said = Piece(unmarked(piece.text), piece.place) if block.kind != "code" else piece
    if block.kind == "item" and block.marker:
        said = Piece(f"{block.marker} {said.text}", piece.place)
    if reader.current is None:
        reader.current = _put(reader, "#description", None, [])
    reader.records[-1][reader.current].append(said)


def _goes_on(reader: Reader, block: Block, labels: Sequence[Label]) -> bool:
    """Whether an item with a label of its own ("Early: …") still belongs to the list under another label."""
    if reader.current is None or reader.opened is None or block.kind != "item":
        return False
    known = labels[0].known
    deeper = reader.opened.kind != "item" or block.level > reader.opened.level
    if known is not None and known.confidence == 1:
        return deeper and block.level > 1 and reader.opened.kind == "item"
    return deeper


def _take(reader: Reader, label: Label, block: Block) -> None:
    key = normal(label.name.text)
    values = (
        [Piece(_said(label.value.text, label.known), label.value.place)] if label.value is not None else []
    )
    reader.current = _put(reader, key, label.name, values)
    reader.opened = block


def _said(text: str, known: Recognised | None) -> str:
    """A value without marks; a level ("High.") loses the full stop of its line."""
    plain = unmarked(text)
    level = known is not None and known.meaning.startswith(("assessments:", "impact?", "status"))
    return plain.removesuffix(".") if level and len(plain.split()) <= 2 else plain


def _put(reader: Reader, key: str, words: Piece | None, values: Sequence[Piece]) -> str:
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


def _table(reader: Reader, table: Table) -> None:
    """A table under a risk: its fields as pairs, or a list of its controls or actions."""
    pairs = pairs_of(table)
    if pairs:
        taken = {id(cell) for label, value, _ in pairs for cell in (label, value)}
        for label, value, _ in pairs:
            words = Piece(unmarked(one_line(label.text)).rstrip(" :"), label.places[0])
            values = [Piece(unmarked(piece.text), piece.place) for piece in value.pieces]
            _put(reader, normal(words.text), words, values)
        reader.furniture.extend(
            piece for row in table.rows for cell in row if id(cell) not in taken for piece in cell.pieces
        )
        reader.current = None
        return
    listed = listed_column(table)
    if listed is None or reader.current is None:
        reader.others.append(table)
        return
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if number and column == listed:
                reader.records[-1][reader.current].extend(
                    Piece(f"- {unmarked(one_line(cell.text))}", piece.place) for piece in cell.pieces[:1]
                )
            else:
                reader.loose.extend(cell.pieces)
