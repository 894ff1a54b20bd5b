"""Letters of a page to words, and words to lines; a word is whole because letters come as they are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from watchkeep.domain.document import PagePlace
from watchkeep.formats.cells import Piece

Box = tuple[float, float, float, float]
Turn = Literal["level", "up", "down"]

_GAP = 0.2  # of the letter size: wider is a space, even where none is written
_TOUCH = 0.12  # of the letter size: nearer is one word that was drawn in two strokes


@dataclass(frozen=True, slots=True)
class Letter:
    """One character where it stands, in points from the top left corner of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    turn: Turn


@dataclass(frozen=True, slots=True)
class Word:
    """Letters drawn next to each other."""

    letters: tuple[Letter, ...]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(letter.text for letter in self.letters)

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The letter size."""
        return self.letters[0].size

    @property
    def turn(self) -> Turn:
        """Which way it runs."""
        return self.letters[0].turn


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, left to right."""

    text: str
    box: Box
    words: tuple[Word, ...]

    @property
    def size(self) -> float:
        """The height of its tallest letter."""
        return max(word.size for word in self.words)


def word_of(letters: Sequence[Letter]) -> Word:
    """The word that these letters make."""
    return Word(
        tuple(letters),
        min(each.x0 for each in letters),
        min(each.top for each in letters),
        max(each.x1 for each in letters),
        max(each.bottom for each in letters),
    )


def words_of(letters: Iterable[Letter]) -> list[Word]:
    """The words that letters make as they are drawn, each letter drawn twice (a false bold) once."""
    words: list[Word] = []
    current: list[Letter] = []
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    for letter in letters:
        blank = not letter.text.strip() or letter.text in "\u00ad\u200b\ufeff"
        if blank or (current and not _follows(current[-1], letter)):
            if current:
                words.append(word_of(current))
            current = []
        if not blank and not _drawn_already(letter, seen):
            current.append(letter)
    if current:
        words.append(word_of(current))
    return words


def _drawn_already(letter: Letter, seen: dict[tuple[str, int, int], tuple[float, float]]) -> bool:
    column, row = int(letter.x0), int(letter.top)
    for near in ((column, row), (column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)):
        before = seen.get((letter.text, *near))
        if before and abs(before[0] - letter.x0) < 0.8 and abs(before[1] - letter.top) < 0.8:
            return True
    seen[letter.text, column, row] = (letter.x0, letter.top)
    return False


def _follows(last: Letter, letter: Letter) -> bool:
    """Whether `letter` goes on where `last` ended."""
    if last.turn != letter.turn:
        return False
    size = max(last.size, letter.size)
    if last.turn == "level":
        gap, drift = letter.x0 - last.x1, abs(letter.bottom - last.bottom)
    elif last.turn == "up":
        gap, drift = last.top - letter.bottom, abs(letter.x1 - last.x1)
    else:
        gap, drift = letter.top - last.bottom, abs(letter.x0 - last.x0)
    return drift < 0.35 * size and -0.5 * size < gap < _GAP * size


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Lines from top to bottom; turned words come after, each run of them as one line in its own way."""
    level = [word for word in words if word.turn == "level"]
    lines: list[list[Word]] = []
    for word in sorted(level, key=lambda each: (each.bottom, each.x0)):
        home = next((line for line in reversed(lines[-4:]) if _same_line(line, word)), None)
        if home is None:
            lines.append([word])
        else:
            home.append(word)
    found = [_line(sorted(line, key=lambda each: each.x0)) for line in lines]
    found.sort(key=lambda line: (line.box[1], line.box[0]))
    for turn in ("up", "down"):
        found.extend(_turned([word for word in words if word.turn == turn], turn == "up"))
    return found


def _same_line(line: list[Word], word: Word) -> bool:
    last = line[-1]
    shared = min(last.bottom, word.bottom) - max(last.top, word.top)
    return shared > 0.5 * min(last.bottom - last.top, word.bottom - word.top)


def _turned(words: list[Word], up: bool) -> list[Line]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.x0 if up else -each.x0):
        last = lines[-1][-1] if lines else None
        if last is not None and min(last.x1, word.x1) - max(last.x0, word.x0) > 0.5 * (word.x1 - word.x0):
            lines[-1].append(word)
        else:
            lines.append([word])
    found = []
    for line in lines:
        line.sort(key=lambda each: -each.bottom if up else each.top)
        found.append(Line(" ".join(word.text for word in line), box_of(line), tuple(line)))
    return found


def _line(words: list[Word]) -> Line:
    text = words[0].text
    for left, right in pairwise(words):
        gap = right.x0 - left.x1
        text += right.text if -0.3 * left.size < gap < _TOUCH * left.size else " " + right.text
    return Line(text, box_of(words), tuple(words))


def segments(line: Line) -> list[list[Word]]:
    """The words of a line, parted where the white is wider than a space."""
    parts = [[line.words[0]]]
    for left, right in pairwise(line.words):
        if right.x0 - left.x1 > 0.8 * left.size:
            parts.append([])
        parts[-1].append(right)
    return parts


def said(words: Sequence[Word]) -> str:
    """The words with a space between."""
    return " ".join(word.text for word in words)


def box_of(words: Sequence[Word]) -> Box:
    """The smallest box around the words."""
    return (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )


def pieces_of(words: Sequence[Word], page: int) -> tuple[Piece, ...]:
    """One piece a line, with a blank piece where the page leaves clearly more than a line's room."""
    lines = lines_of(words)
    pieces: list[Piece] = []
    for number, line in enumerate(lines):
        place = PagePlace(page=page, box=rounded(line.box))
        if number and _room_between(lines[number - 1], line):
            pieces.append(Piece("", place))
        pieces.append(Piece(line.text, place))
    return tuple(pieces)


def _room_between(above: Line, below: Line) -> bool:
    return below.box[1] - above.box[3] > 0.9 * min(above.size, below.size)


def rounded(box: Box) -> Box:
    """To the tenth of a point, which is finer than any screen shows."""
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
