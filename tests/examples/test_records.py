"""What the example force keeps beside its papers holds together, and has each kind of thing in it."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

# Readings, models and money become series, models and plans; until then their lines are kept as measures.
KEPT_AS_RECORDS = {"COM", "CTL", "BODY", "REC", "DEC", "AGR", "RES", "EVT", "LNK"}


@pytest.fixture(scope="module")
def told(examples: Path) -> dict[str, Any]:
    return tomllib.loads((examples / "calder_vale" / "records.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def catalogue(examples: Path) -> list[dict[str, Any]]:
    text = (examples / "calder_vale" / "catalogue.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["row"]
    return rows


@pytest.fixture(scope="module")
def paper(examples: Path) -> dict[str, list[tuple[str, str | None]]]:
    """The control lines of the last paper by risk, each with its part."""
    said = json.loads((examples / "calder_vale" / "2025-26-q4.truth.json").read_text(encoding="utf-8"))
    return {
        risk["id"]: [
            (each, None) if isinstance(each, str) else (each["text"], each.get("part"))
            for each in risk["controls"]
        ]
        for risk in said["risks"]
    }


def every(value: Any) -> Iterator[Any]:
    """The value and all that is in it."""
    yield value
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from every(each)


def sorted_lines(told: dict[str, Any], paper: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each (risk, beginning of a line) that a record claims."""
    for kind in ("control", "commitment"):
        for each in told[kind]:
            if "text" in each:
                yield from (
                    (use["risk"], each["text"])
                    for use in each["uses"]
                    if any(line.startswith(each["text"]) for line, _ in paper[use["risk"]])
                )
    for each in told["board"]:
        if "text" in each:
            yield from (
                (risk, each["text"])
                for risk, lines in paper.items()
                for line, _ in lines
                if line.startswith(each["text"])
            )
    for kind in ("meeting_line", "measure_line", "other_line"):
        yield from ((each["risk"], each["text"]) for each in told[kind])


def test_every_line_of_the_last_paper_is_sorted_once(told: dict[str, Any], paper: dict[str, Any]) -> None:
    claimed = Counter(
        (risk, line)
        for risk, beginning in sorted_lines(told, paper)
        for line, _ in paper[risk]
        if line.startswith(beginning)
    )
    lines = {(risk, line) for risk, found in paper.items() for line, _ in found}
    assert set(claimed) == lines
    assert [each for each, count in claimed.items() if count > 1] == []


def test_every_kind_of_thing_that_can_be_a_record_is_one(
    told: dict[str, Any], catalogue: list[dict[str, Any]]
) -> None:
    rows = {each["row"] for each in every(told) if isinstance(each, dict) and "row" in each}
    wanted = {row["number"] for row in catalogue if row["kind"] in KEPT_AS_RECORDS}
    assert wanted - rows == set()


def test_a_record_stands_under_the_part_that_its_line_stands_under(
    told: dict[str, Any], paper: dict[str, Any]
) -> None:
    astray = [
        (each["key"], use)
        for kind in ("control", "commitment")
        for each in told[kind]
        for use in each["uses"]
        for line, part in paper[use["risk"]]
        if "text" in each and line.startswith(each["text"]) and part and use.get("part") != part
    ]
    assert astray == []


def test_every_owner_seat_and_sign_in_is_a_post(told: dict[str, Any]) -> None:
    posts = {each["title"] for each in told["post"]}
    owners = {each["owner"] for each in every(told) if isinstance(each, dict) and "owner" in each}
    seats = {seat["post"] for board in told["board"] for seat in board["seats"]}
    held = {
        title
        for person in told["person"]
        for title in (*person.get("holds", ()), *person.get("deputises", ()))
    }
    assert owners | seats | held <= posts
    assert {each["unit"] for each in told["post"]} <= {each["name"] for each in told["unit"]}


def test_keys_are_given_once_and_what_is_needed_exists(told: dict[str, Any]) -> None:
    keys = Counter(each["key"] for each in every(told) if isinstance(each, dict) and "key" in each)
    # An action that is done may become a control of its own name.
    becomes = {each["done"].get("control") for each in told["commitment"] if "done" in each}
    assert {key for key, count in keys.items() if count > 1} <= becomes
    needed = {need for each in told["commitment"] for need in each.get("needs", ())}
    assert needed <= {each["key"] for each in told["commitment"]}


def test_promises_slip_only_later_and_are_kept_after_they_were_made(told: dict[str, Any]) -> None:
    for each in told["commitment"]:
        dues = [due for due in (each.get("due"), *(slip["due"] for slip in each.get("slips", ()))) if due]
        assert dues == sorted(set(dues)), each["key"]
        days = [each["on"], *(slip["on"] for slip in each.get("slips", ()))]
        ends = [each[end]["on"] for end in ("done", "dropped") if end in each]
        assert days == sorted(days), each["key"]
        assert len(ends) <= 1, each["key"]
        assert all(end >= days[-1] for end in ends), each["key"]


def test_nothing_is_dated_after_the_day_that_the_file_names(told: dict[str, Any]) -> None:
    happened = [
        each[name]
        for each in every(told)
        if isinstance(each, dict)
        for name in ("on", "from", "updated_on", "approved_on", "opened_on", "rolled_on")
        if isinstance(each.get(name), date) and each.get("held") is not False
    ]
    assert max(happened) <= date(2026, 11, 20)
