"""Bytes to lines of text, or a plain refusal."""

from __future__ import annotations

import codecs

from watchkeep.domain.errors import Unreadable

BINARY_SHARE = 0.02  # of characters that no text has; a stray one is forgiven


def decode(data: bytes, name: str) -> list[str]:
    """The lines of the file, without their ends; a form feed stays at the head of the line that it opens."""
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(
            where=name,
            why="The file holds no text; a register was expected.",
            remedy="Check that the right file was chosen, or export the register again.",
        )
    text = _text(data)
    if text is None or _binary(text):
        raise Unreadable(
            where=name,
            why="The file is not text in any encoding that is known here (UTF-8, UTF-16, Windows-1252).",
            remedy="Save it as plain text in UTF-8, or bring the original document (PDF, Word, Excel).",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _text(data: bytes) -> str | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _try(data, encoding)
    if b"\0" in data[:4096]:
        return _wide(data)
    return _try(data, "utf-8") or _try(data, "cp1252") or _guess(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero; which one tells the byte order."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.4 * len(head) / 2 or min(even, odd) > 0.1 * len(head) / 2:
        return None
    return _try(data, "utf-16-be" if even > odd else "utf-16-le")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guess(data: bytes) -> str | None:
    # Imported here: loading it takes longer than reading most registers, and few files come this far.
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best is not None else None


def _binary(text: str) -> bool:
    odd = sum(
        (character < " " and character not in "\t\n\r\f\v") or character in "\x7f\ufffd" for character in text
    )
    return odd > BINARY_SHARE * len(text)
