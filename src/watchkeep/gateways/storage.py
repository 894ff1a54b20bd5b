"""Files by digest: bytes go in once, never change, and are checked each time they come out."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Protocol

from watchkeep.domain.errors import Broken, Invalid, Missing


class FileStore(Protocol):
    """Somewhere that keeps bytes under their SHA-256 digest."""

    def put(self, data: bytes) -> str:
        """Keep `data`; the digest that names it. The same bytes again are the same file."""
        ...

    def get(self, digest: str) -> bytes:
        """The bytes of that digest. Raises Missing where there are none, Broken where they were altered."""
        ...


class FolderStore:
    """A folder of this machine, readable by its owner only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep `data` so that it is there whole, or not at all, whenever the power goes."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if self._holds(path, data):
            return digest
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # made with mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(waiting).replace(path)
        except BaseException:
            Path(waiting).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes, checked against their name."""
        try:
            data = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise Missing(f"The file {digest[:12]}… is not in the store.") from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise Broken(f"The file {digest[:12]}… in the store is not the file that was put there.")
        return data

    def path(self, digest: str) -> Path:
        """Where the bytes of `digest` stand, or would."""
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise Invalid("digest", "A stored file is named by 64 hexadecimal digits.")
        return self.root / digest[:2] / digest

    def _holds(self, path: Path, data: bytes) -> bool:
        """Whether the file is there and sound; a damaged one is written anew."""
        try:
            return path.read_bytes() == data
        except FileNotFoundError:
            return False


def _sync_folder(folder: Path) -> None:
    """A new name outlives a power cut only once its folder is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
