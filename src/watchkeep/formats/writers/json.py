"""The register document itself as JSON: the format that loses nothing, byte for byte the same each time."""

from __future__ import annotations

import json

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """Fields in the order of the schema, two spaces, UTF-8, a line end. An edition adds nothing."""
    values = document.model_dump(mode="json")
    return (json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
