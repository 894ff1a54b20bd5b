"""What a person should check before a register that was read from a file is taken in: one doubt a question."""

from __future__ import annotations

from watchkeep.domain.document import Doubt, RegisterDocument

CARRIED = frozenset({"reader"})


def doubts(document: RegisterDocument) -> tuple[Doubt, ...]:
    """All doubts about a document: those its reader noted, and those that stand in the document itself."""
    return tuple(each for each in document.doubts if each.code in CARRIED)
