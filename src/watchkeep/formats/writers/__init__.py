"""Register documents to bytes: the paper as a web page, a site, a PDF, a Word file, slides and a workbook,
and its data as CSV and JSON.

Each writer makes the same bytes from the same document and edition, and reads no clock, setting or network.
"""

from __future__ import annotations

from importlib import import_module
from typing import Literal, cast

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition

Kind = Literal["pdf", "html", "site", "docx", "pptx", "xlsx", "csv", "json"]

KINDS: dict[Kind, str] = {
    "pdf": "Tagged PDF",
    "html": "Web page",
    "site": "Website (zip)",
    "docx": "Word document",
    "pptx": "Slides of the top risks",
    "xlsx": "Workbook",
    "csv": "Comma-separated values",
    "json": "Register document",
}
MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "site": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
# The kinds that hold every risk with all that the register says of it, so that they can be read in again.
READ_BACK: tuple[Kind, ...] = ("pdf", "html", "docx", "xlsx", "csv", "json")


def ending(kind: Kind) -> str:
    """What the name of a file of that kind ends in: a site is an archive."""
    return "zip" if kind == "site" else kind


def write(document: RegisterDocument, kind: Kind, *, edition: Edition | None = None) -> bytes:
    """`document` as a file of that kind. Only the writer that is asked for is imported."""
    writer = import_module(f"watchkeep.formats.writers.{kind}")
    return cast(bytes, writer.write(document, edition))
