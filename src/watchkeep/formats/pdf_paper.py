"""What the PDF papers of Watchkeep are known by, for the writer that sets them and the reader."""

from __future__ import annotations

KEYWORD = "Watchkeep paper"
REFERENCE_INK = "#12294e"  # of the numbers of sources, and of nothing else: they are not the register's words
