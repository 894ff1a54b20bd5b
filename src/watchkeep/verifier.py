"""Check an exported Watchkeep history against what has left the building: papers and signed checkpoints.

    python3 verify.py LEDGER [PAPER OR CHECKPOINTS ...] [--head NUMBER:DIGEST] [--key KEY]

LEDGER is ledger.jsonl, or the folder or zip of an export; KEY a public key, or a file of them. Exit code 0:
the history holds. 1: it does not. 2: it could not be checked. 3: it holds, and a paper is not, byte for byte,
a published one. Not a line is shared with Watchkeep, so that a fault in one is seen by the other.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT, UNCHECKED = "watchkeep.ledger/1", "not checked against an outside head"
LINE, LARGEST, UNPACKED, PIECES = 64 << 20, 128 << 20, 512 << 20, 20_000  # bytes, and parts of one file
MARKED = re.compile(rb"watchkeep-head[^0-9]{1,60}?(\d{1,15}):([0-9a-f]{64})(?![0-9a-f])")
PRINTED = re.compile(rb"Ledger head(?:(?!Ledger head)[\s\S]){0,900}?(?<![0-9a-f])([0-9a-f]{64})(?![0-9a-f])")
NOTE = re.compile(r"(?a)(?<![^\n])(([^\n]{1,300})\n(0|[1-9]\d{0,14})\n([\w+/]{43}=)\n)\n((?:— [^\n]{9,}\n)+)")
Keys = list[tuple[str, bytes, int]]  # a name, the public key, and 1 (signs its own history) or 4 (a witness)
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # of Ed25519 (RFC 8032)
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]  # X, Y, Z, T


@dataclass
class Head:  # what was said outside of the history up to an entry: its digest, or the root over all till then
    source: str
    number: int  # 0 where it was not said
    digest: str = ""
    root: bytes = b""
    problem: str = ""  # why it does not agree


@dataclass
class History:  # what one walk over the ledger found
    entries: int = 0
    head: str = ""
    faults: list[tuple[int, str]] = field(default_factory=list)
    places: dict[int, tuple[str, bytes]] = field(default_factory=dict)  # digest and root, where asked for
    numbers: dict[str, int] = field(default_factory=dict)
    editions: dict[str, dict[Any, Any]] = field(default_factory=dict)  # and their files; 0 is the entry


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def plain(value: object) -> str:
    # Somebody's words, so that they do nothing to the terminal that they are shown on.
    return "".join(sign if sign.isprintable() else "?" for sign in str(value)[:200])


def parsed(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_int=lambda digits: int(digits[:30]))  # endless ones only cost time
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def walk(lines: Iterable[str], heads: Iterable[Head]) -> History:
    """Walk the ledger once: every text, digest and link, and the digests and roots that `heads` name."""
    waiting = (line for line in lines if line.strip())
    heading = parsed(next(waiting, ""))
    body = heading.get("body")
    if heading.get("format") != FORMAT or not isinstance(body, str):
        raise ValueError(f"This is not a ledger export: the first line does not say {FORMAT}.")
    found, wanted, named = History(), {head.number for head in heads}, {head.digest for head in heads}
    last = sha(FORMAT.encode(), b" opening\0", body.encode("utf-8", "surrogatepass")).hex()
    trees: list[tuple[int, bytes]] = []  # RFC 9162: the leaves and the root of each whole subtree
    for number, line in enumerate(waiting, 1):
        stored = parsed(line)
        text, digest = (str(stored.get(name, "")) for name in ("text", "digest"))
        raw, said = text.encode("utf-8", "surrogatepass"), parsed(text)
        if problem := fault_of(raw, digest, said, (number, last, body)):
            found.faults.append((number, problem))
        note_editions(found, number, said)
        leaves, root = 1, sha(b"\0", raw)
        while trees and trees[-1][0] == leaves:
            leaves, root = leaves * 2, sha(b"\1", trees.pop()[1], root)
        trees.append((leaves, root))
        if number in wanted:
            for _, left in reversed(trees[:-1]):
                root = sha(b"\1", left, root)
            found.places[number] = digest, root
        if digest in named:
            found.numbers[digest] = number
        found.entries, found.head, last = number, digest, digest
    return found


def fault_of(raw: bytes, digest: str, said: dict[str, Any], place: tuple[int, str, str]) -> str:
    if sha(FORMAT.encode(), b" entry\0", raw).hex() != digest:
        return "its text is not the one that its digest was taken of"
    if type(said.get("sequence")) is not int or said["sequence"] != place[0]:
        return f"it says that it is entry {plain(said.get('sequence'))}: one was taken out, put in or moved"
    if said.get("previous") != place[1]:
        return "it does not follow from the entry before it"
    return "" if said.get("body") == place[2] else "it belongs to another body"


def note_editions(found: History, number: int, said: dict[str, Any]) -> None:
    for row in said["rows"] if isinstance(said.get("rows"), list) else ():
        row = row if isinstance(row, dict) and isinstance(row.get("after"), dict) else {}
        if row.get("model") in ("publication.edition", "publication.editionfile"):
            found.editions.setdefault(str(row.get("id")), {0: number}).update(row["after"])


def ledger_lines(path: Path) -> Iterator[str]:
    """The lines of ledger.jsonl, wherever it stands, one at a time: it may be larger than the memory."""
    path = path / "ledger.jsonl" if path.is_dir() else path
    archive = zipfile.ZipFile(path) if zipfile.is_zipfile(path) else None
    names = [each for each in archive.namelist() if each.endswith("ledger.jsonl")] if archive else []
    if archive and len(names) != 1:
        raise ValueError("There is no ledger.jsonl in this zip, or more than one.")
    with archive.open(names[0]) if archive else path.open("rb") as file:
        while line := file.readline(LINE):
            if len(line) == LINE:
                raise ValueError("A line of the ledger is longer than any entry can be.")
            yield line.decode("utf-8", "replace")


def read(path: Path, keys: Keys) -> tuple[dict[str, str], list[Head]]:
    """A paper's name with its SHA-256 (none for checkpoints), and the heads in it."""
    if path.stat().st_size > LARGEST or not path.is_file():
        raise ValueError(f"it is no file, or larger than {LARGEST >> 20} MB")
    data, name = path.read_bytes(), plain(path)
    if NOTE.search(text := data.decode("utf-8", "replace")):
        return {}, list(checkpoints(name, text, keys))
    marked, printed = set[Any](), set[Any]()
    for piece in (each.replace(b"\0", b"") for each in pieces(path, data)):  # UTF-16 becomes plain in passing
        marked.update(MARKED.findall(piece))
        printed.update((b"0", each) for each in PRINTED.findall(piece))
    heads = [Head(name, int(number), digest.decode()) for number, digest in sorted(marked or printed)]
    return {name: sha(data).hex()}, heads


def pieces(path: Path, data: bytes) -> Iterator[bytes]:
    """The file, and what is packed in it within limits: a zip's parts, a PDF's streams."""
    yield data
    left, view = UNPACKED, memoryview(data)
    archive = zipfile.ZipFile(path) if data[:2] == b"PK" else None
    parts: Any = archive.infolist() if archive else re.finditer(rb"stream\r?\n", data)
    for _, part in zip(range(PIECES), parts):  # noqa: B905 (Python 3.9)
        try:
            inflated = zlib.decompressobj().decompress
            piece = archive.open(part).read(left + 1) if archive else inflated(view[part.end() :], left + 1)
        except zlib.error:
            continue  # a stream that is packed in another way, or the end of one
        if (left := left - len(piece)) < 0:
            raise ValueError(f"it unpacks to more than {UNPACKED >> 20} MB")
        yield piece


def checkpoints(name: str, text: str, keys: Keys) -> Iterator[Head]:
    """Each signed note of a file (C2SP tlog-checkpoint). With keys, one of them must have signed it."""
    for whole, _, size, root, lines in NOTE.findall(text):
        by = [each for line in lines.split("\n")[:-1] for each in signers(whole, line, keys)]
        said = f"signed by {' and '.join(by)}" if by else "signature not checked, for want of --key"
        head = Head(f"{name}, {said}", int(size), root=base64.b64decode(root))
        if (keys and (not by or "" in by)) or base64.b64encode(head.root).decode() != root:
            head.problem = "it is not signed by a key that was given: it was altered, or is another's"
        yield head
    if NOTE.sub("", text).strip():
        yield Head(name, 0, problem="a part of it is no checkpoint: it was altered")


def signers(text: str, line: str, keys: Keys) -> Iterator[str]:
    """The name of a key that made this signature; an empty one where it says so and did not."""
    name, _, coded = line[2:].partition(" ")
    data = base64.b64decode(coded)
    for known, public, kind in keys:
        if known == name and sha(known.encode(), b"\n", bytes([kind]), public)[:4] == data[:4]:
            when = b"cosignature/v1\ntime %d\n" % int.from_bytes(data[4:12], "big") if kind == 4 else b""
            right = is_signed(public, when + text.encode(), data[12 if when else 4 :])
            yield plain(name) if right and base64.b64encode(data).decode() == coded else ""


def keys_of(given: str) -> Iterator[tuple[str, bytes, int]]:
    for line in [given] if "+" in given else Path(given).read_text("utf-8").split():
        name, number, coded = [*line.split("+", 2), "", ""][:3]
        data = base64.b64decode(coded)
        if len(data) != 33 or sha(name.encode(), b"\n", data)[:4].hex() != number:
            raise ValueError(f"{plain(line)} is no public key: name, number and key, with + between.")
        yield name, data[1:], data[0]


def add(one: Point, other: Point) -> Point:
    (a, b, c, d), (u, v, w, t) = one, other
    low, high, far, deep = (b - a) * (v - u), (b + a) * (v + u), 2 * c * w, 2 * d * t * D
    e, f, g, h = (high - low) % P, (far - deep) % P, (far + deep) % P, (high + low) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar: int, point: Point) -> Point:
    most = times(scalar // 2, add(point, point)) if scalar else (0, 1, 1, 0)
    return add(most, point) if scalar % 2 else most


def point_of(data: bytes) -> Point:
    y, odd = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (odd and not x):
        raise ValueError("This public key is not a point of the curve.")
    x = P - x if x % 2 != odd else x
    return x, y, 1, x * y % P


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of this public key made this signature of the message (RFC 8032)."""
    (x, y, _, t), s = point_of(public), int.from_bytes(signature[32:64], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    x, y, z, _ = add(times(s, point_of(b"\x58" + b"\x66" * 31)), times(k, (P - x, y, 1, P - t)))
    y = y * pow(z, -1, P) % P | x * pow(z, -1, P) % P % 2 << 255
    return signature == y.to_bytes(32, "little") + s.to_bytes(32, "little") and s < ORDER


def head_of(text: str) -> Head:
    found = re.fullmatch(r"(?:(\d{1,15}):)?([0-9a-f]{64})", text.strip().lower())
    if not found:
        raise ValueError("A head is NUMBER:DIGEST, or a digest alone: 64 hexadecimal digits.")
    return Head("--head", int(found[1] or 0), found[2])


def judge(history: History, heads: list[Head]) -> None:
    """Say of each head that does not agree with the history why it does not."""
    for head in (each for each in heads if not each.problem):
        head.number = head.number or history.numbers.get(head.digest, 0)
        if not 0 < head.number <= history.entries:
            head.problem = f"no such entry; at entry {history.entries} it was cut, rewound or rewritten"
        digest, root = history.places.get(head.number, (head.digest, head.root))
        if not head.problem and (head.digest not in ("", digest) or head.root not in (b"", root)):
            head.problem = "up to there the history is another one: it was rewritten or altered"


def told(history: History, heads: list[Head], papers: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code and the words: the verdict, where it fails, then what was given."""
    wrong, good = [each for each in heads if each.problem], [each for each in heads if not each.problem]
    holds, last = not history.faults and not wrong, max((each.number for each in good), default=0)
    outside = f"checked against {len(heads)} outside heads, up to entry {last}" if heads else UNCHECKED
    lines = [f"The history {'holds' if holds else 'does NOT hold'}: {history.entries} entries, {outside}."]
    lines += [f"  entry {number}: {why}." for number, why in history.faults[:20]]
    lines += [f"  {each.source}: head {each.number or each.digest}: {each.problem}." for each in wrong]
    if first := min((each.number for each in wrong if each.number), default=0):
        below = max((each.number for each in good if each.number < first), default=0)
        lines.append(f"  By the outside heads, it was altered between entry {below + 1} and entry {first}.")
    lines += [f"  {each.source}: head {each.number} agrees." for each in good]
    files = {str(row.get("sha256")): row for row in history.editions.values()}
    for name, digest in papers.items():
        what = "NOT, byte for byte, a published file"
        if row := files.get(digest):
            of = history.editions.get(str(row.get("edition_id")), {})
            what = ", ".join(plain(of.get(each)) for each in ("title", "audience", "number", "state"))
            what = f"byte for byte the {plain(row.get('kind'))} file of entry {row[0]}: {what}"
        printed = any(head.source == name for head in heads)
        lines.append(f"  {name}: {what}{'' if printed else '; no head was found in it: use --head'}.")
    code = 1 if not holds else 3 if set(papers.values()) - files.keys() else 0
    return code, [*lines, f"head {history.entries}:{history.head}"]


def main(arguments: Any = None) -> int:
    """Check from the command line. What was made to harm a parser fails in any way: that is one sentence."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("given", type=Path, nargs="*")
    parser.add_argument("--head", action="append", default=[])
    parser.add_argument("--key", action="append", default=[])
    asked, papers = parser.parse_args(arguments), dict[str, str]()
    at = asked.ledger
    try:
        keys = [key for given in asked.key for key in keys_of(given)]
        heads = [head_of(each) for each in asked.head]
        for at in asked.given:
            paper, found = read(at, keys)
            papers, heads = {**papers, **paper}, heads + found
        at = asked.ledger
        judge(history := walk(ledger_lines(at), heads), heads)
    except Exception as problem:  # noqa: BLE001
        why = problem if isinstance(problem, (ValueError, OSError)) else type(problem).__name__
        sys.stderr.write(f"Could not check {plain(at)}: {plain(why)}\n")
        return 2
    code, lines = told(history, heads, papers)
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    return code


if __name__ == "__main__":
    raise SystemExit(main())
