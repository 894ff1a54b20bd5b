"""The same bytes every time: archives without clocks, PDFs with a fixed date and Typst's own fonts."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import typst
from docx.document import Document

MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip archive can name


def word_bytes(document: Document, title: str, author: str) -> bytes:
    """The Word file, with every part of its archive dated alike."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = MADE_ON
    properties.comments = ""
    properties.language = "en-GB"
    written = io.BytesIO()
    document.save(written)
    return _without_clock(written.getvalue())


def _without_clock(archive: bytes) -> bytes:
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(settled, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return settled.getvalue()


def pdf_bytes(source: str) -> bytes:
    """The PDF of a Typst source."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.typ"
        path.write_text(source, encoding="utf-8")
        return bytes(typst.compile(str(path), ignore_system_fonts=True, timestamp=int(MADE_ON.timestamp())))


def typst_text(text: str) -> str:
    """`text` as a Typst string: nothing in it is markup."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
