"""A checkpoint: three lines that say how long a history is and what it holds, with the names of who signed.

The format is C2SP's tlog-checkpoint, a signed note: origin, size, root; a blank line; a line for each
signature. It is public, so that a witness needs nothing of ours to check it. Who holds a key signs
elsewhere; here is only what is signed, and how it is written down and read back.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

ED25519, COSIGNATURE = 1, 4  # signed-note's and tlog-cosignature's names for kinds of key
LONGEST = 64 * 1024  # characters in one note; a real one has a few hundred
# A name, a key's number and the key: what a reader must have been given to believe a signature.
KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
NOTE = re.compile(
    r"((?P<origin>[^\n]+)\n(?P<size>0|[1-9]\d{0,17})\n(?P<root>[^\n]+)\n)\n(?P<signed>(?:— [^\n]+\n)+)"
)
# What stands above a checkpoint in a mail; the stand-alone verifier knows it too, word for word.
MAILED = "Keep this where nobody who runs the register can change it; later, give it to verify.py as a file."
LEFT = re.compile(r"^(?:— |\d+$|[A-Za-z0-9+/]{43}=$)", re.M)  # a line of a note: it was damaged
SIGNED = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)")

Check = Callable[[bytes, bytes, bytes], bool]  # a public key, a message, a signature: whether it is its own


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many entries a history had, and the root of the tree over their texts."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The exact text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Key:
    """A public key by its name; `kind` says whether it signs checkpoints of its own or cosigns others'."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def number(self) -> bytes:
        """Four bytes by which a signature names its key."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:4]

    def __str__(self) -> str:
        public = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.number.hex()}+{public}"


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signatures, each a name and its bytes, the key's number first."""

    checkpoint: Checkpoint
    signatures: tuple[tuple[str, bytes], ...]

    def __str__(self) -> str:
        lines = (f"— {name} {base64.b64encode(data).decode()}\n" for name, data in self.signatures)
        return f"{self.checkpoint.text}\n{''.join(lines)}"


def origin_of(body: str) -> str:
    """The name that a body's history signs under, for good."""
    return f"watchkeep/{body}"


def signed(checkpoint: Checkpoint, key: Key, sign: Callable[[bytes], bytes]) -> Note:
    """The checkpoint with its own log's signature."""
    return Note(checkpoint, ((key.name, key.number + sign(checkpoint.text.encode())),))


def note_of(text: str) -> Note:
    """Read one note; ValueError where a single character is not as it must be."""
    found = NOTE.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise ValueError("This is not a checkpoint: three lines, a blank one, and a line for each signature.")
    root = _exactly(found["root"])
    if len(root) != 32:
        raise ValueError("This is not a checkpoint: its root is not a SHA-256 digest.")
    signatures = tuple(_signature(line) for line in found["signed"].split("\n")[:-1])
    return Note(Checkpoint(found["origin"], int(found["size"]), root), signatures)


def notes_of(text: str) -> Iterator[str]:
    """The notes of a file that several were appended to, each as its exact text.

    Words above the first are passed over, and those of a mail between two. A damaged note, or one with more
    below it, is given as it stands, for `note_of` to refuse.
    """
    pieces = re.split(r"(?<![^\n])(?=[^—\n][^\n]*\n\d+\n)", text.replace("\r\n", "\n"))
    for place, each in enumerate(pieces, 1):
        note, is_last = NOTE.match(each), place == len(pieces)
        words = each[note.end() :].strip("\n") if note else ""
        if note and (not words or (words == MAILED and not is_last)):
            yield note[0]
        elif each.strip("\n") and (place > 1 or is_last or LEFT.search(each)):
            yield each.rstrip("\n") + "\n"


def key_of(text: str) -> Key:
    """Read a public key as it is printed; ValueError says what one looks like."""
    found = KEY.fullmatch(text.strip())
    data = _exactly(found[3]) if found else b""
    if found is None or len(data) != 33 or data[0] not in (ED25519, COSIGNATURE):
        raise ValueError("A public key is a name, eight hexadecimal digits and the key, with + between them.")
    key = Key(found[1], data[1:], data[0])
    if key.number.hex() != found[2]:
        raise ValueError(
            f"The public key of {found[1]} does not have the number that it says: it was altered."
        )
    return key


def signers(note: Note, keys: Iterable[Key], check: Check) -> tuple[Key, ...]:
    """Which of the keys signed the note. A signature that names one of them and is not its own spoils it
    all: then nobody did. Signatures by keys that are not known are passed over, as the format has it.
    """
    known: Mapping[tuple[str, bytes], Key] = {(key.name, key.number): key for key in keys}
    found: list[Key] = []
    for name, data in note.signatures:
        key = known.get((name, data[:4]))
        if key is None:
            continue
        message, signature = note.checkpoint.text.encode(), data[4:]
        if key.kind == COSIGNATURE:
            at, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = b"cosignature/v1\ntime %d\n%s" % (at, message)
        if len(signature) != 64 or not check(key.public, message, signature):
            return ()
        found.append(key)
    return tuple(found)


def request(note: Note, proof: Iterable[bytes], *, before: int) -> str:
    """What a witness is asked with: the size that it last saw, the proof from there, and the checkpoint."""
    lines = "".join(f"{base64.b64encode(each).decode()}\n" for each in proof)
    return f"old {before}\n{lines}\n{note}"


def request_of(text: str) -> tuple[int, tuple[bytes, ...], Note]:
    """Read such a request back; ValueError where it is none."""
    head, blank, rest = text.partition("\n\n")
    first, *lines = head.split("\n")
    if not blank or not re.fullmatch(r"old (0|[1-9]\d{0,17})", first):
        raise ValueError("This is not a request to a witness: its first line says old and a size.")
    proof = tuple(_exactly(line) for line in lines)
    if any(len(each) != 32 for each in proof):
        raise ValueError("This is not a request to a witness: a line of its proof is not a digest.")
    return int(first[4:]), proof, note_of(rest)


def _signature(line: str) -> tuple[str, bytes]:
    found = SIGNED.fullmatch(line)
    if found is None:
        raise ValueError("This is not a checkpoint: a line below the blank one is not a signature.")
    data = _exactly(found[2])
    if len(data) < 5:
        raise ValueError("This is not a checkpoint: a signature is too short.")
    return found[1], data


def _exactly(text: str) -> bytes:
    """Base64 with one spelling only, so that no changed character stands for the same bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if base64.b64encode(data).decode() != text:
        raise ValueError("This is not base64 as a checkpoint writes it.")
    return data
