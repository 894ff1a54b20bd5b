"""Checkpoints in C2SP's format: the specification's own example, and what is none."""

from __future__ import annotations

import pytest

from watchkeep.domain import checkpoint as notes

# The examples of tlog-checkpoint and tlog-cosignature.
LOG = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
COSIGNED = (
    LOG + "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


@pytest.mark.parametrize("text", [LOG, COSIGNED])
def test_the_specification_s_examples_are_read_and_written_to_the_byte(text: str) -> None:
    note = notes.note_of(text)
    assert str(note) == text
    assert (note.checkpoint.origin, note.checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert [name for name, _ in note.signatures][:1] == ["example.com/behind-the-sofa"]


def test_several_notes_in_one_file_are_told_apart() -> None:
    assert list(notes.notes_of(f"{LOG}\n{COSIGNED}\n\n{LOG}")) == [LOG, COSIGNED, LOG]
    assert list(notes.notes_of("")) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        LOG.replace("20852163", "020852163"),
        LOG.replace("20852163", "-1"),
        LOG.replace("q2I=", "q2J="),  # the same bytes, spelt in another way
        LOG.replace("\n\n", "\n"),
        LOG.replace("— ", "- "),
        LOG + "\n",
        LOG[:-1],
        LOG + "one line more\n",
        "x" * 100_000 + LOG,
    ],
    ids=lambda each: each[-30:].encode("ascii", "replace").decode(),
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="This is not"):
        notes.note_of(text)


def test_a_public_key_is_printed_and_read_back_and_an_altered_one_refused() -> None:
    key = notes.Key("watchkeep/calder", bytes(range(32)))
    assert notes.key_of(str(key)) == key
    for wrong in (str(key)[:-2], str(key).replace("calder", "colder"), "x", f"{str(key)[:-4]}AAAA"):
        with pytest.raises(ValueError, match=r"public key|base64"):
            notes.key_of(wrong)


def test_a_signature_by_nobody_known_counts_for_nothing() -> None:
    assert notes.signers(notes.note_of(LOG), [], lambda *_: True) == ()
    key = notes.Key("example.com/behind-the-sofa", bytes(32))
    assert notes.signers(notes.note_of(LOG), [key], lambda *_: True) == ()
