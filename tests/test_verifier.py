"""The stand-alone verifier: what it finds, where, and what it says of files that were made to harm it."""

from __future__ import annotations

import ast
import base64
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as any_

from chains import BODY, a_chain, exported, forged
from watchkeep import verifier
from watchkeep.apps.history import signing
from watchkeep.domain import checkpoint as notes
from watchkeep.domain import ledger, merkle
from watchkeep.domain.ledger import Line
from watchkeep.jobs import proving

FILE = Path(verifier.__file__)
# RFC 8032, 7.1: public key, message, signature.
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)


class Answer:
    """What the verifier said, run as an auditor runs it: alone, with nothing installed."""

    def __init__(self, *arguments: object, python: str = sys.executable) -> None:
        done = subprocess.run(
            [python, "-I", "-S", str(FILE), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Answer]:
    """Ask in this process: faster, and the same words."""

    def ask(*arguments: object) -> Answer:
        answer = Answer.__new__(Answer)
        capfdbinary.readouterr()
        answer.code = verifier.main([str(each) for each in arguments])
        sys.stdout.flush()
        said = capfdbinary.readouterr()
        answer.out, answer.err = said.out.decode(), said.err.decode()
        return answer

    return ask


def saved(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def marked(lines: list[Line], number: int) -> str:
    return f"watchkeep-head {number}:{lines[number - 1].digest}"


# --- The file itself ----------------------------------------------------------------------------------------


def test_it_is_one_short_file_that_imports_only_python() -> None:
    source = FILE.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 300
    named = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(source, feature_version=(3, 9)))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names


def test_it_runs_by_itself_and_says_that_nothing_outside_was_asked(tmp_path: Path) -> None:
    answer = Answer(saved(tmp_path, "ledger.jsonl", exported(a_chain())))
    assert (answer.code, answer.err) == (0, "")
    assert "holds: 5 entries, not checked against an outside head." in answer.out


# --- Ed25519 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_signatures_of_the_rfc_are_right_and_none_beside_them(
    public: str, message: str, signature: str
) -> None:
    key, said, right = (bytes.fromhex(each) for each in (public, message, signature))
    assert verifier.is_signed(key, said, right)
    assert not verifier.is_signed(key, said + b"x", right)
    assert not verifier.is_signed(key, said, right[:32] + bytes(32))
    larger = int.from_bytes(right[32:], "little") + verifier.ORDER  # the same point, spelt in another way
    assert not verifier.is_signed(key, said, right[:32] + larger.to_bytes(32, "little"))


@settings(max_examples=25, deadline=None)
@given(any_.binary(min_size=32, max_size=32), any_.binary(max_size=80), any_.integers(0, 64 * 8 - 1))
def test_it_agrees_with_the_library_that_signs(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert verifier.is_signed(public, message, signature)
    altered = bytearray(signature)
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(bytes(altered), message)
    assert not verifier.is_signed(public, message, bytes(altered))


# --- Where --------------------------------------------------------------------------------------------------


def test_the_first_entry_that_does_not_hold_is_named(tmp_path: Path, run: Callable[..., Answer]) -> None:
    lines = a_chain()
    altered = [*lines[:2], Line(lines[2].digest, lines[2].text.replace("Edda", "Enda")), *lines[3:]]
    answer = run(saved(tmp_path, "a", exported(altered)))
    assert answer.code == 1
    assert "entry 3: its text is not the one" in answer.out.splitlines()[1]
    answer = run(saved(tmp_path, "b", exported([*lines[:1], *lines[2:]])))
    assert "entry 2: it says that it is entry 3: one was taken out" in answer.out.splitlines()[1]


def test_papers_bracket_where_a_rewritten_history_parts(tmp_path: Path, run: Callable[..., Answer]) -> None:
    lines = a_chain(9)
    papers = [saved(tmp_path, f"{at}.html", f"<p>{marked(lines, at)}</p>") for at in (2, 4, 6, 9)]
    answer = run(saved(tmp_path, "a", exported(forged(lines, 5))), *papers)
    assert answer.code == 1
    assert "altered between entry 5 and entry 6." in answer.out
    assert "4.html: head 4 agrees." in answer.out
    assert "9.html: head 9: up to there the history is another one" in answer.out


def test_a_cut_tail_is_found_by_the_paper_that_knew_it(tmp_path: Path, run: Callable[..., Answer]) -> None:
    lines = a_chain()
    path = saved(tmp_path, "a", exported(lines[:3]))
    assert run(path).code == 0
    answer = run(path, saved(tmp_path, "p.csv", marked(lines, 5)))
    assert answer.code == 1
    assert "at entry 3 it was cut, rewound or rewritten" in answer.out


@pytest.mark.parametrize("number", ["4:", ""])
def test_a_head_that_somebody_wrote_down_counts_too(
    tmp_path: Path, run: Callable[..., Answer], number: str
) -> None:
    lines = a_chain()
    path = saved(tmp_path, "a", exported(lines))
    head = number + lines[3].digest
    assert "outside heads, up to entry 4" in run(path, "--head", head).out
    assert run(saved(tmp_path, "b", exported(forged(lines, 2))), "--head", head).code == 1
    assert run(path, "--head", "12:abc").code == 2


# --- Papers -------------------------------------------------------------------------------------------------


def packed(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def papers(said: str) -> dict[str, bytes]:
    """The same head in each kind of paper, as each carries it."""
    number, digest = said.split(" ")[1].split(":")
    stream = zlib.compress(f"BT ({said}) Tj ET".encode())
    return {
        "marked.html": f'<meta name="watchkeep-head" content="{number}:{digest}">'.encode(),
        "marked.csv": f'"{said}"\r\n'.encode(),
        "marked.json": json.dumps({"watchkeep-head": f"{number}:{digest}"}).encode(),
        "xmp.pdf": f"%PDF-1.7\n<x:xmpmeta>{said}</x:xmpmeta>".encode(),
        "info.pdf": b"%PDF-1.7\n/Keywords (" + said.encode("utf-16-be") + b")",
        "stream.pdf": b"%PDF-1.7\n<<>>stream\r\n" + stream + b"\nendstream",
        "paper.docx": packed(**{"docProps/custom.xml": f"<vt:lpwstr>{said}</vt:lpwstr>"}),
        "paper.xlsx": packed(**{"docProps/core.xml": f"<cp:keywords>{said}</cp:keywords>"}),
        "site.zip": packed(**{"index.html": f"<p>{said}</p>"}),
        "older.html": f"<h3>Ledger head</h3><p>The digest.</p><p><code>{digest}</code></p>".encode(),
    }


@pytest.mark.parametrize("name", papers(f"watchkeep-head 1:{'0' * 64}"))
def test_a_head_is_found_in_every_kind_of_paper(
    tmp_path: Path, run: Callable[..., Answer], name: str
) -> None:
    lines = a_chain()
    paper = saved(tmp_path, name, papers(marked(lines, 4))[name])
    answer = run(saved(tmp_path, "a", exported(lines)), paper)
    assert answer.code == 3, answer.out  # no entry of this made-up chain tells of a file
    assert f"{name}: head 4 agrees." in answer.out
    assert run(saved(tmp_path, "b", exported(forged(lines, 3))), paper).code == 1


def with_an_edition(data: bytes) -> list[Line]:
    """A chain that tells of an edition, its file, and that it was withdrawn."""
    row = {"title": "Harbour risks\x1b[2J", "audience": "public", "number": 3, "state": "frozen"}
    told = [
        [{"model": "publication.edition", "id": "e", "after": row}],
        [
            {
                "model": "publication.editionfile",
                "id": "f",
                "after": {"edition_id": "e", "sha256": verifier.sha(data).hex(), "kind": "pdf"},
            }
        ],
        [{"model": "publication.edition", "id": "e", "before": {}, "after": {"state": "withdrawn"}}],
    ]
    return a_chain(3, rows=told)


def test_the_very_bytes_of_a_paper_are_named_with_their_edition_and_its_end(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    data = b"%PDF-1.7 the paper"
    ledger_file = saved(tmp_path, "a", exported(with_an_edition(data)))
    paper = saved(tmp_path, "p.pdf", data)
    answer = run(ledger_file, paper)
    assert answer.code == 3
    assert "(no outside head covers entry 2: give a later paper or checkpoint; publishing" in answer.out
    assert "ask the body, or who is mailed them)" in answer.out
    covered = run(ledger_file, paper, "--head", f"2:{with_an_edition(data)[1].digest}")
    assert (covered.code, "no outside head" in covered.out) == (0, False)
    assert (
        "p.pdf: byte for byte the pdf file of entry 2: Harbour risks?[2J, public, 3, withdrawn" in answer.out
    )
    assert "no head was found in it" in answer.out
    assert "not checked against an outside head" in answer.out
    other = run(ledger_file, saved(tmp_path, "q.pdf", data + b" "))
    assert other.code == 3
    assert "q.pdf: NOT, byte for byte, a published file" in other.out


def test_a_forged_paper_is_not_proved_by_a_history_that_was_rewritten_after_its_head(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    """The entry that names a file lies after the head that the file prints: only a later head covers it."""
    true = b"<p>" + marked(with_an_edition(b""), 1).encode() + b" rating 12</p>"
    false = true.replace(b"rating 12", b"rating 02")
    rewritten = saved(tmp_path, "a", exported(with_an_edition(false)))
    paper = saved(tmp_path, "p.html", false)
    answer = run(rewritten, paper)
    assert (answer.code, "no outside head covers entry 2" in answer.out) == (3, True)
    assert run(rewritten, paper, "--head", f"2:{with_an_edition(true)[1].digest}").code == 1
    assert run(rewritten, paper, saved(tmp_path, "c", str(a_note(with_an_edition(true), 3)))).code == 1


def test_a_file_of_an_edition_that_never_went_out_is_no_published_paper(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    lines = with_an_edition(b"true")[:2]
    head = ("--head", f"2:{lines[1].digest}")
    answer = run(saved(tmp_path, "a", exported(lines)), saved(tmp_path, "true", b"true"), *head)
    assert (answer.code, "public, 3, frozen" in answer.out) == (3, True)


def test_a_file_that_a_later_entry_names_anew_is_named_where_it_first_was(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    """A row of a covered entry, rewritten by a later entry to name a forged file, covers nothing."""
    rows = json.loads(with_an_edition(b"true")[1].text)["rows"]
    again = [{**rows[0], "after": {**rows[0]["after"], "sha256": verifier.sha(b"false").hex()}}]
    gone_out = [{"model": "publication.edition", "id": "e", "after": {"state": "published"}}]
    lines = a_chain(4, rows=[gone_out, rows, again, []])
    ledger_file = saved(tmp_path, "a", exported(lines))
    head = ("--head", f"2:{lines[1].digest}")
    assert run(ledger_file, saved(tmp_path, "true", b"true"), *head).code == 0
    assert run(ledger_file, saved(tmp_path, "false", b"false"), *head).code == 3


def test_a_forged_paper_does_not_vanish_behind_one_whose_name_looks_the_same(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    lines = with_an_edition(b"true")
    false, true = saved(tmp_path, "a\u200b", b"false"), saved(tmp_path, "a\u200c", b"true")
    answer = run(saved(tmp_path, "l", exported(lines)), false, true, "--head", f"3:{lines[2].digest}")
    assert (answer.code, answer.out.count("/a?: ")) == (3, 2)
    assert "NOT, byte for byte" in answer.out


# --- Signed checkpoints -------------------------------------------------------------------------------------

LOG, WITNESS, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([each]) * 32) for each in (1, 2, 3))
KEY = notes.Key(notes.origin_of(BODY), LOG.public_key().public_bytes_raw())
WITNESS_KEY = notes.Key("mossgate.test/w", WITNESS.public_key().public_bytes_raw(), notes.COSIGNATURE)


def a_note(lines: list[Line], size: int, by: Ed25519PrivateKey = LOG) -> notes.Note:
    root = merkle.root(merkle.leaf(each.text) for each in lines[:size])
    return notes.signed(notes.Checkpoint(notes.origin_of(BODY), size, root), KEY, by.sign)


def cosigned(note: notes.Note) -> notes.Note:
    stamp, text = (1_900_000_000).to_bytes(8, "big"), note.checkpoint.text.encode()
    line = WITNESS_KEY.number + stamp + WITNESS.sign(b"cosignature/v1\ntime 1900000000\n" + text)
    return notes.Note(note.checkpoint, (*note.signatures, (WITNESS_KEY.name, line)))


def test_signed_heads_bracket_too_and_say_who_signed(tmp_path: Path, run: Callable[..., Answer]) -> None:
    lines = a_chain(9)
    copy = saved(tmp_path, "heads", "\n".join(str(cosigned(a_note(lines, at))) for at in (2, 4, 7)))
    asked = (copy, "--key", KEY, "--key", WITNESS_KEY)
    good = run(saved(tmp_path, "a", exported(lines)), *asked)
    assert good.code == 0, good.out
    assert f"signed by {KEY.name} and {WITNESS_KEY.name}: head 7 agrees" in good.out
    bad = run(saved(tmp_path, "b", exported(forged(lines, 5))), *asked)
    assert bad.code == 1
    assert "altered between entry 5 and entry 7." in bad.out
    assert "for want of --key" in run(saved(tmp_path, "a", exported(lines)), copy).out
    assert "not checked" not in good.out


def test_heads_that_nobody_proved_are_not_told_of_as_if_somebody_had(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    lines = a_chain(9)
    copy = saved(tmp_path, "heads", "\n".join(str(a_note(lines, at, by=STRANGER)) for at in (2, 4)))
    answer = run(saved(tmp_path, "a", exported(lines)), copy, "--head", marked(lines, 5).split()[1])
    first = answer.out.splitlines()[0]
    assert (
        "checked against 3 outside heads, up to entry 5; the signatures of 2 of them were not checked"
        in first
    )


@pytest.mark.parametrize("words", ["", "\n \r\n\t"])
def test_a_file_without_a_key_is_not_taken_for_none_asked(
    tmp_path: Path, run: Callable[..., Answer], words: str
) -> None:
    lines, empty = a_chain(), saved(tmp_path, "keys.txt", words)
    copy = saved(tmp_path, "heads", str(a_note(lines, 4, by=STRANGER)))
    answer = run(saved(tmp_path, "a", exported(lines)), copy, "--key", empty)
    assert (answer.code, answer.out) == (2, "")
    assert f"no key in {empty}" in answer.err


def test_what_could_not_be_read_is_told_in_words(tmp_path: Path, run: Callable[..., Answer]) -> None:
    path = saved(tmp_path, "a", exported(a_chain()))
    broken, nowhere = saved(tmp_path, "b.docx", b"PK no zip"), tmp_path / "nowhere.txt"
    damaged, gone = run(path, broken), run(path, "--key", nowhere)
    assert (damaged.code, gone.code) == (2, 2)
    assert damaged.err == f"Could not check {broken}: it is damaged, or packed in an unknown way\n"
    assert gone.err.endswith(f"No such file or directory: {nowhere}\n")


def test_a_checkpoint_of_somebody_else_vouches_for_nothing(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    lines = a_chain()
    path = saved(tmp_path, "a", exported(lines))
    copy = saved(tmp_path, "heads", str(a_note(lines, 4, by=STRANGER)))
    assert run(path, copy, "--key", KEY).code == 1
    keys = saved(tmp_path, "keys", f"{KEY}\n{WITNESS_KEY}\n")
    assert run(path, saved(tmp_path, "right", str(a_note(lines, 4))), "--key", keys).code == 0
    assert run(path, copy, "--key", str(KEY)[:-6] + "AAAAA=").code == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_text_of_mailed_checkpoints_is_a_file_for_both_checkers(
    tmp_path: Path, run: Callable[..., Answer], end: str
) -> None:
    lines, sent = a_chain(9), list[str]()
    post = SimpleNamespace(send=lambda letter: sent.append(letter.text))
    kept = [str(a_note(lines, at)) for at in (3, 7)]
    for note in kept:
        proving.mail(cast(Any, post), ["audit@example.org"], note)
    text = "\n".join(sent).replace("\n", end)
    assert list(notes.notes_of(text)) == kept
    copy = saved(tmp_path, "mail.txt", text)
    answer = run(saved(tmp_path, "a", exported(lines)), copy, "--key", KEY)
    assert (answer.code, answer.out.count(" agrees.")) == (0, 2), answer.out
    assert run(saved(tmp_path, "b", exported(forged(lines, 5))), copy, "--key", KEY).code == 1


def test_words_around_a_checkpoint_make_a_paper_of_it_and_a_damaged_one_is_no_words(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    lines = a_chain(9)
    path, note = saved(tmp_path, "a", exported(lines)), str(a_note(lines, 4))
    forged_paper = run(path, saved(tmp_path, "p.html", f"<p>rating 02</p>\n\n{note}"), "--key", KEY)
    assert (forged_paper.code, "NOT, byte for byte" in forged_paper.out) == (3, True)
    for damaged in (note.replace("\n4\n", "\n4x\n"), note[:-20], note.replace("— ", "- "), "a line\n"):
        for text in (f"{note}{damaged}", f"{damaged}\n{note}", f"{note}\n{damaged}"):
            if text != f"a line\n\n{note}":
                assert run(path, saved(tmp_path, "c", text), "--key", KEY).code == 1, text
                assert any(each != note for each in notes.notes_of(text)), text


def test_a_signature_that_nobody_knows_stops_nothing_and_an_unreadable_one_of_a_key_vouches_for_nothing(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    lines = a_chain()
    path, note = saved(tmp_path, "a", exported(lines)), str(a_note(lines, 4))
    assert run(path, saved(tmp_path, "b", note + "— other abcde\n"), "--key", KEY).code == 0
    assert run(path, saved(tmp_path, "c", note + f"— {KEY.name} abcde\n"), "--key", KEY).code == 1


def test_no_altered_byte_of_a_checkpoint_is_accepted(tmp_path: Path) -> None:
    """Each sign of a note that two have signed, changed, by both readers."""
    lines = a_chain()
    text = str(cosigned(a_note(lines, 4)))
    keys = [(each.name, each.public, each.kind) for each in (KEY, WITNESS_KEY)]
    right = {KEY, WITNESS_KEY}

    def product_accepts(mutant: str) -> bool:
        try:
            return set(notes.signers(notes.note_of(mutant), right, signing.is_signed)) == right
        except ValueError:
            return False

    def verifier_accepts(mutant: str) -> bool:
        try:
            heads = list(verifier.checkpoints("x", mutant, keys))
        except ValueError:
            return False
        return (
            len(heads) == 1
            and not heads[0].problem
            and "x, signed by " + " and ".join((KEY.name, WITNESS_KEY.name)) == heads[0].source
        )

    assert product_accepts(text)
    assert verifier_accepts(text)
    mutants = [text[:at] + chr(ord(sign) ^ 1) + text[at + 1 :] for at, sign in enumerate(text)]
    accepted = [each for each in mutants if product_accepts(each)]
    accepted += [each for each in mutants[::5] if verifier_accepts(each)]  # make trust tries them all
    assert accepted == []


# --- What was made to harm it -------------------------------------------------------------------------------


def test_a_file_that_is_no_export_is_said_to_be_none(tmp_path: Path, run: Callable[..., Answer]) -> None:
    deep = "[" * 200_000
    for number, words in enumerate(
        ("", "x", "[1]", '{"format":"watchkeep.ledger/2","body":"x"}', "\0", deep)
    ):
        answer = run(saved(tmp_path, str(number), words))
        assert answer.code == 2
        assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "line",
    [
        '{"digest":1,"text":2}',
        "[" * 100_000,
        '{"text":"' + "9" * 100_000 + '"}',
        json.dumps({"digest": "x", "text": "[" * 100_000}),
        json.dumps({"digest": "x", "text": '{"sequence":' + "1" * 100_000 + "}"}),
        json.dumps({"digest": "x", "text": '{"rows":[1,{"model":"publication.edition","after":[]}]}'}),
        "\udcff",
        "\0" * 99,
    ],
    ids=lambda each: each[:24].encode("ascii", "replace").decode(),
)
def test_a_hostile_line_is_a_fault_in_its_place(
    tmp_path: Path, run: Callable[..., Answer], line: str
) -> None:
    rows = exported(a_chain()).split("\n")
    rows[3] = line
    path = tmp_path / "a"
    path.write_bytes("\n".join(rows).encode("utf-8", "surrogateescape"))
    answer = run(path)
    assert answer.code == 1
    assert answer.out.splitlines()[1].startswith("  entry 3: ")


LARGE = 4 << 20
HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: packed(**{f"{number}.xml": bytes(LARGE // 3) for number in range(4)}),
    "broken.docx": lambda: (whole := packed(a=os.urandom(999)))[:60] + b"\xff" * 10 + whole[70:],
    "cut.docx": lambda: packed(a=b"x" * 999)[:60],
    "bomb.pdf": lambda: b"%PDF-1.7\n" + (b"stream\n" + zlib.compress(bytes(LARGE // 2))) * 3,
    "flood.pdf": lambda: b"%PDF-1.7\n" + b"stream\n" * 100_000,
    "words.html": lambda: b"Ledger head" * 100_000 + b"watchkeep-head" * 100_000,
    "lines.txt": lambda: b"a\n1\n" * 200_000 + "— x\n".encode() * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_paper_costs_a_sentence(
    tmp_path: Path, run: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(verifier, "UNPACKED", LARGE)
    answer = run(saved(tmp_path, "a", exported(a_chain())), saved(tmp_path, name, HOSTILE[name]()))
    if name in ("flood.pdf", "words.html", "lines.txt"):
        assert (answer.code, "no head was found in it" in answer.out) == (3, True)
    else:
        assert (answer.code, answer.err.count("\n")) == (2, 1)
        assert name in answer.err


def test_a_stream_costs_what_it_holds_and_not_what_lies_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read, stream = list[int](), b"stream\n" + zlib.compress(b"x" * 9)

    class Counting:
        def __init__(self) -> None:
            self.one = zlib_object()

        def decompress(self, data: bytes, most: int) -> bytes:
            read.append(len(data))
            return self.one.decompress(data, most)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.one, name)

    zlib_object = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", Counting)
    found = list(verifier.pieces(Path("p"), b"%PDF-1.7\n" + stream * 40 + bytes(4 << 20)))
    assert found[1:] == [b"x" * 9] * 40
    assert sum(read) <= 40 * (64 << 10)


def test_a_long_stream_is_read_whole_and_a_damaged_one_as_far_as_it_goes() -> None:
    long = os.urandom(1 << 20) + bytes(1 << 20)
    whole = zlib.compress(long)
    assert list(verifier.pieces(Path("p"), b"stream\n" + whole))[1] == long
    assert len(list(verifier.pieces(Path("p"), b"stream\n" + whole[: len(whole) // 2]))[1]) > 1 << 18


def test_what_is_not_there_or_no_file_is_one_sentence(tmp_path: Path, run: Callable[..., Answer]) -> None:
    path = saved(tmp_path, "a", exported(a_chain()))
    os.mkfifo(tmp_path / "pipe")
    for asked in (
        (tmp_path / "none",),
        (path, tmp_path / "none"),
        (path, tmp_path / "pipe"),
        (path, tmp_path),
    ):
        answer = run(*asked)
        assert (answer.code, answer.err.count("\n")) == (2, 1)


def test_the_ledger_may_stand_in_a_folder_or_a_zip(tmp_path: Path, run: Callable[..., Answer]) -> None:
    text = exported(a_chain())
    saved(tmp_path, "ledger.jsonl", text)
    assert run(tmp_path).code == 0
    assert run(saved(tmp_path, "x.zip", packed(**{"export/ledger.jsonl": text}))).code == 0
    both = exported(forged(a_chain(), 2)).encode() + (tmp_path / "x.zip").read_bytes()
    head = f"5:{a_chain()[4].digest}"
    assert run(tmp_path / "x.zip", "--head", head).code == 0
    assert run(saved(tmp_path, "both", both), "--head", head).code == 1
    two = packed(**{"a/ledger.jsonl": text, "b/ledger.jsonl": text})
    assert run(saved(tmp_path, "y.zip", two)).code == 2


def test_it_walks_the_tree_as_the_product_does() -> None:
    lines = a_chain(33)
    heads = [verifier.Head("x", size) for size in range(1, 34)]
    found = verifier.walk(exported(lines).split("\n"), heads)
    for size in range(1, 34):
        root = merkle.root(merkle.leaf(each.text) for each in lines[:size])
        assert found.places[size] == (lines[size - 1].digest, root)
    assert base64.b64encode(root).decode() in str(a_note(lines, 33))
    assert ledger.check(lines, body=BODY).holds
