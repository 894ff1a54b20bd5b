"""How wide a line of text is on paper, in the three faces that most office documents are set in.

A renderer breaks a line only where the next word does not fit. In the right face that rule holds to a
hair's breadth, so it tells which line can follow which; a count of characters is far too coarse for it. The
widths are those of Helvetica (Arial and Liberation Sans are made to them), Times and Calibri, in
thousandths of the type size.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from watchkeep.formats.readers.text.wording import finished, opens_item

_HELVETICA = (
    (191, "'"), (222, "ijl‘’"), (260, "|"), (278, " !,./:;I[\\]ft"), (333, "()-`r“”"), (334, "{}"),
    (350, "•"), (355, '"'), (389, "*"), (500, "Jcksvxyz"), (584, "+<=>~"), (611, "FTZ"),
    (667, "&ABEKPSVXY"), (722, "CDHNRUw"), (778, "GOQ"), (833, "Mm"), (889, "%"), (944, "W"),
    (1000, "—…"), (1015, "@"),
)  # fmt: skip
_TIMES = (
    (180, "'"), (200, "|"), (250, " ,."), (278, "/:;\\ijlt"), (333, "!()-I[]`fr‘’"), (350, "•"),
    (389, "Js"), (408, '"'), (444, "?acez“”"), (480, "{}"), (556, "FPS"), (564, "+<=>"),
    (611, "ELTZ"), (667, "BCR"), (722, "ADGHKNOQUVXYw"), (778, "&m"), (833, "%"), (889, "M"),
    (921, "@"), (944, "W"), (1000, "—…"),
)  # fmt: skip
_CALIBRI = (
    (221, "'"), (226, " "), (229, "ijl"), (239, "j"), (250, ",‘’"), (252, ".I"), (267, ":;"),
    (303, "()"), (305, "f"), (306, "-"), (319, "J"), (335, "t"), (349, "r"), (386, "/"), (391, "s"),
    (395, "z"), (401, "“”"), (420, "L"), (423, "c"), (433, "x"), (452, "v"), (453, "y"), (455, "k"),
    (459, "FS"), (468, "Z"), (471, "g"), (479, "a"), (487, "TY"), (488, "E"), (498, "e"),
    (507, "0123456789£$€–"), (517, "P"), (519, "X"), (520, "K"), (525, "bdhnpqu"), (527, "o"),
    (533, "C"), (543, "R"), (544, "B"), (567, "V"), (579, "A"), (615, "D"), (623, "H"), (631, "G"),
    (642, "U"), (646, "N"), (662, "O"), (673, "Q"), (682, "&"), (715, "%w"), (799, "m"), (855, "M"),
    (890, "W"),
)  # fmt: skip


class _Widths(dict[str, int]):
    """Widths by letter; any that is not listed is as wide as most are."""

    def __init__(self, listed: dict[str, int], other: int) -> None:
        super().__init__(listed)
        self.other = other

    def __missing__(self, letter: str) -> int:
        self[letter] = self.other
        return self.other


@dataclass(slots=True)
class Face:
    """One face; `width` is in average characters, so that numbers mean something to a reader."""

    name: str
    letters: _Widths
    _known: dict[str, float] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """The width of a line."""
        known = self._known.get(text)
        if known is None:
            known = sum(map(self.letters.__getitem__, text)) / 500
            self._known[text] = known
        return known


def faces() -> tuple[Face, ...]:
    """Fresh faces: each remembers the lines it measured, for one file only."""
    made = (("Helvetica", _HELVETICA, 556), ("Calibri", _CALIBRI, 507), ("Times", _TIMES, 500))
    return tuple(
        Face(name, _Widths({letter: width for width, letters in table for letter in letters}, other))
        for name, table, other in made
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """What clean paragraphs tell of a column: lines of `wide` fit, lines of `limit` do not; `slack` is
    forgiven (a share).
    """

    wide: float
    limit: float
    slack: float


def first_word(text: str) -> str:
    """The word a line starts with."""
    return text.split(None, 1)[0] if text.strip() else ""


def measure(face: Face, paragraphs: Sequence[Sequence[str]]) -> Measured | None:
    """The width of a column: as wide as its widest line, narrower than any line with the word that did not
    fit.

    The width that most paragraphs agree on is taken; one that disagrees may stand in another column, and a
    line that holds a word put together again (see `tail`) is too wide for any.
    """
    bounds = [(max(map(face.width, lines)), _refused(face, lines)) for lines in paragraphs if lines]
    if not bounds:
        return None
    best = (-1.0, 0.0)
    for least, _ in bounds:
        agreeing = sum(low <= least * 1.0005 for low, _ in bounds) + sum(least < high for _, high in bounds)
        best = max(best, (agreeing, least))
    wide = best[1]
    above = [high for low, high in bounds if low <= wide < high < 2 * wide]
    dissent = sum(not low <= wide * 1.0005 or wide >= high for low, high in bounds) / len(bounds)
    if len(above) < 3:
        return Measured(wide, 1.03 * wide, 0.03)
    return Measured(wide, min(min(above), 1.03 * wide), 0.001 + 0.04 * dissent)


def _refused(face: Face, lines: Sequence[str]) -> float:
    """The narrowest line of a paragraph once the word that was not put on it is added: more than the column
    holds.
    """
    return min(
        (
            face.width(f"{before} {first_word(after)}")
            for before, after in itertools.pairwise(lines)
            if not opens_item(after) and not finished(before)
        ),
        default=float("inf"),
    )


def tail(face: Face, text: str, wide: float) -> str | None:
    """The second line of two that were joined because a word was broken between them; none if that cannot
    be.

    Where the word may have been broken in several places, the longest second line is given. A dash that
    closed the first line is gone with the break, so the break may also stand between two words.
    """
    whole, head, dash = face.width(text), face.width(text[:1]), face.width("-")
    for cut in range(2, len(text) - 2):
        head += face.letters[text[cut - 1]] / 500
        if head + dash > wide:
            return None
        # The second line may be no wider than the column either: the break is near the end of the first.
        if head + dash <= 0.75 * wide or whole - head > wide * 1.01:
            continue
        if text[cut - 1 : cut + 1].isalpha() or text[cut] == " ":
            rest = text[cut:].strip()
            if face.width(rest) <= wide:
                return rest
    return None
