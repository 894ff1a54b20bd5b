"""Running headers, footers and page numbers: what a page repeats, told apart from what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from watchkeep.domain.document import PagePlace
from watchkeep.formats.cells import Piece
from watchkeep.formats.readers.pdf.words import Line, rounded

_MARGIN = 0.12  # of the page's height, at the top and at the bottom
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.?|pg\.?)?\s*\d{1,4}\s*(?:(?:of|/|-)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_NUMBER_SAID = re.compile(r"\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\b", re.IGNORECASE)


def sort_out(pages: Sequence[tuple[int, float, Sequence[Line]]]) -> tuple[list[Piece], list[Piece]]:
    """The loose text and the furniture of all pages, each (number, height, lines outside tables).

    A line that runs along the top of every page is said once, by its first page, and furniture on the others:
    it is often the register's own title.
    """
    counts = Counter(
        key for _, height, lines in pages for key in {_key(line, height) for line in lines} if key is not None
    )
    loose: list[Piece] = []
    furniture: list[Piece] = []
    said: set[tuple[str, str]] = set()
    for number, height, lines in pages:
        for line in lines:
            key = _key(line, height)
            piece = Piece(line.text, PagePlace(page=number, box=rounded(line.box)))
            if key is None:
                loose.append(piece)
            elif key[0] == "top" and counts[key] > 1 and key not in said and not _numbers_a_page(line.text):
                said.add(key)
                loose.append(piece)
            elif counts[key] > 1 or _numbers_a_page(line.text):
                furniture.append(piece)
            else:
                loose.append(piece)
    return loose, furniture


def _key(line: Line, height: float) -> tuple[str, str] | None:
    """Which margin a line stands in, and its text with all numbers made alike."""
    if line.box[3] < height * _MARGIN:
        margin = "top"
    elif line.box[1] > height * (1 - _MARGIN):
        margin = "bottom"
    else:
        return None
    return margin, re.sub(r"\d+", "#", line.text.casefold())


def _numbers_a_page(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(text) or _NUMBER_SAID.search(text))
