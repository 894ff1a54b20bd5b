"""Whether columns are kept by spaces, and the register in such text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchkeep.formats.cells import Extract
from watchkeep.formats.readers.text.aligned.cutting import page_of
from watchkeep.formats.readers.text.aligned.page import Page, whole_line
from watchkeep.formats.readers.text.aligned.table import table_of
from watchkeep.formats.readers.text.aligned.titles import heading_lines
from watchkeep.formats.readers.text.lines import FORM_FEED, Fragment, furniture

LEAST_SHARE = 0.25  # of the lines must show columns
FAR_IN = 24  # characters: no outline indents its lines so far


def is_aligned(lines: Sequence[str]) -> bool:
    """Whether columns are kept by runs of spaces."""
    filled = [line for line in lines if line.strip()]
    gapped = sum(bool(re.search(r"\S\s{2,}\S", line.expandtabs())) for line in filled)
    # Texts that are centred in their rows often stand alone on a line, far from its edge.
    inset = sum(len(line.expandtabs()) - len(line.expandtabs().lstrip()) >= FAR_IN for line in filled)
    if len(filled) < 4:
        return False
    return gapped >= LEAST_SHARE * len(filled) or (gapped >= 4 and gapped + inset >= 0.6 * len(filled))


def is_headed(lines: Sequence[str]) -> bool:
    """Whether headings stand side by side near the top: a table, and no forms with labels at their side."""
    filled = [(number, line.expandtabs()) for number, line in enumerate(lines, start=1) if line.strip()]
    return heading_lines(filled[:40]) is not None


def read_aligned(lines: list[str]) -> Extract | None:
    """The register in such text, or none where no row of headings is found."""
    lines = [line.expandtabs() if "\t" in line else line for line in lines]
    aside = furniture(lines)
    pages: list[Page] = []
    outside: list[Fragment] = []
    kept_furniture: list[Fragment] = []
    for chunk in _pages(lines):
        numbered = [(number, line) for number, line in chunk if line.strip()]
        kept_furniture.extend(whole_line(number, line) for number, line in numbered if number in aside)
        numbered = [(number, line) for number, line in numbered if number not in aside]
        page = page_of(numbered, pages[-1] if pages else None)
        if page is None:
            outside.extend(whole_line(number, line) for number, line in numbered)
        else:
            pages.append(page)
            outside.extend(page.outside)
    if not pages:
        return None
    return table_of(pages, outside, kept_furniture)


def _pages(lines: Sequence[str]) -> list[list[tuple[int, str]]]:
    pages: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(lines, start=1):
        if line.startswith(FORM_FEED):
            pages.append([])
        pages[-1].append((number, line.replace(FORM_FEED, " ") if not line.startswith(FORM_FEED) else line))
    return pages
