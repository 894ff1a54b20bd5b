"""Lines that were joined because a hyphen ended the first of them, and lost that hyphen.

The join shows: such a line is wider than its column. Where the one place at which it can have been broken
lies between two words, a dash stood there and is put back, and said to be. A hyphen lost inside a word is
only pointed out, for the word may have been broken in several places.
"""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.cells import Piece
from watchkeep.formats.readers.text.flow.labels import Column
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.measure import Face, first_word

SHARP = 0.02  # a column measured less sharply says nothing of single letters


def mend(fragments: Sequence[Fragment], column: Column, face: Face) -> tuple[list[Piece], list[str]]:
    """The lines of a cell as pieces, lost dashes put back; and a sentence for each line that was joined."""
    pieces: list[Piece] = []
    notes: list[str] = []
    for index, fragment in enumerate(fragments):
        following = fragments[index + 1].text if index + 1 < len(fragments) else ""
        cuts = _breaks(fragment.text, following, column, face)
        if len(cuts) == 1 and fragment.text[cuts[0]] == " ":
            first = fragment.cut(0, cuts[0])
            pieces.append(Piece(f"{first.text} -", first.place))
            pieces.append(fragment.cut(cuts[0], len(fragment.text)).piece)
            notes.append(
                f"In line {fragment.line} a dash that ended a line of the table was lost; it is put back."
            )
            continue
        if cuts:
            notes.append(_doubt(fragment, cuts))
        pieces.append(fragment.piece)
    return pieces, notes


def _breaks(text: str, following: str, column: Column, face: Face) -> list[int]:
    """Where a line too wide for its column can have been two: each full, and neither too wide."""
    if column.wide is None or column.slack > SHARP or face.width(text) <= column.limit * (1 + column.slack):
        return []
    found: list[int] = []
    for cut in range(2, len(text) - 1):
        inside = text[cut - 1 : cut + 1].isalpha()
        if not inside and text[cut] != " ":
            continue
        head = text[:cut] + ("-" if inside else " -")
        rest = text[cut:].strip()
        more = f"{head}{'' if inside else ' '}{first_word(rest)}"
        if face.width(head) > column.limit or face.width(more) <= column.wide:
            continue
        full = not following or face.width(f"{rest} {first_word(following)}") > column.wide
        if full and face.width(rest) <= column.limit:
            found.append(cut)
    return found


def _doubt(fragment: Fragment, cuts: Sequence[int]) -> str:
    broken = {_word(fragment.text, cut) for cut in cuts}
    if len(broken) == 1:
        return f"In line {fragment.line} “{broken.pop()}” may have lost a hyphen at the end of a line."
    return (
        f"Line {fragment.line} was two lines of the table, and may have lost a hyphen where they were joined."
    )


def _word(text: str, cut: int) -> str:
    start = text.rfind(" ", 0, cut) + 1
    end = text.find(" ", cut)
    return text[start : end if end > 0 else len(text)]
