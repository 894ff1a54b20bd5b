"""Text in which the columns were kept by spaces (`pdftotext -layout`, printed reports): gutters, then rows.

Rows need not be parted by blank lines, and a reference may stand at the head of its row or in the middle of
it. The boundary between two rows is put where it costs least: where the sentences of all columns end, and
in keeping with where the references stand.
"""

from watchkeep.formats.readers.text.aligned.reading import is_aligned, is_headed, read_aligned

__all__ = [
    "is_aligned",
    "is_headed",
    "read_aligned",
]
