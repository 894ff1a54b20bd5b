"""Pictures of a PDF's pages, drawn in the same kind of limited child that reads it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from watchkeep.domain.errors import Unreadable

MOST_PAGES = 60
CLOCK = 60  # seconds in which they are drawn, or not at all
LOADED_FIRST = ("pypdfium2", "PIL.Image", "PIL.PngImagePlugin")  # while the child may still load libraries
WIDEST = 1600  # pixels: enough to read beside a row, small enough to send


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: its number from 1, its size in points (as a PagePlace's box), and its PNG."""

    number: int
    width: float
    height: float
    png: bytes


def page_pictures(path: Path, *, name: str | None = None) -> list[PagePicture]:
    """The pages of the PDF at `path`, up to MOST_PAGES of them; Unreadable where it cannot be drawn.

    `name` is what the file is called to people, where `path` is not it.
    """
    from watchkeep.formats.readers import bytes_of
    from watchkeep.formats.readers.boundary import incomplete
    from watchkeep.formats.readers.child import Limits, run

    called = name or path.name
    limits = Limits(answer=400 * 2**20, memory=1536 * 2**20, processor=CLOCK, clock=float(CLOCK))
    said = run("watchkeep.formats.pictures:draw", bytes_of(path, called), called, limits=limits)
    try:
        return [
            PagePicture(
                page["number"], page["width"], page["height"], base64.b64decode(page["png"], validate=True)
            )
            for page in json.loads(said)
        ]
    except (ValueError, KeyError, TypeError) as problem:
        raise incomplete(called) from problem


def draw(data: bytes, name: str) -> bytes:
    """What the child answers: the pages as JSON, each picture in base64."""
    import io

    import pypdfium2

    try:
        pages = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise Unreadable(
            where=name,
            why="its pages cannot be drawn: the PDF is locked or damaged.",
            remedy="Open it, save a copy without a password and try that.",
        ) from problem
    drawn = []
    for number in range(min(len(pages), MOST_PAGES)):
        page = pages[number]
        width, height = page.get_size()
        scale = min(2.0, WIDEST / max(width, height, 1.0))
        png = io.BytesIO()
        page.render(scale=scale).to_pil().save(png, "PNG")
        page.close()
        drawn.append(
            {
                "number": number + 1,
                "width": width,
                "height": height,
                "png": base64.b64encode(png.getvalue()).decode("ascii"),
            }
        )
    return json.dumps(drawn).encode()
