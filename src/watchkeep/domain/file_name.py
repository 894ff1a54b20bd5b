"""A file's name as it may be shown, or used in a folder: whoever sent it chose it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

LONGEST = 300
STEM: Final = 200  # bytes, so that with a number and an ending it is within what file systems take
ENDING: Final = re.compile(r"[A-Za-z0-9]{1,12}")
_ACTING: Final = re.compile(r'[<>:"|?*]')  # what some system reads as more than a name
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def shown(name: str) -> str:
    """The last part of `name`, on one line, without what a terminal or page would act on."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(each if each.isprintable() else "�" for each in last).strip()[:LONGEST]
    return plain or "a file without a name"


def free_in(taken: Collection[str], name: str) -> str:
    """`name` as any system takes it for a file of one folder, and none of `taken` whatever its case: a second
    one of a name is numbered.
    """
    plain = _ACTING.sub("_", unicodedata.normalize("NFC", shown(name))).strip(". ") or "file"
    plain = f"_{plain}" if _DEVICES.match(plain) else plain
    stem, dot, end = plain.rpartition(".")
    if not stem or not ENDING.fullmatch(end):
        stem, dot, end = plain, "", ""
    stem = stem.encode()[:STEM].decode(errors="ignore").rstrip(". ")
    used = {_folded(each) for each in taken}
    number, found = 1, f"{stem}{dot}{end}"
    while _folded(found) in used:
        number += 1
        found = f"{stem} ({number}){dot}{end}"
    return found


def _folded(name: str) -> str:
    """What a file system that does not tell capitals apart takes it for."""
    return unicodedata.normalize("NFC", name.casefold())
