"""Compares a reading, in the flat shape of `watchkeep read --json`, with a truth: what differs, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

Told = Mapping[str, Any]
Compare = Callable[[Told, Told], list[str]]

UP = {"up", "↑", "increasing", "worsening"}
LEVEL = {"level", "→", "static", "stable", "steady"}
DOWN = {"down", "↓", "decreasing", "improving"}


def differences(truth: Told, reading: Told) -> list[str]:
    """One sentence for each field of each risk that was read otherwise than it was written."""
    expected, found = truth["risks"], reading["risks"]
    told = []
    if [risk["id"] for risk in expected] != [_text(risk.get("id")) for risk in found]:
        told.append(f"risks: expected {[r['id'] for r in expected]}, found {[r.get('id') for r in found]}")
    by_id = {_text(risk.get("id")): risk for risk in found}
    for risk in expected:
        if risk["id"] in by_id:
            told += _differences_of_risk(truth["covered_fields"], risk, by_id[risk["id"]])
    return told


def _differences_of_risk(fields: list[str], expected: Told, found: Told) -> Iterator[str]:
    for field in fields:
        wanted, got = _value(field, expected), _value(field, found)
        if field == "trends" and set(wanted) == {"current"} and len(got) == 1:
            got = {"current": next(iter(got.values()))}
        if wanted != got and got not in expected.get("accept", {}).get(field, []):
            yield f"{expected['id']} {field}: expected {wanted!r}, found {got!r}"


def _value(field: str, risk: Told) -> Any:
    value = risk.get(field)
    if field in ("rating", "score", "likelihood", "impact_level") and value is None:
        value = risk.get(f"residual_{field}")  # a rating called current may be read as the residual one
    if field in ("controls", "actions"):
        return [_line(each) for each in value or []]
    if field.endswith("_parts"):
        return [(each["part"], _text(each["text"])) for each in value or []]
    if field == "trends":
        return {period: _direction(mark) for period, mark in (value or {}).items()}
    return _text(value)


def _line(item: Any) -> tuple[str | None, str | None]:
    return (item.get("part"), _text(item["text"])) if isinstance(item, Mapping) else (None, _text(item))


def _text(value: Any) -> str | None:
    return " ".join(str(value).split()) or None if value is not None else None


def _direction(mark: Any) -> str | None:
    word = (_text(mark) or "").casefold()
    for direction, words in (("up", UP), ("level", LEVEL), ("down", DOWN)):
        if word in words:
            return direction
    return word or None


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of examples."""
    return Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="session")
def compare() -> Compare:
    """Which fields of which risks a reading has otherwise than the truth."""
    return differences


@pytest.fixture(scope="session")
def document() -> Callable[[Path], Any]:
    """The product's own reading of a file."""
    readers = pytest.importorskip("watchkeep.formats.readers")

    def reading(path: Path) -> Any:
        return readers.read_here(path.read_bytes(), path.name)

    return reading


@pytest.fixture(scope="session")
def read(document: Callable[[Path], Any]) -> Callable[[Path], Told]:
    """The product's own reading of a file, in the flat shape."""
    flat = pytest.importorskip("watchkeep.formats.writers.flat").flat

    def reading(path: Path) -> Told:
        told: Told = flat(document(path))
        return told

    return reading
