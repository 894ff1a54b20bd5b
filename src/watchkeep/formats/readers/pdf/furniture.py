"""Running headers, footers and page numbers: what a page repeats, told apart from what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from watchkeep.domain.document import PagePlace
from watchkeep.formats.cells import Piece
from watchkeep.formats.columns import recognise
from watchkeep.formats.readers.pdf.words import Line, rounded, said, segments

_MARGIN = 0.1  # of the page's height, at the top and at the bottom
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.?|pg\.?)?\s*\d{1,4}\s*(?:(?:of|/|-)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_NUMBER_SAID = re.compile(r"\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\b", re.IGNORECASE)


class Margins:
    """The lines that stand in the top and bottom margins of a PDF's pages, and how often each returns."""

    def __init__(self, pages: Sequence[tuple[float, Sequence[Line]]]) -> None:
        self._counts = Counter(
            key
            for height, lines in pages
            for key in {_key(line, height) for line in lines}
            if key is not None
        )
        self._said: set[tuple[str, str]] = set()

    def sort_out(
        self, page: int, height: float, lines: Sequence[Line]
    ) -> tuple[list[Line], list[Piece], list[Piece]]:
        """The lines of the page itself, what its margins say for the first time, and its furniture.

        A line that runs along the top of every page is said once, by the first page that has it: it is often
        the register's own title.
        """
        kept: list[Line] = []
        titles: list[Piece] = []
        furniture: list[Piece] = []
        for line in lines:
            key = _key(line, height)
            piece = Piece(line.text, PagePlace(page=page, box=rounded(line.box)))
            if key is None or (self._counts[key] == 1 and not _numbers_a_page(line.text)):
                kept.append(line)
            elif key[0] == "top" and key not in self._said and not _numbers_a_page(line.text):
                self._said.add(key)
                titles.append(piece)
            else:
                furniture.append(piece)
        return kept, titles, furniture


def _key(line: Line, height: float) -> tuple[str, str] | None:
    """Which margin a line stands in, and its text, page numbers made alike; none for a table's headings."""
    if line.box[3] < height * _MARGIN:
        margin = "top"
    elif line.box[1] > height * (1 - _MARGIN):
        margin = "bottom"
    else:
        return None
    parts = segments(line)
    if len(parts) > 2 and sum(recognise(said(part)) is not None for part in parts) >= 2:
        return None
    return margin, _NUMBER_SAID.sub("#", line.text.casefold())


def _numbers_a_page(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(text) or _NUMBER_SAID.search(text))
