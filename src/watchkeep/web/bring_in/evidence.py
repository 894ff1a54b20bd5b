"""The picture of a page with its boxes, or the lines of a text file with those that matter marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watchkeep.domain.document import LinePlace, PagePlace, Place
from watchkeep.web.components.places import labels

AROUND = 4  # lines of context before and after
MARGIN = 14  # points of page around what was found
CLOSEST = 320  # points of page seen across, however small the box


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's picture, its size in points, and what to mark on it."""

    number: int
    width: int
    height: int
    boxes: tuple[Box, ...]

    @property
    def closer(self) -> Box | None:
        """The part of the page around all boxes: seen large, since a page's print is small beside a form."""
        if not self.boxes:
            return None
        left = max(0.0, min(box.x for box in self.boxes) - MARGIN)
        left = min(left, max(0.0, self.width - CLOSEST))
        top = max(0.0, min(box.y for box in self.boxes) - MARGIN)
        reach = [box.x + box.width + MARGIN for box in self.boxes]
        right = min(float(self.width), max(left + CLOSEST, *reach))
        bottom = min(float(self.height), max(box.y + box.height for box in self.boxes) + MARGIN)
        return Box(left, top, right - left, min(bottom - top, (right - left) * 1.2))


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a text file; `found` where it is what was looked for."""

    number: int
    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is shown beside a doubt; where there is neither picture nor line, the places in words."""

    sha256: str
    file: str
    where: tuple[str, ...]
    page: Page | None = None
    lines: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSize:
    """A picture that is there to be shown."""

    number: int
    width: int
    height: int


def evidence(
    sha256: str, file: str, places: Sequence[Place], pages: Sequence[PageSize], text: Sequence[str]
) -> Evidence:
    """The first page (or the lines) that these places name."""
    on_pages = [place for place in places if isinstance(place, PagePlace)]
    on_lines = [place for place in places if isinstance(place, LinePlace)]
    if pages:
        wanted = on_pages[0].page if on_pages else pages[0].number
        size = next((each for each in pages if each.number == wanted), pages[0])
        boxes = tuple(_box(place) for place in on_pages if place.page == size.number and any(place.box))
        where = labels(on_pages) or (f"page {size.number}",)
        return Evidence(sha256, file, where, page=Page(size.number, size.width, size.height, boxes))
    if text:
        return Evidence(sha256, file, labels(on_lines), lines=_lines(on_lines, text))
    return Evidence(sha256, file, labels(places))


def _box(place: PagePlace) -> Box:
    x0, top, x1, bottom = place.box
    margin = 2
    return Box(x0 - margin, top - margin, x1 - x0 + 2 * margin, bottom - top + 2 * margin)


def _lines(places: Sequence[LinePlace], text: Sequence[str]) -> tuple[TextLine, ...]:
    """The lines that are named, each with a few around it; the beginning of the file where none is."""
    found = {number for place in places for number in range(place.line, place.last_line + 1)}
    wanted = {near for number in found for near in range(number - AROUND, number + AROUND + 1)} or set(
        range(1, 30)
    )
    return tuple(
        TextLine(number, line, number in found) for number, line in enumerate(text, 1) if number in wanted
    )


def places_of(page: int | None, boxes: str, lines: str) -> tuple[Place, ...]:
    """The places that an address names; what makes no sense is passed over."""
    found: list[Place] = []
    for piece in boxes.split(",") if page and boxes else ():
        edges = [float(edge) for edge in piece.split("_") if _is_number(edge)]
        if len(edges) == 4:
            found.append(PagePlace(page=page or 1, box=(edges[0], edges[1], edges[2], edges[3])))
    if page and not found:
        found.append(PagePlace(page=page, box=(0, 0, 0, 0)))
    for piece in filter(None, lines.split(",")):
        first, _, last = piece.partition("-")
        if first.isdecimal() and last.isdecimal() and 0 < int(first) <= int(last) <= 1_000_000:
            found.append(LinePlace(line=int(first), last_line=min(int(last), int(first) + 500)))
    return tuple(found)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()
