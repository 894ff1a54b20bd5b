"""Everything that the records say as at a day, as files in a folder that a person or a program can use."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from watchkeep import verifier
from watchkeep.apps.history import checkpoints, signing
from watchkeep.apps.history import queries as history
from watchkeep.apps.people.queries import body_of
from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain import ledger
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.file_name import free_in
from watchkeep.domain.people import THROUGHOUT, Actor, must
from watchkeep.formats.formulas import guarded
from watchkeep.formats.writers import write
from watchkeep.formats.writers.table import to_book, to_csv
from watchkeep.gateways.storage import FileStore
from watchkeep.jobs.clocks import spoken
from watchkeep.jobs.tables import Table, comments, indicators
from watchkeep.jobs.tables.every import every_table

FORMAT: Final = "watchkeep.export.1"
INDEX: Final = "index.json"
PIECE: Final = 1_000_000  # characters of a long file that are written at once


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported: of which register (by its slug; none for all), by which clocks."""

    clock: Clock
    register: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote."""

    files: int
    size: int
    counts: dict[str, int]
    head: str


@dataclass(slots=True)
class _Folder:
    """The files of an export while they are written, and what the index says of each."""

    root: Path
    files: list[dict[str, Any]] = field(default_factory=list)

    def put(self, name: str, data: bytes) -> None:
        self.stream(name, iter((data,)))

    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with path.open("xb") as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
        self.files.append({"path": name, "sha256": digest.hexdigest(), "size": size})


def export(viewer: Actor, to: Path, store: FileStore, asked: Asked, *, at: datetime) -> Written:
    """Write it all into `to`, which must be empty or not there yet; whatever goes wrong, nothing stays half.

    `at` is the moment that the index names; but for it the same records by the same clocks give the same
    bytes.
    """
    must(viewer, "see everything", THROUGHOUT)
    with _whole(to) as staging, history.one_moment():
        folder = _Folder(staging)
        counts = _registers(viewer, folder, asked)
        counts |= _tables(viewer, folder, store, asked)
        counts["readings"] = _readings(viewer, folder, asked)
        head = _ledger(viewer, folder)
        facts = {
            "format": FORMAT,
            "body": body_of(viewer).name,
            "made_at": at.isoformat(),
            "as_at": asked.clock.as_at.isoformat() if asked.clock.as_at else None,
            "known_at": asked.clock.known_at.isoformat() if asked.clock.known_at else None,
            "register": asked.register or None,
            "head": head or None,
            "counts": counts,
            "files": sorted(folder.files, key=lambda each: str(each["path"])),
        }
        size = sum(int(each["size"]) for each in folder.files)
        folder.put(INDEX, (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode())
    return Written(len(folder.files), size, counts, head)


# --- What is written ----------------------------------------------------------------------------------------


def _registers(viewer: Actor, folder: _Folder, asked: Asked) -> dict[str, int]:
    """Each register as its document, workbook and CSV; what left it, as a document of its own."""
    rows = [each for each in queries.registers(viewer, asked.clock) if asked.register in ("", each.slug)]
    if asked.register and not rows:
        raise Missing(f"There is no register called “{asked.register}”.")
    open_risks = gone = 0
    for row in sorted(rows, key=lambda each: each.slug):
        document = queries.document(viewer, row.slug, asked.clock)
        for kind in ("json", "xlsx", "csv"):
            folder.put(f"registers/{row.slug}.{kind}", write(document, kind))
        closed = _closed(viewer, row, document, asked.clock)
        if closed.risks:
            folder.put(f"registers/{row.slug}.closed.json", write(closed, "json"))
        open_risks += len(document.risks)
        gone += len(closed.risks)
    return {"registers": len(rows), "open risks": open_risks, "closed risks": gone}


def _closed(viewer: Actor, row: RegisterRow, document: RegisterDocument, clock: Clock) -> RegisterDocument:
    here = {each.key for each in document.risks}
    every = queries.document(viewer, row.slug, clock, closed_too=True).risks
    return document.model_copy(update={"risks": tuple(each for each in every if each.key not in here)})


def _tables(viewer: Actor, folder: _Folder, store: FileStore, asked: Asked) -> dict[str, int]:
    """Each table as CSV, all of them as one workbook, and the files that the last of them tells of."""
    said = comments.shown(viewer, asked.clock, asked.register)
    attached = [each for row in said for each in row.attachments]
    places: dict[UUID, str] = {}
    names: dict[tuple[str, str], str] = {}
    for each in attached:
        if each.taken_away_at is not None:
            continue  # no longer offered to anybody; its row says so
        same = (each.name, each.sha256)
        if same not in names:
            names[same] = free_in(names.values(), each.name)
            folder.put(f"attachments/{names[same]}", store.get(each.sha256))
        places[each.id] = f"attachments/{names[same]}"
    tables = (*every_table(viewer, asked.clock, asked.register), comments.files(said, places))
    for table in tables:
        folder.put(f"tables/{table.name}.csv", to_csv(table.heading, table.rows))
    title = f"{body_of(viewer).name}: what the records say"
    folder.put("tables.xlsx", to_book(map(_sheet, tables), title=title, notes=_notes(asked)))
    return {table.name: len(table.rows) for table in tables}


def _readings(viewer: Actor, folder: _Folder, asked: Asked) -> int:
    """Every reading, as programs read them: plain numbers, and in no workbook, which might not hold them."""
    count = 0

    def pieces() -> Iterator[bytes]:
        nonlocal count
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(indicators.READINGS)
        for row in indicators.readings(viewer, asked.clock, asked.register):
            writer.writerow((*row[:-1], guarded(row[-1])))
            count += 1
            if out.tell() > PIECE:
                yield out.getvalue().encode()
                out.seek(0)
                out.truncate()
        yield out.getvalue().encode()

    folder.stream("readings.csv", pieces())
    return count


def _sheet(table: Table) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return table.name.capitalize(), table.heading, table.rows


def _notes(asked: Asked) -> tuple[str, ...]:
    what = f"The register {asked.register}" if asked.register else "The whole body"
    return f"{what}, {spoken(asked.clock)}", "An empty cell is what is not recorded."


def _ledger(viewer: Actor, folder: _Folder) -> str:
    """The whole history, whatever the clocks: a chain that is cut proves less. What checks it lies beside."""
    lines = ledger.export(history.lines(viewer), body=viewer.body, name=body_of(viewer).name)
    folder.stream("ledger.jsonl", (f"{line}\n".encode() for line in lines))
    folder.put("verify.py", Path(verifier.__file__).read_bytes())
    if signed := checkpoints.stored(viewer):
        folder.put("checkpoints.txt", "\n".join(signed).encode())
        folder.put("keys.txt", "".join(f"{key}\n" for key in signing.keys(viewer.body)).encode())
    head = history.head(viewer)
    return str(head) if head else ""


# --- A folder that is there whole, or not at all ------------------------------------------------------------


@contextmanager
def _whole(to: Path) -> Iterator[Path]:
    """A folder beside `to` to write into; it takes the place of `to` at the end, or goes without a trace."""
    _must_be_empty(to)
    to.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=to.parent, prefix=f".{to.name}-"))  # readable by its owner only
    try:
        yield staging
        if to.exists():
            _taking_its_place(to.rmdir)
        _taking_its_place(lambda: staging.rename(to))
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _must_be_empty(to: Path) -> None:
    if to.is_symlink() or (to.exists() and not to.is_dir()):
        raise Invalid("to", f"{to} is not a folder. Name one that is empty, or one that is not there yet.")
    if to.exists() and any(to.iterdir()):
        raise Invalid("to", f"{to} is not empty. Name a folder that is, or one that is not there yet.")


def _taking_its_place(step: Callable[[], object]) -> None:
    try:
        step()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise Invalid(
            "to", f"The folder cannot be put in its place ({reason}). Name one that is not there yet."
        ) from None
