"""RFC 9162's Merkle tree over the texts of the entries, and the two proofs that it allows.

A root stands for every text and their order. An inclusion proof shows that a text is under a root; a
consistency proof that a later root only added to an earlier one. Both are a few dozen digests, however long
the history is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf(text: str) -> bytes:
    """The digest of one text. Its prefix keeps it from ever being a node's."""
    return hashlib.sha256(b"\0" + text.encode("utf-8", "surrogatepass")).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The digest of two trees side by side."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Growing:
    """A tree that is added to: it keeps a digest for each whole subtree, and no leaf."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []  # the largest first

    def add(self, digest: bytes) -> None:
        """Add a leaf's digest."""
        full = self.size
        while full & 1:  # two subtrees of one height are one
            digest, full = node(self._whole.pop(), digest), full >> 1
        self._whole.append(digest)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root over all that was added so far."""
        if not self._whole:
            return EMPTY
        found = self._whole[-1]
        for each in reversed(self._whole[:-1]):
            found = node(each, found)
        return found


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaves' digests."""
    tree = Growing()
    for each in leaves:
        tree.add(each)
    return tree.root


# --- Proofs -------------------------------------------------------------------------------------------------


def inclusion(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """What shows that the leaf at `index`, counted from 0, is under the root of `leaves`."""
    if not 0 <= index < len(leaves):
        raise ValueError(f"there is no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return ()
    left = _largest_below(len(leaves))
    if index < left:
        return (*inclusion(leaves[:left], index), root(leaves[left:]))
    return (*inclusion(leaves[left:], index - left), root(leaves[:left]))


def includes(proof: Sequence[bytes], digest: bytes, *, index: int, size: int, root: bytes) -> bool:
    """Whether the proof shows that this leaf is at `index` under the root of a tree of `size`."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, digest
    for each in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node(each, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, each)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistency(leaves: Sequence[bytes], before: int) -> tuple[bytes, ...]:
    """What shows that the tree of `leaves` only added to the tree of its first `before` leaves."""
    if not 0 <= before <= len(leaves):
        raise ValueError(f"a tree of {len(leaves)} leaves never had {before}")
    return _added(leaves, before, known=True) if before else ()


def _added(leaves: Sequence[bytes], before: int, *, known: bool) -> tuple[bytes, ...]:
    if before == len(leaves):
        return () if known else (root(leaves),)
    left = _largest_below(len(leaves))
    if before <= left:
        return (*_added(leaves[:left], before, known=known), root(leaves[left:]))
    return (*_added(leaves[left:], before - left, known=False), root(leaves[:left]))


def consistent(proof: Sequence[bytes], *, before: int, old: bytes, size: int, new: bytes) -> bool:
    """Whether the proof shows that the tree of `size` with the root `new` only added to that of `before`."""
    if not 0 <= before <= size:
        return False
    if before in (0, size):
        return not proof and old == (EMPTY if before == 0 else new)
    steps = list(proof) if before & (before - 1) else [old, *proof]
    at, last = before - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not steps:
        return False
    was = now = steps[0]
    for each in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            was, now = node(each, was), node(each, now)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            now = node(now, each)
        at, last = at >> 1, last >> 1
    return last == 0 and was == old and now == new


def _largest_below(size: int) -> int:
    """The largest power of two below `size`: where RFC 9162 parts a tree."""
    return 1 << (size - 1).bit_length() - 1
