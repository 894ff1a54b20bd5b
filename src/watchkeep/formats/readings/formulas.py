"""Cells of a workbook that hold no value where one is meant: errors, and formulas that a program wrote and
nobody worked out.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from watchkeep.formats.readers.xlsx import REFERENCE, SPREADSHEET, sheet_names

NO_VALUE = "a formula without its value"


FORMULA = f"{SPREADSHEET}f"
Told = dict[tuple[int, str], str]


def without_values(data: bytes) -> dict[str, Told]:
    """By sheet, what to say of each such cell, by its line and its column's letters; nothing of no .xlsx."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = sheet_names(book) if "xl/workbook.xml" in book.namelist() else {}
        there = set(book.namelist())
        return {sheet: _of(book, part) for part, sheet in names.items() if part in there}


def _of(book: zipfile.ZipFile, part: str) -> Told:
    found: Told = {}
    with book.open(part) as stream:
        for _, row in etree.iterparse(stream, tag=f"{SPREADSHEET}row", resolve_entities=False):
            for cell in row.iterfind(f"{SPREADSHEET}c"):
                place = REFERENCE.match(cell.get("r") or "")
                value = cell.findtext(f"{SPREADSHEET}v")
                if place and cell.get("t") == "e" and value:
                    found[int(place.group(2)), place.group(1)] = value
                # An empty text is a value: a formula may give it where there is nothing to say.
                elif place and not value and cell.get("t") != "str" and len(cell.findall(FORMULA)):
                    found[int(place.group(2)), place.group(1)] = NO_VALUE
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]
    return found
