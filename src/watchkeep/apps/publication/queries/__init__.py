"""What of a register goes out: its whole document, and the editions that were frozen of it."""

from watchkeep.apps.publication.queries.documents import document_for
from watchkeep.apps.publication.queries.papers import (
    EditionRow,
    FileRow,
    edition,
    edition_file,
    editions,
    facts_of,
    frozen,
    hidden_editions,
    kept_files,
    visible,
)

__all__ = [
    "EditionRow",
    "FileRow",
    "document_for",
    "edition",
    "edition_file",
    "editions",
    "facts_of",
    "frozen",
    "hidden_editions",
    "kept_files",
    "visible",
]
