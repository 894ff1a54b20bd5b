"""Looks into an Office file before anything is unpacked: whether it is one, and whether it is safe to
open.
"""

from __future__ import annotations

import io
import zipfile

from watchkeep.domain.errors import Unreadable

MOST_ENTRIES = 4_000
MOST_UNPACKED = 200_000_000
LARGEST_PART = 100_000_000
# Real documents shrink some five to thirty times; only made-up ones shrink more than this in a large part.
LARGEST_RATIO = 250
SMALL_PART = 5_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def opened(data: bytes, name: str, *, kind: str, needs: str) -> zipfile.ZipFile:
    """The archive, once its declared sizes were found harmless; `needs` is a part that this kind of file
    must have.
    """
    if not data:
        raise Unreadable(where=name, why="The file is empty.", remedy="Check that the right file was chosen.")
    if data.startswith(OLE):
        raise _old_or_locked(data, name, kind)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise Unreadable(
            where=name,
            why=f"This is not {kind}, or it is damaged ({problem}).",
            remedy="Open it in the program it was made with, save it again, and bring that file in.",
        ) from problem
    _harmless(entries, name)
    if needs not in {entry.filename for entry in entries}:
        raise Unreadable(
            where=name,
            why=f"This is not {kind}: it has no part “{needs}”.",
            remedy="Check that the file's name ends as its kind does (.docx, .xlsx, .ods).",
        )
    return archive


def _harmless(entries: list[zipfile.ZipInfo], name: str) -> None:
    remedy = (
        "It looks made to overwhelm its reader: ask whoever sent it, and bring in a plain copy "
        "of the register."
    )
    if len(entries) > MOST_ENTRIES:
        why = (
            f"The file holds {len(entries):,} parts, more than the {MOST_ENTRIES:,} that any register needs."
        )
        raise Unreadable(where=name, why=why, remedy=remedy)
    total = sum(entry.file_size for entry in entries)
    if total > MOST_UNPACKED:
        why = (
            f"Unpacked, the file would take {total / 1e6:,.0f} MB; {MOST_UNPACKED / 1e6:,.0f} MB are allowed."
        )
        raise Unreadable(where=name, why=why, remedy=remedy)
    for entry in entries:
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > LARGEST_PART or (entry.file_size > SMALL_PART and ratio > LARGEST_RATIO):
            why = (
                f"Its part “{entry.filename[:60]}” unpacks from {entry.compress_size:,} to "
                f"{entry.file_size:,} bytes."
            )
            raise Unreadable(where=name, why=why, remedy=remedy)
        if entry.flag_bits & 0x1:
            raise Unreadable(
                where=name,
                why="The file is protected by a password.",
                remedy="Save a copy without the password and bring that in.",
            )


def _old_or_locked(data: bytes, name: str, kind: str) -> Unreadable:
    if ENCRYPTED_PACKAGE in data:
        return Unreadable(
            where=name,
            why="The file is protected by a password.",
            remedy="Save a copy without the password and bring that in.",
        )
    return Unreadable(
        where=name,
        why=f"This is a file of an old Office program, not {kind}.",
        remedy="Save it in the present format (.docx or .xlsx) and bring that in.",
    )
