"""Every kind of thing that a register is known to name stands somewhere in the example body's register."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

# How many things of each kind the catalogue of the source register counts.
KINDS = {"IND": 31, "COM": 23, "CTL": 22, "BODY": 14, "MOD": 10, "FIN": 10, "META": 9, "AGR": 9}
KINDS |= {"EVT": 8, "REC": 7, "DEC": 7, "RES": 7, "LNK": 6}


@pytest.fixture(scope="module")
def rows(examples: Path) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = tomllib.loads(
        (examples / "calder_vale" / "catalogue.toml").read_text(encoding="utf-8")
    )["row"]
    return told


@pytest.fixture(scope="module")
def registers(examples: Path) -> dict[str, dict[str, Any]]:
    folder = examples / "calder_vale"
    return {
        quarter: json.loads((folder / f"2025-26-{quarter.lower()}.truth.json").read_text(encoding="utf-8"))
        for quarter in ("Q2", "Q3", "Q4")
    }


def texts(row: dict[str, Any], registers: dict[str, dict[str, Any]]) -> list[str]:
    """The texts among which the row's words must stand."""
    told = registers[row.get("quarter", "Q4")]
    if "risk" in row:
        told = next(risk for risk in told["risks"] if risk["id"] == row["risk"])
    field = f"{row['field']}_parts" if "part" in row and row["field"] != "controls" else row["field"]
    value = told[field]
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, str):
        return [value]
    return [
        each if isinstance(each, str) else each["text"]
        for each in value
        if isinstance(each, str) or each["part"] == row.get("part", each["part"])
    ]


def test_all_163_things_are_there_kind_by_kind(rows: list[dict[str, Any]]) -> None:
    assert [row["number"] for row in rows] == list(range(1, 164))
    assert Counter(row["kind"] for row in rows) == KINDS


def test_each_counterpart_stands_where_the_catalogue_says(
    rows: list[dict[str, Any]], registers: dict[str, dict[str, Any]]
) -> None:
    astray = [
        row["number"]
        for row in rows
        if "text" in row and not any(row["text"] in text for text in texts(row, registers))
    ]
    assert not astray


def test_what_the_catalogue_calls_absent_is_absent(
    rows: list[dict[str, Any]], registers: dict[str, dict[str, Any]]
) -> None:
    absent = [row for row in rows if "absent" in row]
    assert len(absent) == 2
    assert not [row["number"] for row in absent if row["absent"] in texts(row, registers)]


def test_no_two_counterparts_carry_the_same_label(rows: list[dict[str, Any]]) -> None:
    twice = [label for label, count in Counter(row["about"] for row in rows).items() if count > 1]
    assert not twice


def test_a_control_is_shared_between_risks(registers: dict[str, dict[str, Any]]) -> None:
    holders = Counter(
        text
        for risk in registers["Q4"]["risks"]
        for text in {control["text"] for control in risk["controls"]}
    )
    assert sorted(count for count in holders.values() if count > 1) == [2, 2]
