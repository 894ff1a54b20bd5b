"""What stands on one page: its letters and drawings, with places from the top left corner.

Letters are taken from the PDF library's own objects: its dictionaries would cost a third of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.layout import LTAnno, LTChar, LTContainer

from watchkeep.formats.readers.pdf.glyphs import shown
from watchkeep.formats.readers.pdf.words import Letter, Turn

Shape = dict[str, Any]


@dataclass(slots=True)
class Content:
    """One page's letters in the order they are drawn, and its shapes by kind."""

    number: int
    width: float
    height: float
    letters: list[Letter] = field(default_factory=list)
    lines: list[Shape] = field(default_factory=list)
    rects: list[Shape] = field(default_factory=list)
    curves: list[Shape] = field(default_factory=list)
    images: list[Shape] = field(default_factory=list)
    off_page: int = 0


def content_of(page: Any, *, without: str = "") -> Content:
    """The content of one page of an open PDF; letters outside the paper are counted, not kept.

    `without` is an ink (#rrggbb) whose letters are passed over.
    """
    content = Content(page.page_number, float(page.width), float(page.height))
    shapes = {"line": content.lines, "rect": content.rects, "curve": content.curves, "image": content.images}
    left, above = float(page.mediabox[0]), float(page.height) + float(page.mediabox[1])
    for thing in _things(page.layout):
        if isinstance(thing, LTChar):
            if without and _is_set_in(thing, without):
                continue
            letter = _letter(thing, left, above)
            if letter.x1 < 0 or letter.x0 > content.width or letter.bottom < 0 or letter.top > content.height:
                content.off_page += bool(letter.text.strip())
            else:
                content.letters.append(letter)
        elif not isinstance(thing, LTAnno):
            shape = page.process_object(thing)
            shapes.get(shape["object_type"], []).append(shape)
    return content


def _things(container: Iterable[Any]) -> Iterator[Any]:
    for thing in container:
        if isinstance(thing, LTContainer):
            yield from _things(thing)
        else:
            yield thing


def _is_set_in(thing: LTChar, ink: str) -> bool:
    """Whether a letter is set in an ink; the next ink to it is 1/255 away."""
    colour = thing.graphicstate.ncolor
    wanted = [part / 255 for part in bytes.fromhex(ink.lstrip("#"))]
    if not isinstance(colour, (tuple, list)) or len(colour) != len(wanted):
        return False
    pairs = zip(colour, wanted, strict=True)
    return all(isinstance(part, (int, float)) and abs(part - of_ink) < 0.0015 for part, of_ink in pairs)


def _letter(thing: LTChar, left: float, above: float) -> Letter:
    turn: Turn = "level"
    along, rising = thing.matrix[:2]
    if abs(rising) > abs(along):
        turn = "up" if rising > 0 else "down"
    x0, x1, top, bottom = thing.x0 + left, thing.x1 + left, above - thing.y1, above - thing.y0
    size = (x1 - x0) if turn != "level" else (bottom - top)
    font = thing.fontname if isinstance(thing.fontname, str) else ""
    return Letter(shown(thing.get_text(), font), x0, top, x1, bottom, max(size, 0.1), turn)
