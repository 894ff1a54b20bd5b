"""The key that checkpoints are signed with: made on first use, or kept where the site cannot read it.

Whoever can read the key can sign another history. Where that matters, name a file that only another user of
the machine may read (WATCHKEEP_SIGNING_KEY), and sign from there with `watchkeep checkpoint`.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from watchkeep.apps.history.key_file import write_once
from watchkeep.domain.checkpoint import Checkpoint, Key, Note, key_of, origin_of, signed
from watchkeep.domain.errors import Broken, Refused


def sign(checkpoint: Checkpoint, body: str) -> Note:
    """Sign it. Raises Refused where this process cannot read the key."""
    private = _private()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    _publish(public)
    return signed(checkpoint, Key(origin_of(body), public), private.sign)


def can_sign() -> bool:
    """Whether this process may sign: the key is here, or may be made here."""
    path = _path()
    if not path.exists():
        return not settings.WATCHKEEP_SIGNING_KEY_ELSEWHERE
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


def keys(body: str) -> tuple[Key, ...]:
    """Every public key that has signed for this body, the last first. None before the first signature."""
    path = Path(settings.WATCHKEEP_SIGNING_KEY_PUBLIC)
    lines = path.read_text(encoding="ascii", errors="replace").split() if path.exists() else []
    return tuple(Key(origin_of(body), _decoded(line, path)) for line in reversed(lines))


def witnesses() -> tuple[Key, ...]:
    """The public keys of those whose cosignatures are looked at."""
    try:
        return tuple(key_of(each) for each in settings.WATCHKEEP_WITNESSES)
    except ValueError as problem:
        raise Refused(f"WATCHKEEP_WITNESSES: {problem}") from None


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature of this message is by the holder of this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def make_key() -> None:
    """Make the key where its file is to be; one that is there stays."""
    path = _path()
    if not path.parent.is_dir():
        raise Refused(f"{path.parent} is not a folder, so no signing key can be made in it.")
    if not path.exists():
        seed = Ed25519PrivateKey.generate().private_bytes_raw()
        write_once(path, base64.b64encode(seed).decode() + "\n")


def _private() -> Ed25519PrivateKey:
    path = _path()
    if not path.exists() and not settings.WATCHKEEP_SIGNING_KEY_ELSEWHERE:
        make_key()
    try:
        seed = _decoded(path.read_text(encoding="ascii", errors="replace").strip(), path)
    except OSError as problem:
        reason = (problem.strerror or "no reason given").lower()
        raise Refused(f"The signing key {path} cannot be read here ({reason}).") from None
    return Ed25519PrivateKey.from_private_bytes(seed)


def _publish(public: bytes) -> None:
    """Keep the public key beside the records, where whoever verifies reads it: one a line, oldest first."""
    path, line = Path(settings.WATCHKEEP_SIGNING_KEY_PUBLIC), base64.b64encode(public).decode()
    write_once(path, line + "\n", mode=0o644)
    if line not in path.read_text(encoding="ascii").split():
        with path.open("a", encoding="ascii") as file:
            file.write(line + "\n")


def _path() -> Path:
    return Path(settings.WATCHKEEP_SIGNING_KEY)


def _decoded(line: str, path: Path) -> bytes:
    try:
        data = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != 32:
        raise Broken(f"{path} holds no Ed25519 key: 32 bytes in base64 were expected.")
    return data
