"""Where the rows' references stand."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.readers.text.aligned.page import Page
from watchkeep.formats.readers.text.headings import Heading
from watchkeep.formats.readers.text.identifiers import references

Marks = list[list[int]]  # for each page, the lines in which a reference opens or centres a row


def marks_of(pages: Sequence[Page], names: Sequence[Heading | None]) -> Marks:
    """Where the rows' references stand: in the column so headed, else in the column that a scheme is found
    in.

    Where there is none, every line that starts a text in the first column and fills half of the others.
    """
    column = next(
        (index for index, name in enumerate(names) if name is not None and name.meaning == "reference"), None
    )
    options = [column] if column is not None else list(range(len(names)))
    best: list[tuple[int, int]] = []
    for each in options:
        places = [
            (number, line)
            for number, page in enumerate(pages)
            for line, cells in enumerate(page.body)
            if each in cells
        ]
        found = references([pages[number].body[line][each] for number, line in places])
        starts = [places[one.index] for one in found if one.start == 0]
        if len(starts) > len(best):
            best = starts
        if column is not None and len(starts) < 0.5 * len(places):
            numbered = [key for key in places if any(map(str.isdigit, pages[key[0]].body[key[1]][each].text))]
            best = numbered or places
    if not best:
        best = [
            (number, line)
            for number, page in enumerate(pages)
            for line, cells in enumerate(page.body)
            if min(cells, default=9) <= 1 and len(cells) >= max(2, len(names) // 2)
        ]
    return [[line for page, line in best if page == number] for number in range(len(pages))]
