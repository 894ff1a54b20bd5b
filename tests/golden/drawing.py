"""Pictures of a PDF's pages, small and grey, to be kept and compared.

`python tests/golden/drawing.py` draws the kept ones anew, after a person has looked at the pages.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageStat

KEPT = Path(__file__).parent / "paper"
SCALE = 0.55  # of 72 points to the inch: words are grey lines, and every rule, tint and gap can be seen
UNLIKE = 60  # steps of grey: what is further from the kept picture is another shape, not another edge of it


def drawn(pdf: bytes) -> list[Image.Image]:
    """Each page as a small grey picture."""
    return [page.render(scale=SCALE).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


def kept() -> list[Image.Image]:
    """The pages as they were when somebody last looked at them."""
    return [Image.open(path).convert("L") for path in sorted(KEPT.glob("page-*.png"))]


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How far apart two pictures are on average, in steps of grey, and how many points in 1,000 differ."""
    if one.size != other.size:
        return 255.0, 1000.0
    apart = ImageChops.difference(one, other)
    far = apart.histogram()[UNLIKE:]
    return ImageStat.Stat(apart).mean[0], 1000 * sum(far) / (one.width * one.height)


def main() -> None:
    """Draw the kept pictures anew."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import whole_paper

    for path in KEPT.glob("page-*.png"):
        path.unlink()
    pages = drawn(whole_paper.written("pdf"))
    for number, page in enumerate(pages, start=1):
        page.save(KEPT / f"page-{number:02}.png", optimize=True)


if __name__ == "__main__":
    main()
