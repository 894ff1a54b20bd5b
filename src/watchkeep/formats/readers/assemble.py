"""Makes a register document out of the tables and text that a reader found. Every reader ends here.

What fits no field is kept: as an extra column, or as header, unassigned text or furniture with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchkeep.domain.correction import with_movements
from watchkeep.domain.document import (
    CellPlace,
    Column,
    Doubt,
    Extra,
    Loose,
    Place,
    RegisterDocument,
    Risk,
    Scale,
    Source,
)
from watchkeep.domain.draft import doubts
from watchkeep.domain.errors import Unreadable
from watchkeep.domain.scale import in_stated_order, scale_of
from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.readers.assembling.complete import with_all_text
from watchkeep.formats.readers.assembling.fields import Pair, risk
from watchkeep.formats.readers.assembling.forms import (
    form_of_lines,
    gather_forms,
    is_form,
    is_transposed,
    turned,
)
from watchkeep.formats.readers.assembling.front import Front, Line, read_front
from watchkeep.formats.readers.assembling.guidance import without_guidance
from watchkeep.formats.readers.assembling.headings import Heading
from watchkeep.formats.readers.assembling.meanings import settle
from watchkeep.formats.readers.assembling.merge import Told, merge
from watchkeep.formats.readers.assembling.rows import Gathered, Record, Segment, gather, loose_row
from watchkeep.formats.readers.assembling.splits import part_cells
from watchkeep.formats.readers.assembling.text import one_line

LOOKED_FOR = (
    "a table with a heading row that names the risk (such as Ref, ID, Risk or Description) and at "
    "least one other "
    "known column (such as Controls, Owner or Rating)"
)


def assemble(extract: Extract, source: Source) -> RegisterDocument:
    """The register that these cells hold; refuses with `Unreadable` where they hold none."""
    gathered, left = _gathered(extract)
    segments = [
        settle(part_cells(without_guidance(segment, gathered), gathered.furniture))
        for segment in gathered.segments
        if segment.records
    ]
    risks = _risks(segments, gathered)
    if not risks and segments:
        raise _no_risks(segments, source)
    if not risks:
        raise _no_register(extract, source)
    for table in left:
        gathered.unassigned.extend(_whole_table(table))
    front, header, unassigned = _around(extract, gathered)
    document = RegisterDocument(
        body=front.body,
        name=front.name,
        period=front.period,
        as_at=front.as_at,
        scale=in_stated_order(_scale(risks), front.key),
        rising_means=front.rising or "worsening",
        rising_basis="no arrows" if not _has_arrows(risks) else "stated" if front.rising else "assumed",
        columns=_columns(segments),
        risks=risks,
        header=tuple(header),
        unassigned=tuple(unassigned),
        furniture=(
            *gathered.furniture,
            *_pieces(extract.furniture, "printed on every page, or part of the page's frame"),
        ),
        source=source.model_copy(update={"reader": extract.reader or source.reader}),
        doubts=tuple(Doubt(code="reader", sentence=note) for note in extract.notes),
    )
    if document.rising_basis == "stated":
        document = with_movements(document, document.rising_means)
    document = with_all_text(document, extract)
    return document.model_copy(update={"doubts": doubts(document)})


def _has_arrows(risks: Sequence[Risk]) -> bool:
    """Whether any trend points up or down and says in no word which way it goes."""
    return any(
        trend.direction in ("up", "down") and trend.movement is None
        for each in risks
        for trend in each.trends
    )


def _scale(risks: Sequence[Risk]) -> Scale:
    assessed = [rating for each in risks for rating in each.assessments]
    return scale_of(
        [rating.rating.text or "" for rating in assessed],
        likelihoods=[rating.likelihood.text or "" for rating in assessed],
        impacts=[rating.impact.text or "" for rating in assessed],
    )


def _gathered(extract: Extract) -> tuple[Gathered, list[Table]]:
    """Records from every kind of layout; a table set aside (a hidden sheet) counts only where no other
    holds a register.
    """
    shown = [table for table in extract.tables if not table.aside]
    gathered, left = _from_tables(shown)
    if not gathered.segments and (form := form_of_lines(extract.loose)) is not None:
        left += gather_forms([form], gathered)
    aside = [table for table in extract.tables if table.aside]
    if not gathered.segments and aside:
        gathered, left = _from_tables(aside)
        return gathered, [*left, *shown]
    return gathered, [*left, *aside]


def _from_tables(tables: Sequence[Table]) -> tuple[Gathered, list[Table]]:
    plain: list[Table] = []
    forms: list[Table] = []
    for table in tables:
        if is_transposed(table):
            plain.append(turned(table))
        else:
            (forms if is_form(table) else plain).append(table)
    gathered, left = gather(plain)
    left += gather_forms(forms, gathered)
    return gathered, left


def _pieces(pieces: Sequence[Piece], reason: str) -> list[Loose]:
    return [
        Loose(text=piece.text, places=(piece.place,), reason=reason) for piece in pieces if piece.text.strip()
    ]


def _whole_table(table: Table) -> list[Loose]:
    reason = table.aside or f"a table that is no register{f' ({table.name})' if table.name else ''}"
    return [
        Loose(text=cell.text, places=cell.places, reason=reason)
        for row in table.rows
        for cell in row
        if cell.text
    ]


def _around(extract: Extract, gathered: Gathered) -> tuple[Front, list[Loose], list[Loose]]:
    """Title, period and key from the rows above the table and the text around it; the rest is unassigned."""
    above = [Line(cell.text, cell.places) for cell in gathered.above]
    placed = {place for segment in gathered.segments if segment.name == "forms" for place in _places(segment)}
    placed |= {place for each in [*gathered.header, *gathered.furniture] for place in each.places}
    loose = [
        Line(piece.text, (piece.place,))
        for piece in extract.loose
        if piece.text.strip() and piece.place not in placed
    ]
    titles = [*above, *loose]
    others = [Line(each.text, each.places) for each in gathered.unassigned]
    front = read_front(titles, others)
    header = list(gathered.header)
    unassigned: list[Loose] = []
    for index, line in enumerate(titles):
        if index in front.used or index < len(above):
            header.append(
                Loose(
                    text=line.text,
                    places=line.places,
                    reason="above the table" if index < len(above) else "a title",
                )
            )
        else:
            unassigned.append(Loose(text=line.text, places=line.places, reason="outside the table"))
    hidden = _pieces(extract.hidden, "hidden in the file")
    return front, header, [*unassigned, *gathered.unassigned, *hidden]


def _places(segment: Segment) -> set[Place]:
    cells = (cell for record in segment.records for cell in record.cells.values())
    return {place for cell in cells for place in cell.places}


def _columns(segments: Sequence[Segment]) -> tuple[Column, ...]:
    seen: dict[tuple[str, str], Column] = {}
    for segment in segments:
        for heading in segment.headings:
            if heading.text:
                seen.setdefault(
                    (heading.text.casefold(), heading.meaning),
                    Column(heading=heading.text, meaning=heading.meaning, places=heading.places),
                )
    return tuple(seen.values())


def _risks(segments: Sequence[Segment], gathered: Gathered) -> tuple[Risk, ...]:
    risks: list[Risk] = []
    keys: dict[str, int] = {}
    everything = merge(segments, gathered)
    sheets = {_sheet(told.record) for told in everything} - {""}
    for told in everything:
        if not any(cell.text for heading, cell in told.pairs if heading.meaning != "extra"):
            gathered.unassigned.extend(
                loose_row((cell for _, cell in told.pairs), "a row with no known field")
            )
            continue
        if _is_blank_form(told):
            gathered.unassigned.extend(
                loose_row((cell for _, cell in told.pairs), "a reference and nothing else")
            )
            continue
        extras = [_told_elsewhere(*more) for more in told.more]
        if len(sheets) > 1:
            extras.append(_named_sheet(told.record))
        reference = next(
            (one_line(cell.text) for heading, cell in told.pairs if heading.meaning == "reference"), ""
        )
        key = reference or f"row {len(risks) + 1}"
        keys[key] = keys.get(key, 0) + 1
        if keys[key] > 1:
            key = f"{key} ({keys[key]})"
        risks.append(risk(key, [*told.pairs, *_section(told)], extras))
    return tuple(risks)


def _is_blank_form(told: Told) -> bool:
    """A row that was numbered and never filled in, under headings that ask for more."""
    asked = {heading.meaning for heading, _ in told.pairs if heading.meaning != "extra"}
    return len(asked) > 2 and not any(
        cell.text for heading, cell in told.pairs if heading.meaning != "reference"
    )


def _section(told: Told) -> list[Pair]:
    """The section row a risk stands under is its category, unless a column says the category."""
    if told.record.section is None:
        return []
    free = told.segment.column("category") is None
    reason = "a row above the risk that spans the table"
    return [(Heading(-1, "(section)", "category" if free else "extra", 0.9, reason), told.record.section)]


def _told_elsewhere(table: str, heading: Heading, cell: Cell) -> Extra:
    name = f"{table}: {heading.text}" if table else heading.text
    return Extra(heading=name or "(no heading)", state="recorded", text=cell.text, places=cell.places)


def _sheet(record: Record) -> str:
    place = next((place for cell in record.cells.values() for place in cell.places), None)
    return place.sheet if isinstance(place, CellPlace) else ""


def _named_sheet(record: Record) -> Extra:
    return Extra(heading="Sheet", state="recorded", text=_sheet(record) or "(unnamed)")


def _no_risks(segments: Sequence[Segment], source: Source) -> Unreadable:
    headings = ", ".join(heading.text for heading in segments[0].headings if heading.text)
    return Unreadable(
        where=source.name,
        why=f"A register's heading row was found ({headings[:120]}), but no row under it tells of a risk.",
        remedy="Check that it is not an empty form: each risk needs a row with its name or description.",
    )


def _no_register(extract: Extract, source: Source) -> Unreadable:
    if not extract.tables:
        found = "No table was found" + (
            " (only text)." if any(piece.text.strip() for piece in extract.loose) else " and no text."
        )
    else:
        first = next(
            (cell.text for table in extract.tables for row in table.rows for cell in row if cell.text), ""
        )
        rows = max(len(table.rows) for table in extract.tables)
        shown = re.sub(r"\s+", " ", first)[:40]
        tables = "1 table" if len(extract.tables) == 1 else f"{len(extract.tables)} tables"
        found = f"{tables} found, the longest of {rows} rows, none with such a heading row"
        found += f" (the first cell says “{shown}”)." if shown else " (and no text in any cell)."
    return Unreadable(
        where=source.name,
        why=f"No register was found in this file. Looked for {LOOKED_FOR}. {found}",
        remedy="Check that it is the right file, and that the register's own heading row is in it.",
    )
