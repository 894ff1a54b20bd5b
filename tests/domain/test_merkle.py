"""The tree of RFC 9162: its closed forms, its proofs, and that no altered proof is accepted."""

from __future__ import annotations

import hashlib

import pytest

from watchkeep.domain import merkle


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


LEAVES = [merkle.leaf(f"entry {number}") for number in range(1, 34)]
SIZES = range(1, len(LEAVES) + 1)


def test_the_closed_forms_of_the_first_trees() -> None:
    # RFC 9162, 2.1.1: the empty tree is the digest of nothing, a leaf is 0x00 and its bytes, a node 0x01.
    a, b, c = (sha(b"\0" + word) for word in (b"a", b"b", b"c"))
    assert [merkle.leaf(word) for word in "abc"] == [a, b, c]
    assert merkle.root([]) == sha(b"")
    assert merkle.root([a]) == a
    assert merkle.root([a, b]) == sha(b"\1" + a + b)
    assert merkle.root([a, b, c]) == sha(b"\1" + sha(b"\1" + a + b) + c)
    five = sha(b"\1" + sha(b"\1" + sha(b"\1" + a + b) + sha(b"\1" + c + a)) + b)
    assert merkle.root([a, b, c, a, b]) == five


def test_the_proofs_of_the_rfc_s_tree_of_seven() -> None:
    """RFC 9162, 2.1.5: seven leaves d0 to d6, and the paths that it names."""
    d = LEAVES[:7]
    g, h = merkle.node(d[0], d[1]), merkle.node(d[2], d[3])
    i, j = merkle.node(d[4], d[5]), d[6]
    k, last = merkle.node(g, h), merkle.node(i, j)
    assert merkle.inclusion(d, 0) == (d[1], h, last)
    assert merkle.inclusion(d, 3) == (d[2], g, last)
    assert merkle.inclusion(d, 4) == (d[5], j, k)
    assert merkle.inclusion(d, 6) == (i, k)
    assert merkle.consistency(d, 3) == (d[2], d[3], g, last)
    assert merkle.consistency(d, 4) == (last,)
    assert merkle.consistency(d, 6) == (i, j, k)


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_under_its_root_and_under_no_other(size: int) -> None:
    leaves, root = LEAVES[:size], merkle.root(LEAVES[:size])
    for index in range(size):
        proof = merkle.inclusion(leaves, index)
        assert merkle.includes(proof, leaves[index], index=index, size=size, root=root)
        assert not merkle.includes(proof, merkle.leaf("forged"), index=index, size=size, root=root)
        assert not merkle.includes(proof, leaves[index], index=size, size=size, root=root)
        assert not merkle.includes((*proof, root), leaves[index], index=index, size=size, root=root)
        for other in range(size):
            if other != index:
                assert not merkle.includes(proof, leaves[index], index=other, size=size, root=root)


@pytest.mark.parametrize("size", SIZES)
def test_every_tree_is_consistent_with_each_that_it_grew_from(size: int) -> None:
    new = merkle.root(LEAVES[:size])
    for before in range(1, size + 1):
        old, proof = merkle.root(LEAVES[:before]), merkle.consistency(LEAVES[:size], before)
        assert merkle.consistent(proof, before=before, old=old, size=size, new=new)
        forged = merkle.root([merkle.leaf("forged"), *LEAVES[1:before]])
        assert not merkle.consistent(proof, before=before, old=forged, size=size, new=new)
        assert not merkle.consistent((*proof, new), before=before, old=old, size=size, new=new)
        if before < size:
            assert not merkle.consistent(proof[:-1], before=before, old=old, size=size, new=new)
            assert not merkle.consistent((), before=before, old=old, size=size, new=new)


def test_a_tree_is_consistent_with_none_at_all_and_not_with_a_longer_one() -> None:
    new = merkle.root(LEAVES)
    assert merkle.consistent((), before=0, old=merkle.EMPTY, size=33, new=new)
    assert not merkle.consistent((), before=0, old=new, size=33, new=new)
    assert not merkle.consistent((), before=34, old=new, size=33, new=new)


def test_no_altered_bit_of_a_proof_is_accepted() -> None:
    size, before, index = 29, 13, 17
    leaves = LEAVES[:size]
    new, old = merkle.root(leaves), merkle.root(LEAVES[:before])
    shown, grown = merkle.inclusion(leaves, index), merkle.consistency(leaves, before)
    for proof, is_one in (
        (shown, lambda it: merkle.includes(it, leaves[index], index=index, size=size, root=new)),
        (grown, lambda it: merkle.consistent(it, before=before, old=old, size=size, new=new)),
    ):
        assert is_one(proof)
        flat = b"".join(proof)
        for bit in range(len(flat) * 8):
            altered = bytearray(flat)
            altered[bit // 8] ^= 1 << bit % 8
            mutant = tuple(bytes(altered[at : at + 32]) for at in range(0, len(flat), 32))
            assert not is_one(mutant), bit


def test_a_leaf_that_is_not_there_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no leaf 7"):
        merkle.inclusion(LEAVES[:7], 7)
    with pytest.raises(ValueError, match="never had 8"):
        merkle.consistency(LEAVES[:7], 8)
