"""Files to register documents: `read_file` reads in a limited child process, `read_here` is what it runs.

Importing this room costs nothing: each format, and pydantic, is loaded only when a file needs it.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readers.boundary import SMALLER, incomplete, unreadable
from watchkeep.formats.readers.kinds import kind_of

if TYPE_CHECKING:
    from watchkeep.domain.document import RegisterDocument

LARGEST_FILE = 50 * 1024 * 1024


def read_file(path: Path, *, name: str | None = None) -> RegisterDocument:
    """The register in the file at `path`, read in a limited child process, checked by the schema here.

    `name` is what the file is called to people, where `path` is not it (a stored upload).
    """
    from pydantic import ValidationError

    from watchkeep.domain.document import RegisterDocument

    called = name or path.name
    answer = answer_for(path, name=called)
    try:
        return RegisterDocument.model_validate(answer["document"])
    except (KeyError, ValidationError) as problem:
        raise incomplete(called) from problem


def answer_for(path: Path, *, name: str | None = None) -> dict[str, Any]:
    """What the child answers: document and flat form, as plain values not yet checked by the schema."""
    from watchkeep.formats.readers.child import run

    called = name or path.name
    data = bytes_of(path, called)
    answer = json.loads(run("watchkeep.formats.readers:answer", data, called))
    if not isinstance(answer, dict) or not isinstance(answer.get("document"), dict):
        raise incomplete(called)
    return answer


def bytes_of(path: Path, called: str) -> bytes:
    """The bytes of an ordinary file of a size that can be read; anything else is said in a sentence."""
    try:
        if path.is_dir():
            raise Unreadable(where=called, why="this is a folder, not a file.", remedy="Name a file in it.")
        if path.exists() and not path.is_file():
            raise Unreadable(where=called, why="this is not an ordinary file.", remedy="Name a file.")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise Unreadable(
                where=called,
                why=f"the file is {size / 1e6:.0f} MB; files up to {LARGEST_FILE // 2**20} MB are read.",
                remedy=SMALLER,
            )
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise Unreadable(
            where=called, why="there is no such file.", remedy="Check the name and the folder."
        ) from problem
    except OSError as problem:
        raise Unreadable(
            where=called,
            why=f"the file could not be opened ({(problem.strerror or 'no reason given').lower()}).",
            remedy="Check that you may read it.",
        ) from problem


def read_here(data: bytes, name: str) -> RegisterDocument:
    """The register in `data`, read in this process; whatever fails becomes Unreadable."""
    try:
        return _read(data, name)
    except Exception as problem:
        raise unreadable(problem, name) from problem


def _read(data: bytes, name: str) -> RegisterDocument:
    kind = kind_of(data, name)
    if kind == "json":
        from watchkeep.domain.document import RegisterDocument

        return RegisterDocument.model_validate_json(data)
    from watchkeep.domain.document import Source
    from watchkeep.formats.readers.assemble import assemble

    extract = importlib.import_module(f"watchkeep.formats.readers.{kind}").extract(data, name)
    source = Source(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), reader=extract.reader)
    document: RegisterDocument = assemble(extract, source)
    return document


def answer(data: bytes, name: str) -> bytes:
    """What the child hands back for one file: the document, and the flat form made from it, as JSON."""
    from watchkeep.formats.writers.flat import flat

    document = read_here(data, name)
    whole = document.model_dump_json()
    return f'{{"document":{whole},"flat":{json.dumps(flat(document), ensure_ascii=False)}}}'.encode()
