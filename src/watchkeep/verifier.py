"""Check an exported Watchkeep history against what has left the building: papers and signed checkpoints.

    python3 verify.py LEDGER [PAPER OR CHECKPOINTS ...] [--head NUMBER:DIGEST] [--key KEY]

LEDGER is ledger.jsonl, or the folder or zip of an export; KEY a public key, or a file of them. Exit code 0:
the history holds. 1: it does not. 2: it could not be checked. 3: it holds; a paper is not proved published.
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
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LATER = "give a later paper or checkpoint; publishing signs one: ask the body, or who is mailed them"
FORMAT, UNCHECKED = "watchkeep.ledger/1", "not checked against an outside head"
LINE, LARGEST, UNPACKED, PIECES = 64 << 20, 128 << 20, 512 << 20, 20_000  # bytes, and parts of one file
MARKED = re.compile(rb"watchkeep-head[^0-9]{1,60}?(\d{1,15}):([0-9a-f]{64})(?![0-9a-f])")
PRINTED = re.compile(rb"Ledger head(?:(?!Ledger head)[\s\S]){0,900}?(?<![0-9a-f])([0-9a-f]{64})(?![0-9a-f])")
NOTE = re.compile(r"(?a)(?<![^\n])(([^\n]{1,300})\n(0|[1-9]\d{0,14})\n([\w+/]{43}=)\n)\n((?:— [^\n]{9,}\n)+)")
BROKEN = re.compile(r"(?am)\0[^\n\0]|^(?:— |\d+$|[\w+/]{43}=$)|\0[^\0]+\Z")  # between notes: others, damaged
MAILED = "Keep this where nobody who runs the register can change it; later, give it to verify.py as a file."
CODED = re.compile(r"(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z\d+/][AQgw]==)?", re.A)
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
    unproved: bool = False  # it is signed, and nobody checked by whom


@dataclass
class History:  # what one walk over the ledger found
    entries: int = 0
    head: str = ""
    faults: list[tuple[int, str]] = field(default_factory=list)
    places: dict[int, tuple[str, bytes]] = field(default_factory=dict)  # digest and root, where asked for
    numbers: dict[str, int] = field(default_factory=dict)
    editions: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)  # by SHA-256, with the entry


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def plain(value: object) -> str:
    return "".join(each if each.isprintable() else "?" for each in str(value)[:200])  # harmless to a terminal


def parsed(text: str) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        value = json.loads(text, parse_int=lambda digits: int(digits[:30]))  # endless ones only cost time
        return value if isinstance(value, dict) else {}
    return {}


def walk(lines: Iterable[str], heads: Iterable[Head]) -> History:  # digests and links; places of heads
    waiting = (line for line in lines if line.strip())
    heading = parsed(next(waiting, ""))
    body = heading.get("body")
    if heading.get("format") != FORMAT or not isinstance(body, str):
        raise ValueError(f"This is not a ledger export: the first line does not say {FORMAT}.")
    found, wanted, named = History(), {head.number for head in heads}, {head.digest for head in heads}
    last = sha(FORMAT.encode(), b" opening\0", body.encode("utf-8", "surrogatepass")).hex()
    trees: list[tuple[int, bytes]] = []  # RFC 9162: the leaves and the root of each whole subtree
    for number, line in enumerate(waiting, 1):
        text, digest = (str(each.get(name, "")) for each in [parsed(line)] for name in ("text", "digest"))
        raw, said = text.encode("utf-8", "surrogatepass"), parsed(text)
        if problem := fault_of(raw, digest, said, (number, last, body)):
            found.faults.append((number, problem))
        note_files(found, number, said.get("rows"))
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


def note_files(found: History, number: int, rows: Any) -> None:
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(after := row.get("after"), dict):
            if row.get("model") == "publication.edition":
                found.editions.setdefault(str(row.get("id")), {}).update(after)
            if row.get("model") == "publication.editionfile":
                found.files.setdefault(str(after.get("sha256")), (number, after))


def ledger_lines(path: Path) -> Iterator[str]:  # one at a time: it may be larger than memory
    path = path / "ledger.jsonl" if path.is_dir() else path
    with path.open("rb") as file:  # by its first bytes: a zip may be added to the end of any file
        archive = zipfile.ZipFile(path) if file.read(2) == b"PK" else None
    names = [each for each in archive.namelist() if each.endswith("ledger.jsonl")] if archive else []
    if archive and len(names) != 1:
        raise ValueError("There is no ledger.jsonl in this zip, or more than one.")
    with archive.open(names[0]) if archive else path.open("rb") as file:
        while line := file.readline(LINE):
            if len(line) == LINE:
                raise ValueError("A line of the ledger is longer than any entry can be.")
            yield line.decode("utf-8", "replace")


def read(path: Path, keys: Keys, papers: list[Any], heads: list[Head]) -> None:  # adds what it is, and says
    if path.stat().st_size > LARGEST or not path.is_file():
        raise ValueError(f"it is no file, or larger than {LARGEST >> 20} MB")
    data, name = path.read_bytes(), plain(path)
    if NOTE.search(text := data.decode("utf-8", "replace").replace("\r\n", "\n")):
        heads += checkpoints(name, text, keys)
        if not " ".join(NOTE.sub("", text).split()).replace(MAILED, "").strip():
            return  # with any other words, it is held to be a paper too
    marked, printed = set[Any](), set[Any]()
    for piece in (each.replace(b"\0", b"") for each in pieces(path, data)):  # UTF-16 becomes plain in passing
        marked.update(MARKED.findall(piece))
        printed.update((b"0", each) for each in PRINTED.findall(piece))
    heads += [Head(name, int(number), digest.decode()) for number, digest in sorted(marked or printed)]
    papers.append((name, sha(data).hex(), bool(marked or printed)))


def pieces(path: Path, data: bytes) -> Iterator[bytes]:  # the file, and what is packed in it
    yield data
    left, archive = UNPACKED, zipfile.ZipFile(path) if data[:2] == b"PK" else None
    parts: Any = archive.infolist() if archive else re.finditer(rb"stream\r?\n", data)
    for _, part in zip(range(PIECES), parts):  # noqa: B905 (Python 3.9)
        piece, taken = (archive.open(part).read(left + 1), 0) if archive else inflated(data, part.end(), left)
        if (left := left - taken - len(piece)) < 0:
            raise ValueError(f"it unpacks to more than {UNPACKED >> 20} MB")
        yield piece


def inflated(data: bytes, at: int, most: int) -> tuple[bytes, int]:  # and how many bytes that took
    stream, piece, taken = zlib.decompressobj(), bytearray(), 0
    with suppress(zlib.error):  # packed in another way, or damaged from there on
        while at + taken < len(data) and taken + len(piece) <= most and not stream.eof:
            some = data[at + taken : at + taken + 65536]  # not all the rest: it is copied each time
            piece += stream.decompress(some, 65536)
            taken += len(some) - len(stream.unconsumed_tail) - len(stream.unused_data)
    return bytes(piece), taken


def checkpoints(name: str, text: str, keys: Keys) -> Iterator[Head]:  # C2SP tlog-checkpoint
    for whole, _, size, root, lines in NOTE.findall(text):
        by = [each for line in lines.split("\n")[:-1] for each in signers(whole, line, keys)]
        said = f"signed by {' and '.join(by)}" if by else "signature not checked, for want of --key"
        wrong = (keys and (not by or "" in by)) or not CODED.fullmatch(root)
        why = "it is not signed by a key that was given: it was altered, or is another's" if wrong else ""
        yield Head(f"{name}, {said}", int(size), "", base64.b64decode(root * (not wrong)), why, not keys)
    if BROKEN.search(NOTE.sub("\0", text).rstrip()):
        yield Head(name, 0, problem="a part of it is no checkpoint: it was altered")


def signers(text: str, line: str, keys: Keys) -> Iterator[str]:  # "" for one who did not sign this
    name, _, coded = line[2:].partition(" ")
    data = base64.b64decode(coded) if CODED.fullmatch(coded) else b""
    for known, public, kind in keys:
        if known == name and data[:4] in (b"", sha(known.encode(), b"\n", bytes([kind]), public)[:4]):
            when = b"cosignature/v1\ntime %d\n" % int.from_bytes(data[4:12], "big") if kind == 4 else b""
            yield plain(name) if is_signed(public, when + text.encode(), data[12 if when else 4 :]) else ""


def keys_of(given: str) -> Iterator[tuple[str, bytes, int]]:
    for line in [given] if "+" in given else Path(given).read_text("utf-8", "replace").split() or [""]:
        name, number, coded = [*line.split("+", 2), "", ""][:3]
        data = base64.b64decode(coded)
        if len(data) != 33 or sha(name.encode(), b"\n", data)[:4].hex() != number:
            raise ValueError(f"no key in {plain(given)}: “{plain(line)}” is not name, number, key, with +")
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


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:  # by its holder (RFC 8032)
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


def judge(history: History, heads: list[Head]) -> None:  # says of each that does not agree, why
    for head in (each for each in heads if not each.problem):
        head.number = head.number or history.numbers.get(head.digest, 0)
        if not 0 < head.number <= history.entries:
            head.problem = f"no such entry; at entry {history.entries} it was cut, rewound or rewritten"
        digest, root = history.places.get(head.number, (head.digest, head.root))
        if not head.problem and (head.digest not in ("", digest) or head.root not in (b"", root)):
            head.problem = "up to there the history is another one: it was rewritten or altered"


def told(history: History, heads: list[Head], papers: list[Any]) -> tuple[int, list[str]]:
    wrong, good = [each for each in heads if each.problem], [each for each in heads if not each.problem]
    holds, proved, last = not history.faults and not wrong, True, max([0, *(each.number for each in good)])
    outside = f"checked against {len(heads)} outside heads, up to entry {last}" if heads else UNCHECKED
    unproved = sum(each.unproved for each in heads)
    outside += f"; the signatures of {unproved} of them were not checked: give --key" if unproved else ""
    lines = [f"The history {'holds' if holds else 'does NOT hold'}: {history.entries} entries, {outside}."]
    lines += [f"  entry {number}: {why}." for number, why in history.faults[:20]]
    lines += [f"  {each.source}: head {each.number or each.digest}: {each.problem}." for each in wrong]
    if first := min((each.number for each in wrong if each.number), default=0):
        below = max((each.number for each in good if each.number < first), default=0)
        lines.append(f"  By the outside heads, it was altered between entry {below + 1} and entry {first}.")
    lines += [f"  {each.source}: head {each.number} agrees." for each in good]
    for name, digest, printed in papers:
        at, row = history.files.get(digest, (0, {}))
        of = history.editions.get(str(row.get("edition_id")), {})
        named = ", ".join(plain(of.get(each)) for each in ("title", "audience", "number", "state"))
        what = "NOT, byte for byte, a published file" + ("" if holds else " in what is here of it")
        what = f"byte for byte the {plain(row.get('kind'))} file of entry {at}: {named}" if at else what
        what += f" (no outside head covers entry {at}: {LATER})" * (at > last)
        lines.append(f"  {name}: {what}{'' if printed else '; no head was found in it: use --head'}.")
        proved = proved and 0 < at <= last and of.get("state") not in ("frozen", "approved")
    return 1 if not holds else 0 if proved else 3, [*lines, f"head {history.entries}:{history.head}"]


def main(arguments: Any = None) -> int:  # what was made to harm a parser is one sentence
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("given", type=Path, nargs="*")
    parser.add_argument("--head", action="append", default=[])
    parser.add_argument("--key", action="append", default=[])
    asked, papers = parser.parse_args(arguments), list[Any]()
    at = asked.ledger
    try:
        heads, keys = [*map(head_of, asked.head)], [key for given in asked.key for key in keys_of(given)]
        for at in asked.given:
            read(at, keys, papers, heads)
        judge(history := walk(ledger_lines(at := asked.ledger), heads), heads)
    except Exception as problem:  # noqa: BLE001
        why = problem if isinstance(problem, ValueError) else "it is damaged, or packed in an unknown way"
        why = f"{problem.strerror}: {problem.filename}" if isinstance(problem, OSError) else why
        sys.stderr.write(f"Could not check {plain(at)}: {plain(why)}\n")
        return 2
    code, lines = told(history, heads, papers)
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    return code


if __name__ == "__main__":
    raise SystemExit(main())
