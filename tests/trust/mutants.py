"""H6: each byte of a signed checkpoint and of a proof, altered in every bit; how many are accepted."""

from __future__ import annotations

from collections.abc import Iterator

from cast import Force
from watchkeep import verifier
from watchkeep.apps.history import checkpoints, signing
from watchkeep.domain import merkle
from watchkeep.domain.checkpoint import Checkpoint, Key, note_of, request, request_of, signers


def of_text(text: str) -> Iterator[str]:
    """The text with one bit of one sign turned, or one sign left out."""
    for at, sign in enumerate(text):
        for bit in range(7):
            yield text[:at] + chr(ord(sign) ^ 1 << bit) + text[at + 1 :]
        yield text[:at] + text[at + 1 :]


def of_checkpoints(force: Force) -> tuple[int, int]:
    """How many mutants of the force's last checkpoint, and of a proof up to it, were tried and accepted."""
    text, keys = checkpoints.stored(force.reader)[-1], signing.keys(force.reader.body)
    leaves = checkpoints.leaves(force.reader)
    size = note_of(text).checkpoint.size
    seen = Checkpoint(note_of(text).checkpoint.origin, 3, merkle.root(leaves[:3]))
    _, proof = checkpoints.growth(force.reader, seen)
    asked = request(note_of(text), proof, before=3)
    shown = merkle.inclusion(leaves[:size], 2)
    assert signed(text, keys)
    assert grown(asked, seen, keys)
    tried = accepted = 0
    for each in of_text(text):
        tried, accepted = tried + 1, accepted + signed(each, keys)
    for each in list(of_text(text))[::7]:  # the slower of the two readers
        tried, accepted = tried + 1, accepted + signed_alone(each, keys)
    for each in of_text(asked):
        tried, accepted = tried + 1, accepted + grown(each, seen, keys)
    root = note_of(text).checkpoint.root
    flat = b"".join(shown)
    for bit in range(len(flat) * 8):
        data = bytearray(flat)
        data[bit // 8] ^= 1 << bit % 8
        parts = [bytes(data[at : at + 32]) for at in range(0, len(data), 32)]
        tried += 1
        accepted += merkle.includes(parts, leaves[2], index=2, size=size, root=root)
    return tried, accepted


def signed(text: str, keys: tuple[Key, ...]) -> bool:
    """Whether the product takes it for a checkpoint that one of the keys signed."""
    try:
        return bool(signers(note_of(text), keys, signing.is_signed))
    except ValueError:
        return False


def signed_alone(text: str, keys: tuple[Key, ...]) -> bool:
    """Whether the stand-alone verifier does."""
    try:
        found = list(verifier.checkpoints("x", text, [(each.name, each.public, each.kind) for each in keys]))
    except ValueError:
        return False
    return bool(found) and not any(each.problem for each in found)


def grown(text: str, seen: Checkpoint, keys: tuple[Key, ...]) -> bool:
    """Whether a witness takes it for a proof that the signed history only added to what was seen."""
    try:
        before, proof, note = request_of(text)
    except ValueError:
        return False
    said = note.checkpoint
    return (
        before == seen.size
        and bool(signers(note, keys, signing.is_signed))
        and merkle.consistent(proof, before=before, old=seen.root, size=said.size, new=said.root)
    )
