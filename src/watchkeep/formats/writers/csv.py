"""The register's table as CSV (RFC 4180, UTF-8 with its mark, so that spreadsheet programs see the accents).

An empty cell is what is not recorded. No cell can become a formula: see formulas.py.
"""

from __future__ import annotations

import csv
import io

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition, since_layout
from watchkeep.formats.formulas import guarded
from watchkeep.formats.writers.paper.cells import cell_of
from watchkeep.formats.writers.paper.columns import columns_of
from watchkeep.formats.writers.paper.ordering import ordered
from watchkeep.formats.writers.paper.values import NOT_RECORDED, Cell


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """Headings in the source's order, then a row a risk, in the edition's order. It has no cover."""
    if since_layout(edition, 3):
        document = ordered(document, edition)
    columns = columns_of(document)
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(guarded(column.heading) for column in columns)
    for risk in document.risks:
        writer.writerow(guarded(_said(cell_of(risk, column, document))) for column in columns)
    # Half a surrogate pair cannot be written in UTF-8, and no reader hands one over on purpose.
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _said(cell: Cell) -> str:
    return "" if cell.kind == "absent" and cell.text == NOT_RECORDED else cell.words
