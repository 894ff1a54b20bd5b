"""The paper as a small website in an archive: unpacked on any web server, or opened as it lies in a folder.

A page for the register, one a risk, what is new and the sources; data beside them; one style sheet, no
script, every link relative. The same document and edition give the same bytes.
"""

from __future__ import annotations

from typing import Protocol

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.formats.writers import csv, json, pdf
from watchkeep.formats.writers.html import style
from watchkeep.formats.writers.paper import paper
from watchkeep.formats.writers.paper.pages import pages_of
from watchkeep.formats.writers.paper.pictures import pictures_of
from watchkeep.formats.writers.settled import zipped
from watchkeep.formats.writers.site.pages import DATA, STYLE, Site


class Writer(Protocol):
    """A module that writes one form."""

    def write(self, document: RegisterDocument, edition: Edition | None = None) -> bytes:
        """The paper in that form."""


# The other forms that the site offers; none of them has the site in it.
BESIDE: dict[str, Writer] = {"pdf": pdf, "csv": csv, "json": json}


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """The archive."""
    return zipped(list(files(document, edition).items()))


def files(document: RegisterDocument, edition: Edition | None = None) -> dict[str, bytes]:
    """Every file of the site under its path."""
    printed = paper(document, edition)
    drawn = pictures_of(document, edition) if printed.measures else {}
    site = Site(printed, pages_of(document, edition), drawn)
    data = {f"{DATA}.{kind}": writer.write(document, edition) for kind, writer in BESIDE.items()}
    return {**site.pages(), STYLE: style(printed, site=True).encode(), **data}
