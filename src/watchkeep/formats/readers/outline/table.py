"""The table that the records make: a column for each label, a row for each risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from watchkeep.formats.cells import Cell, Piece, Table
from watchkeep.formats.readers.assembling.text import one_line
from watchkeep.formats.readers.outline.blocks import Told
from watchkeep.formats.readers.outline.labels import field_of
from watchkeep.formats.readers.outline.patterns import LIST_MARK
from watchkeep.formats.readers.outline.records import Reader

MADE_UP = {"#reference": "Reference", "#name": "Risk title", "#description": "Description"}


def handed_over(reader: Reader) -> Told | None:
    """The records as one table; nothing where no label has a column."""
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


def _once(reader: Reader) -> None:
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


def _columns(reader: Reader) -> list[list[str]]:
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


def _meaning(reader: Reader, key: str) -> str:
    known = field_of(MADE_UP.get(key) or reader.headings[key].text)
    return known.meaning if known else "extra"


def _printed(reader: Reader, keys: Sequence[str]) -> Piece:
    named = next((reader.headings[key] for key in keys if key in reader.headings), None)
    titled = any("#name" in record for record in reader.records)
    if named is None or keys[0] in MADE_UP:
        place = next(piece.place for record in reader.records for piece in record.get(keys[0], ()))
        return Piece(MADE_UP[keys[0]], place)
    if titled and _meaning(reader, keys[0]) == "name":
        return Piece("Description", named.place)  # the heading has named the risk already
    return named
