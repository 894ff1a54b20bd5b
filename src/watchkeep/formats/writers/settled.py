"""The same bytes every time: the archives that office files are, without the clock of the machine."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip archive can name
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_THUMBNAIL = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")


def settled(archive: bytes, made: datetime) -> bytes:
    """The archive with its parts in order, every date in it `made`, and workbooks inside it settled too."""
    moment = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    parts: list[tuple[str, bytes]] = []
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("thumbnail.jpeg"):
                continue  # of the empty file that ours began as
            if name == "_rels/.rels":
                data = _THUMBNAIL.sub(b"", data)
            elif name.endswith(".xlsx"):
                data = settled(data, made)
            elif name.endswith("docProps/core.xml"):
                data = _MADE.sub(rb"\g<1>" + moment + rb"\g<2>", data)
            parts.append((name, data))
    return zipped(parts)


def zipped(parts: list[tuple[str, bytes]]) -> bytes:
    """Named parts as an archive; the one that says what the others are stands first, as programs expect."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, data in sorted(parts, key=lambda part: (part[0] != "[Content_Types].xml", part[0])):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            new.writestr(entry, data)
    return out.getvalue()
