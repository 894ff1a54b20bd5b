"""Registers of other bodies in other layouts come out right, by the same code and no rule of their own."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchkeep.domain.document import RegisterDocument, Source
from watchkeep.formats.readers import csv, docx, html, xlsx
from watchkeep.formats.readers.assemble import assemble
from watchkeep.formats.writers.flat import flat

sys.path.insert(0, str(Path(__file__).parent))
import made_registers

READERS = {"csv": csv, "tsv": csv, "docx": docx, "html": html, "xlsx": xlsx}


def read(name: str, data: bytes) -> RegisterDocument:
    """A file of a known kind, through its reader and the assembler."""
    extract = READERS[name.rsplit(".", 1)[-1]].extract(data, name)
    source = Source(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), reader=extract.reader)
    return assemble(extract, source)


def _comparable(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            if "part" in value[0] and "marker" in value[0] and "source" not in value[0]:
                return [(each["part"], each["text"]) for each in value]
            return [each["text"] for each in value]
        return value
    return value


@pytest.mark.parametrize("make", made_registers.ALL, ids=lambda make: make.__name__)
def test_every_field_of_an_invented_register_comes_out_as_it_was_put_in(
    make: Callable[[], made_registers.Made],
) -> None:
    made = make()
    found = flat(read(made.name, made.data))["risks"]
    assert [risk["id"] or risk["name"] for risk in found] == [
        risk.get("id") or risk["name"] for risk in made.risks
    ]
    wrong = [
        (truth.get("id"), field, expected, _comparable(risk.get(field)))
        for truth, risk in zip(made.risks, found, strict=True)
        for field, expected in truth.items()
        if _comparable(risk.get(field)) != expected
    ]
    assert wrong == []
