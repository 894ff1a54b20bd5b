"""Which kind of file it is: by what it holds, and only then by what it is called."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Literal

from watchkeep.domain.errors import Unreadable

Kind = Literal["pdf", "docx", "xlsx", "csv", "html", "text", "json"]

LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_RATIO = 200  # honest workbooks pack 5 to 30 times; a bomb packs a thousand times
MOST_PARTS = 10_000

_PICTURES = {
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF",
}  # fmt: skip
_OTHERS = {
    b"{\\rtf": ("a rich text file", "Open it in a word processor, save it as .docx and try that."),
    b"\x1f\x8b": ("a packed archive", "Unpack it and try the file inside."),
    b"7z\xbc\xaf": ("a packed archive", "Unpack it and try the file inside."),
    b"Rar!": ("a packed archive", "Unpack it and try the file inside."),
    b"MZ": ("a program", "Choose the register itself."),
    b"\x7fELF": ("a program", "Choose the register itself."),
}


def kind_of(data: bytes, name: str) -> Kind:
    """The reader for these bytes, or Unreadable that says what they are instead."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(
            where=name, why="the file is empty.", remedy="Choose the file that holds the register."
        )
    start = data[:1024]
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK"):
        return _kind_of_zip(data, name)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_old_office(data, name)
    for magic, what in _PICTURES.items():
        if start.startswith(magic):
            raise Unreadable(
                where=name,
                why=f"this is a picture ({what}), and the text in a picture is not read.",
                remedy="Ask for the original document, or run text recognition on it first.",
            )
    for magic, (what, remedy) in _OTHERS.items():
        if start.startswith(magic):
            raise Unreadable(
                where=name, why=f"this is {what}, not a document with a register.", remedy=remedy
            )
    return _kind_of_text(data, name)


def likely_kinds(data: bytes, name: str) -> tuple[str, ...]:
    """The readers that these bytes may need, by their first few alone: nothing is unpacked to find out."""
    for magic, kinds in ((b"%PDF", ("pdf",)), (b"PK", ("docx", "xlsx")), (b"\xd0\xcf\x11\xe0", ("xlsx",))):
        if data.startswith(magic):
            return kinds
    try:
        kind = _kind_of_text(data, name)
    except Unreadable:
        return ()
    return () if kind == "json" else (kind,)


def _kind_of_zip(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _refuse_a_bomb(packed, len(data), name)
            names = set(packed.namelist())
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                _refuse_entities(packed, name)
                return "xlsx"
            if "word/document.xml" in names:
                _refuse_entities(packed, name)
                return "docx"
            if "content.xml" in names:
                return _kind_of_open_document(packed, name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        raise Unreadable(
            where=name,
            why="the file is cut short or damaged (its packed contents cannot be listed).",
            remedy="Copy or download it again, or save it again in the program it was made with.",
        ) from problem
    raise Unreadable(
        where=name,
        why="this is a packed archive, not a Word file or a workbook.",
        remedy="Unpack it and try the file inside.",
    )


def _kind_of_open_document(packed: zipfile.ZipFile, name: str) -> Kind:
    _refuse_entities(packed, name)
    declared = packed.read("mimetype")[:200] if "mimetype" in packed.namelist() else b""
    if b"spreadsheet" in declared:
        return "xlsx"
    raise Unreadable(
        where=name,
        why="this is an OpenDocument file that is not a spreadsheet, and those are not read.",
        remedy="Save it as .docx and try that.",
    )


def _refuse_a_bomb(packed: zipfile.ZipFile, size: int, name: str) -> None:
    """Look at what the parts say they unpack to, before any is unpacked."""
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    worst = max(
        (part.file_size / max(part.compress_size, 1) for part in parts if part.file_size > 2**20), default=0
    )
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or (worst > LARGEST_RATIO and unpacked > 2**25):
        raise Unreadable(
            where=name,
            why=f"its {size / 1e6:.1f} MB would unpack to {unpacked / 1e6:,.0f} MB in {len(parts):,} parts, "
            "far more than a register needs.",
            remedy="Copy the register into a new file and try that.",
        )


def _refuse_entities(packed: zipfile.ZipFile, name: str) -> None:
    """Office files never declare entities; one that does is built to explode or to reach outside."""
    for part in packed.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with packed.open(part) as stream:
                head = stream.read(65536)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\x00!\x00D\x00O\x00C" in head:
                raise Unreadable(
                    where=name,
                    why=f"its part {part.filename[:80]} declares entities, which no honest office file does.",
                    remedy="Copy the register into a new file and try that.",
                )


def _kind_of_old_office(data: bytes, name: str) -> Kind:
    """The old container of Microsoft Office: a workbook, a Word file, or a newer file under a password."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise Unreadable(
            where=name,
            why="the file is protected by a password.",
            remedy="Open it, remove the password, save it and try again.",
        )
    if holds("WordDocument"):
        raise Unreadable(
            where=name,
            why="this is a Word file of the old kind (.doc), which is not read.",
            remedy="Open it in a word processor, save it as .docx and try that.",
        )
    if holds("Workbook") or holds("Book"):
        return "xlsx"
    raise Unreadable(
        where=name,
        why="this is an old office file without a workbook in it.",
        remedy="Save it as .xlsx, .docx or PDF and try that.",
    )


def _kind_of_text(data: bytes, name: str) -> Kind:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    sample = data[:65536]
    odd = sum(sample.count(code) for code in range(32) if code not in (9, 10, 11, 12, 13, 27))
    if not marked and odd > len(sample) / 100 and not _wide(sample):
        raise Unreadable(
            where=name,
            why=_misnamed(extension) or "this is neither text nor any kind of document that is read.",
            remedy="Choose a PDF, .docx, .xlsx, .csv, .html or text file, or save it again as one of these.",
        )
    text = _roughly(sample)
    head = text.lstrip("\ufeff \t\r\n")[:2000].lower()
    if head.startswith("{") and '"watchkeep.register/' in text:
        return "json"
    if head.startswith(("<!doctype html", "<html", "<table", "<?xml")) or (
        extension in ("html", "htm", "xhtml") and "<" in head
    ):
        return "html"
    if extension in ("csv", "tsv", "tab") or (extension not in ("md", "markdown") and _in_columns(text)):
        return "csv"
    return "text"


def _misnamed(extension: str) -> str:
    known = {"pdf": "PDF", "docx": "Word", "xlsx": "workbook", "xls": "workbook", "ods": "workbook"}
    if extension not in known:
        return ""
    return f"the file is called .{extension} but does not hold a {known[extension]} file; it may be damaged."


def _wide(sample: bytes) -> bool:
    """Whether this is two-byte text without a mark: nearly every other byte is nought."""
    return min(len(sample), 1) == 1 and max(sample[::2].count(0), sample[1::2].count(0)) > len(sample) * 0.4


def _roughly(sample: bytes) -> str:
    """Good enough to look at; the reader itself finds the true encoding."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample.decode("utf-16", errors="replace")
    if _wide(sample):
        return sample.decode("utf-16-le" if sample[1:2] == b"\x00" else "utf-16-be", errors="replace")
    return sample.decode("utf-8", errors="replace")


def _in_columns(text: str) -> bool:
    """Whether nearly every row splits into the same four or more columns."""
    for mark in "\t;,":
        if text.count(mark) < 6:
            continue
        try:
            rows = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(row)][:-1]
        except csv.Error:
            continue
        widths = [len(row) for row in rows]
        if len(rows) >= 2 and widths[0] >= 4 and widths.count(widths[0]) >= 0.9 * len(widths):
            return True
    return False
