"""From the stream to one table: a header row, and a row for each risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from watchkeep.formats.cells import Cell, Extract, Table
from watchkeep.formats.readers.text.flow.events import Block, Stream, ValueRow
from watchkeep.formats.readers.text.flow.gathering import Placed
from watchkeep.formats.readers.text.flow.labels import Column, Labelled, clean, label
from watchkeep.formats.readers.text.flow.mending import mend
from watchkeep.formats.readers.text.flow.placing import place, table_order
from watchkeep.formats.readers.text.flow.stream import read_stream
from watchkeep.formats.readers.text.flow.units import Strand
from watchkeep.formats.readers.text.flow.weave import Weaver
from watchkeep.formats.readers.text.lines import Fragment, fragments, furniture
from watchkeep.formats.readers.text.measure import Face

NOTHING_FOUND = 0.5
GONE = "nothing was found for this, though most risks have it; its text may stand with another risk"
LOST = "a mark stood here that was lost when the document was made into text"


def read_flow(lines: list[str]) -> Extract | None:
    """The register in plain text of a table, or none where this is no such text."""
    sequence = fragments(lines)
    pages = frozenset(number for number, line in enumerate(lines, start=1) if line.startswith("\f"))
    stream = read_stream(sequence, pages, furniture(lines))
    if stream is None:
        return None
    labelled = label(stream)
    strands = _strands(stream, labelled)
    positions = {id(each): index for index, each in enumerate(stream.headings)}
    prose = [positions[id(each)] for each in stream.prose]
    stream.references = table_order(strands, stream.references, prose)
    cells, homeless = place(strands, stream.references, prose)
    return _extract(stream, labelled, _lost(stream, strands, cells), cells, homeless)


def _strands(stream: Stream, labelled: Labelled) -> list[Strand]:
    positions = {id(each): index for index, each in enumerate(stream.headings)}
    prose = [positions[id(each)] for each in stream.prose]
    valued = [positions[id(each)] for each in stream.valued]
    weaver = Weaver(labelled.columns, labelled.face)
    found: list[Strand] = []
    for index, event in enumerate(stream.events):
        if isinstance(event, ValueRow):
            cells = {valued[n]: [value] for n, value in enumerate(event.values) if value is not None}
            found.append(Strand(cells, values=event))
        elif not event.texts:
            found.extend(Strand({}, reference=each, lone_reference=True) for each in event.references)
        elif not event.references and index in labelled.found and clean(event.texts, labelled.face):
            found.append(Strand({prose[labelled.found[index]]: event.texts}, opens_page=event.opens_page))
        else:
            found.extend(_woven(event, weaver, prose))
    return found


def _woven(block: Block, weaver: Weaver, prose: Sequence[int]) -> list[Strand]:
    rows = weaver.unweave(block)
    mixed = len(rows) > 1 or len(rows[0].cells) > 1
    return [
        Strand(
            {prose[column]: lines for column, lines in row.cells.items()},
            reference=row.reference,
            opens_page=block.opens_page and number == 0,
            margin=row.margin,
            woven=mixed,
        )
        for number, row in enumerate(rows)
    ]


def _extract(
    stream: Stream,
    labelled: Labelled,
    lost: set[tuple[int, int]],
    cells: dict[tuple[int, int], Placed],
    homeless: list[Fragment],
) -> Extract:
    header = tuple(Cell(tuple(each.piece for each in heading.fragments)) for heading in stream.headings)
    references, repeated = _reference_cells(stream)
    columns = dict(zip(map(id, stream.prose), labelled.columns, strict=True))
    notes: list[str] = []
    rows = [header]
    filled = Counter(column for _, column in cells)
    for risk, reference in enumerate(stream.references):
        row: list[Cell] = []
        for index, heading in enumerate(stream.headings):
            placed = cells.get((risk, index))
            if heading.meaning == "reference":
                row.append(references[reference])
            elif placed is None:
                row.append(_empty((risk, index) in lost, filled[index] * 2 > len(stream.references)))
            else:
                row.append(_cell(placed, columns.get(id(heading)), labelled.face, notes))
        rows.append(tuple(row))
    loose = sorted([*stream.loose, *homeless], key=lambda each: (each.line, each.start))
    spare = sorted([*stream.furniture, *repeated], key=lambda each: (each.line, each.start))
    return Extract(
        reader="text: a table put out cell by cell",
        tables=(Table(tuple(rows)),),
        loose=tuple(each.piece for each in loose),
        furniture=tuple(each.piece for each in spare),
        notes=tuple(notes),
    )


def _empty(lost: bool, odd: bool) -> Cell:
    """A cell without text; where most risks have some there, it may well have gone to another cell."""
    if lost:
        return Cell(reason=LOST)
    return Cell(confidence=NOTHING_FOUND, reason=GONE) if odd else Cell()


def _cell(placed: Placed, column: Column | None, face: Face, notes: list[str]) -> Cell:
    if column is None:
        return Cell(tuple(each.piece for each in placed.fragments), None, placed.confidence, placed.reason)
    pieces, mended = mend(placed.fragments, column, face)
    notes.extend(mended)
    return Cell(
        tuple(pieces),
        None,
        placed.confidence,
        "; ".join([placed.reason, *(each.rstrip(".") for each in mended)]),
    )


def _reference_cells(stream: Stream) -> tuple[dict[str, Cell], list[Fragment]]:
    """The cell of each reference, and where the same stands again (a row that goes on over a page)."""
    found: dict[str, Cell] = {}
    again: list[Fragment] = []
    for event in stream.events:
        for line in event.lines if isinstance(event, Block) else ():
            for token in line:
                if token.reference is None:
                    continue
                if token.reference in found:
                    again.append(token.fragment)
                else:
                    found[token.reference] = Cell((token.fragment.piece,))
    return found, again


def _lost(
    stream: Stream, strands: Sequence[Strand], cells: dict[tuple[int, int], Placed]
) -> set[tuple[int, int]]:
    """The trend cells whose marks the file shows to have been there, and no longer are."""
    trends = [index for index, heading in enumerate(stream.headings) if heading.kind == "trend"]
    any_lost = any(strand.values is not None and strand.values.lost for strand in strands)
    if not any_lost:
        return set()
    return {
        (risk, column)
        for risk in range(len(stream.references))
        for column in trends
        if (risk, column) not in cells
    }
