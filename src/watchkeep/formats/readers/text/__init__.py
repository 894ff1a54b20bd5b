"""Text to tables: any register that has become text, whatever its shape.

The shapes are tried from the plainest to the hardest: a heading for each risk, tables drawn with bars,
forms with labels at the side, columns kept by spaces, one risk after another with labels, and last a table
whose cells were put out one by one. What each finds is one table with a row of headings, for the assembler.
"""

from __future__ import annotations

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Extract
from watchkeep.formats.readers.text.aligned import is_aligned, is_headed, read_aligned
from watchkeep.formats.readers.text.beside import read_beside
from watchkeep.formats.readers.text.decoding import decode
from watchkeep.formats.readers.text.flow.reading import read_flow
from watchkeep.formats.readers.text.labelled import read_labelled
from watchkeep.formats.readers.text.outlined import read_outlined
from watchkeep.formats.readers.text.piped import read_piped, read_tabbed

__all__ = ["extract"]


def extract(data: bytes, name: str) -> Extract:
    """The tables of a text file, and the rest of its text; refuses with `Unreadable` where no register is
    in it.
    """
    lines = decode(data, name)
    found = (
        read_outlined(lines)
        or read_piped(lines)
        or read_tabbed(lines)
        or (None if is_aligned(lines) and is_headed(lines) else read_beside(lines))
        or (read_aligned(lines) if is_aligned(lines) else None)
        or read_labelled(lines)
        or read_flow(lines)
    )
    if found is None:
        raise Unreadable(
            where=name,
            why="No register was found in the text: neither a row of known headings (such as Ref, Risk,"
            " Controls, Owner, Rating) nor risks with such labels.",
            remedy="Check that the file is a risk register; if it is, bring the document it was made from.",
        )
    return found
