"""A secret in a file of its own: readable by its owner only, and there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_once(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Make the file unless it is there: several processes start at once, and all must read one secret."""
    handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), mode)
        with suppress(FileExistsError):  # another process was first, and its secret holds
            os.link(waiting, path)
    finally:
        os.unlink(waiting)
