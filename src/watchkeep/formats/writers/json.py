"""The register document itself as JSON: the format that loses nothing, byte for byte the same each time.

An edition is told beside the register, so that the file says which paper it is of; readers pass it over.
"""

from __future__ import annotations

import json

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition, since_layout
from watchkeep.formats.writers.paper.cover import head_of
from watchkeep.formats.writers.paper.ordering import ordered


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """Fields in the order of the schema, two spaces, UTF-8, a line end."""
    values = document.model_dump(mode="json")
    if edition and since_layout(edition, 3):
        form = values.pop("format")
        values = {"format": form, "edition": _told(document, edition), **values}
    return (json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _told(document: RegisterDocument, edition: Edition) -> dict[str, object]:
    """What stands on the cover of the other forms. The risks stay where the register has them; in which order
    the paper tells them is said here.
    """
    return {
        "title": edition.title,
        "body": document.body.text,
        "as_at": edition.as_at.isoformat() if edition.as_at else None,
        "number": edition.sequence,
        "frozen_on": edition.frozen_on.isoformat(),
        "audience": edition.audience,
        "marking": edition.marking,
        "order": edition.order,
        "in_order": [risk.key for risk in ordered(document, edition).risks],
        "ledger_head": head_of(edition) or None,
        "made_with": edition.matter.made_with,
    }
