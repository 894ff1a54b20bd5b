"""Registers of other bodies, in layouts of their own, are read into what they were written from."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Compare = Callable[[Mapping[str, Any], Mapping[str, Any]], list[str]]
Read = Callable[[Path], Mapping[str, Any]]

CASES = (
    "council_scores",
    "county_pages",
    "drainage_board",
    "fire_service",
    "harbour_notes",
    "housing_page",
    "trust_forms",
    "university_list",
)


def truth_of(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize("case", CASES)
def test_a_register_in_another_layout_is_read_as_it_was_written(
    case: str, examples: Path, read: Read, compare: Compare
) -> None:
    folder = examples / "layouts" / case
    truth = truth_of(folder)
    told = compare(truth, read(folder / truth["source_file"]))
    assert not told, "\n".join(told)


def test_every_layout_is_tested(examples: Path) -> None:
    assert sorted(path.parent.name for path in examples.glob("layouts/*/source.toml")) == list(CASES)


def test_the_comparison_notices_a_changed_word_a_lost_line_and_an_invented_trend(
    examples: Path, compare: Compare
) -> None:
    truth = truth_of(examples / "layouts" / "fire_service")
    reading = copy.deepcopy(truth)
    assert compare(truth, reading) == []
    reading["risks"][0]["name"] = "Control room"
    reading["risks"][1]["controls"].pop()
    reading["risks"][4]["trends"]["Q2"] = "level"
    del reading["risks"][5]
    told = compare(truth, reading)
    assert [each.split(":")[0] for each in told] == ["risks", "FR-1 name", "FR-2 controls", "FR-6 trends"]
