"""What Watchkeep's own Word papers look like, so that they are read back as they were written."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from watchkeep.formats.cells import Cell, Piece, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REGISTER_TABLE, SHEET_TABLE, REFERENCE_RUN = "WatchkeepRegister", "WatchkeepSheet", "WatchkeepReference"
FIRST_HEADING = "In short"


def is_reference(run: etree._Element) -> bool:
    """Whether a run is the number of a source."""
    style = run.find(f"{W}rPr/{W}rStyle")
    return style is not None and style.get(f"{W}val") == REFERENCE_RUN


def style_of(table: etree._Element) -> str:
    """The style of a table; none where it has none."""
    style = table.find(f"{W}tblPr/{W}tblStyle")
    return (style.get(f"{W}val") or "") if style is not None else ""


def opening_of(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What stands before the first heading of a paper of ours (whose it is, its title and day); the rest."""
    ends = next((place for place, each in enumerate(pieces) if each.text == FIRST_HEADING), 0)
    return tuple(pieces[:ends]), tuple(pieces[ends:])


def register_of(tables: Sequence[Table], styles: Sequence[str]) -> Table | None:
    """The register of one of our papers: its table, or its sheets put together, a row each."""
    named = list(zip(tables, styles, strict=True))
    whole = next((table for table, style in named if style == REGISTER_TABLE), None)
    if whole is not None:
        return whole
    sheets = [table for table, style in named if style == SHEET_TABLE]
    if not sheets:
        return None
    labels: dict[str, Cell] = {}
    rows = []
    for sheet in sheets:
        said = {row[0].text: row[1] for row in sheet.rows if len(row) > 1}
        labels |= {row[0].text: row[0] for row in sheet.rows if row[0].text not in labels}
        rows.append(said)
    return Table(
        (
            tuple(labels.values()),
            *(tuple(said.get(label, Cell()) for label in labels) for said in rows),
        ),
        "the sheets of the risks",
    )
