"""What of a register goes out: its whole document, its rules, and the editions that were frozen of it."""

from watchkeep.apps.publication.queries.approval import approvers, approving, awaiting
from watchkeep.apps.publication.queries.documents import document_for, promised_for
from watchkeep.apps.publication.queries.markings import MarkingRow, markings, markings_due
from watchkeep.apps.publication.queries.narrowed import narrowed
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
from watchkeep.apps.publication.queries.preparing import Asked, Earlier, Prepared, prepared

__all__ = [
    "Asked",
    "Earlier",
    "EditionRow",
    "FileRow",
    "MarkingRow",
    "Prepared",
    "approvers",
    "approving",
    "awaiting",
    "document_for",
    "edition",
    "edition_file",
    "editions",
    "facts_of",
    "frozen",
    "hidden_editions",
    "kept_files",
    "markings",
    "markings_due",
    "narrowed",
    "prepared",
    "promised_for",
    "visible",
]
