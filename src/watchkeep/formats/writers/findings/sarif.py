"""The report as SARIF 2.1.0, which code scanners and pipelines read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from watchkeep import __version__
from watchkeep.domain.document import CellPlace, Place
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.report import Report, label_of_place, place_in_words
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.rules import RULES
from watchkeep.formats.writers.findings.regions import field_of, places_of, region, row_region
from watchkeep.formats.writers.findings.telling import NO_DAY

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "watchkeepFinding/v1"
_INDEX: Final = {rule.code: place for place, rule in enumerate(RULES)}


def write(report: Report) -> str:
    """One run of the tool with all its rules; what was accepted before is told as suppressed."""
    driver = {
        "name": "Watchkeep",
        "version": __version__,
        "rules": [_rule(each) for each in RULES],
    }
    notes = [] if report.as_at else [{"level": "note", "message": {"text": NO_DAY}}]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(report)}}],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": [
            *(_result(report, each) for each in report.found),
            *(_result(report, each) | _suppressed(reason) for each, reason in report.accepted),
        ],
    }
    told = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _uri(report: Report) -> str:
    return quote(report.called)


def _rule(rule: Rule) -> dict[str, Any]:
    help_ = f"{rule.reason}\n\nGood: {rule.good.words}\nBad: {rule.bad.words}"
    markdown = f"{rule.reason}\n\n- Good: {rule.good.words}\n- Bad: {rule.bad.words}\n"
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "help": {"text": help_, "markdown": markdown},
        "defaultConfiguration": {"level": rule.weight},
        "properties": {"tags": [rule.family]},
    }


def _result(report: Report, found: Found) -> dict[str, Any]:
    advice = f" {found.advice}" if found.advice else ""
    return {
        "ruleId": found.code,
        "ruleIndex": _INDEX[found.code],
        "level": found.weight,
        "message": {"text": f"{found.sentence}{advice}"},
        "locations": [_location(report, found)],
        "partialFingerprints": {FINGERPRINT: found.key},
        "properties": {"risk": found.risk, "field": found.field, "start": found.start, "end": found.end},
    }


def _location(report: Report, found: Found) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(report), "index": 0}}
    field = field_of(report.document, found)
    places = places_of(field, found) if field else ()
    lines = region(places, found.text, report.lines) or row_region(places, report.rows)
    if lines:
        physical["region"] = lines
    where = "; ".join(dict.fromkeys(each.label for each in places))
    told = ", ".join(each for each in (found.risk, place_in_words(found), where) if each)
    path = "/".join(each for each in (found.risk, found.field) if each)
    return {
        "physicalLocation": physical,
        "logicalLocations": [
            {"name": label_of_place(found.field), "fullyQualifiedName": path, "kind": "element"},
            *_cells(places),
        ],
        "message": {"text": told},
    }


def _cells(places: Sequence[Place]) -> list[dict[str, Any]]:
    """The cells of a workbook, each under the name of its sheet as a formula would write it."""
    cells = dict.fromkeys((each.sheet, each.cell) for each in places if isinstance(each, CellPlace))
    return [
        {
            "name": cell,
            "fullyQualifiedName": "'{}'!{}".format(sheet.replace("'", "''"), cell),
            "decoratedName": f"{sheet} {cell}",
            "kind": "member",
        }
        for sheet, cell in cells
        if sheet
    ]


def _suppressed(reason: str) -> dict[str, Any]:
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": reason}]}
