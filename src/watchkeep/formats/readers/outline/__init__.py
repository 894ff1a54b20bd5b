"""Registers told under headings: a heading for each risk, and under it labels, lists and small tables.

A reader that knows headings from text (markdown, web pages, Word) hands over blocks; what comes back is one
table with a row for each risk, for the assembler.
"""

from watchkeep.formats.readers.outline.blocks import Block, Told
from watchkeep.formats.readers.outline.telling import told_under_headings

__all__ = [
    "Block",
    "Told",
    "told_under_headings",
]
